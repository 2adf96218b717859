"""Each guess on its own: which keys are one, what values are alike, whether a set is closed, and what looks sensitive."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from propguard.evolve.infer import infer, patterns_of
from propguard.evolve.infer.closing import closed_set
from propguard.evolve.infer.gathered import Gathered
from propguard.evolve.infer.guessing import guess, headroom
from propguard.evolve.infer.naming import named
from propguard.evolve.infer.sensitivity import why_sensitive
from propguard.evolve.infer.shapes import shapes
from propguard.model.evidence import KeyEvidence, StoredEvidence
from propguard.model.profile import ValueCount
from propguard.rules.formats import matcher
from propguard.schemafile import read_yaml

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def evidence(key: str, counts: Mapping[str, int], *, complete: bool = True) -> KeyEvidence:
    """What would be known of a key with these values."""
    values = tuple(ValueCount(value, count) for value, count in counts.items())
    lengths = [len(value) for value in counts]
    patterns = patterns_of(key, list(counts))
    return KeyEvidence(
        key=key,
        requests=sum(counts.values()),
        distinct=len(counts),
        values=values,
        is_complete=complete,
        shortest=min(lengths),
        longest=max(lengths),
        empty=counts.get("", 0),
        alike={}
        if complete
        else {one: sum(counts[v] for v in counts if v and matcher(one).match(v)) for one in patterns},
    )


def one(counts: Mapping[str, int], name: str = "key", *, complete: bool = True) -> Gathered:
    return Gathered(name, {name: sum(counts.values())}, (evidence(name, counts, complete=complete),))


def evenly(values: Sequence[str], each: int = 100) -> dict[str, int]:
    return dict.fromkeys(values, each)


@pytest.mark.parametrize(
    ("keys", "naming", "names"),
    [
        (
            ["UserId", "user-id", "userID"],
            "snake_case",
            {"user_id"},
        ),  # none of them is in the style, all of them are one
        (["userid", "user_id"], "snake_case", {"user_id"}),  # a header has taken where the words end
        (["userid"], "snake_case", {"userid"}),  # nobody knows where they do
        (["user_id", "app", "env"], "snake_case", {"user_id", "app", "env"}),
        (["user-id", "user-tier", "app"], "kebab-case", {"user-id", "user-tier", "app"}),
        (["user-id", "user_tier"], "snake_case", {"user_id", "user_tier"}),  # no style has most of them
        (["userId", "appName"], "camelCase", {"userId", "appName"}),
        (["userId", "appname", "appName"], "camelCase", {"userId", "appName"}),
        (["UserId", "AppName"], "PascalCase", {"UserId", "AppName"}),
        (["feature_z9", "z9"], "snake_case", {"feature_z9", "z9"}),  # what is in the style stays as it is
        (["2fa", "cost center", "a/b"], "snake_case", {"key_2fa", "cost_center", "a_b"}),
        (["café"], "snake_case", {"cafe"}),
        (["日本語", "", "*", "a*b", "x" * 201], "snake_case", set()),
        (["ada@example.com"], "snake_case", set()),  # nobody's name is declared
    ],
)
def test_which_keys_are_one(keys: list[str], naming: str, names: set[str]) -> None:
    found = named([evidence(key, {"x": 10}) for key in keys], ())
    assert (found.naming, {one.name for one in found.properties}) == (naming, names)
    declared = {key for one in found.properties for key in one.spellings}
    assert len(found.undeclarable) == len(set(keys) - declared)
    assert "ada@example.com" not in found.undeclarable


@pytest.mark.parametrize(
    ("values", "first"),
    [
        (["1", "2", "30"], {"type": "integer"}),
        (["1", "2.5"], {"type": "number"}),
        (["1.4.0", "2.0.0-rc.1"], {"format": "semver"}),
        (["2026-01-31", "2026-02-28"], {"format": "date"}),
        (
            ["urn:a", "urn:b", "urn:c", "urn:d", "urn:e"],
            {"pattern": "^urn:[a-z]+$"},
        ),  # a URI to the letter, not in spirit
        (["https://a.b/c", "https://a.b/d"], {"format": "uri"}),
        (["a,b", "b,c", "a,c"], {"type": "list", "items": {"pattern": "^[A-Za-z0-9][A-Za-z0-9._-]*$"}}),
        ([f"cust_{n}x" for n in range(20)], {"pattern": "^cust_[a-z0-9]+$"}),
        ([f"cust_{n:08x}" for n in range(0, 10**9, 10**7)], {"pattern": "^cust_[0-9a-f]{8}$"}),
        ([f"req{n}" for n in range(10, 99)], {"pattern": "^req[0-9]+$"}),
        ([f"{n:08x}" for n in range(0, 10**9, 10**7)], {"pattern": "^[0-9a-f]{8}$"}),
        (["chat", "search", "translate", "summary", "plan"], None),
        (["cust_1", "cust_2"], None),  # two are no evidence of a beginning
        (["t-a b", "t-c d", "t-e", "t-f", "t-g"], None),  # texts
        ([], None),
    ],
)
def test_what_values_are(values: list[str], first: dict[str, object] | None) -> None:
    """The narrowest shape comes first, and each takes in what those before it do."""
    found = shapes(values)
    assert (found[0].fields if found else None) == first
    assert all(matcher(shape.pattern).match(value) for shape in found for value in values)


@given(st.lists(st.from_regex(r"(cust_|a-|)[0-9a-fZ.,:]{1,9}", fullmatch=True), min_size=1, max_size=30), st.text())
def test_each_shape_takes_in_what_those_before_it_do(values: list[str], other: str) -> None:
    """So that a database has to say of a value only which is the first that it has."""
    found = shapes(values)
    for text in (other, *values, *(f"{value}{value}" for value in values), *(value.upper() for value in values)):
        matched = [bool(matcher(shape.pattern).match(text)) for shape in found]
        assert matched == sorted(matched)


@pytest.mark.parametrize(
    ("counts", "confidence"),
    [
        (evenly(["a", "b", "c"]), "high"),
        ({"a": 5_000, "b": 60, "c": 40}, "high"),
        (evenly(["a", "b", "c"], 6), "medium"),
        (evenly([f"name {n}" for n in range(60)], 60), "medium"),  # many
        (evenly(["a", "b", "c"], 2), "low"),  # seldom
        ({"a": 50, "b": 1, "c": 1, "d": 1}, "low"),  # there is more to come
        (evenly([f"name {n}" for n in range(150)]), "low"),
        (evenly(["a"]), None),  # one value tells nothing about a second
        (evenly(["a", "b" * 101]), None),  # text
    ],
)
def test_whether_a_set_is_closed(counts: dict[str, int], confidence: str | None) -> None:
    found = closed_set(one(counts))
    assert (found.confidence if found else None) == confidence


def test_values_that_are_not_all_known_make_no_closed_set() -> None:
    assert closed_set(one(evenly(["a", "b"]), complete=False)) is None


@pytest.mark.parametrize(
    ("counts", "fields"),
    [
        (evenly(["true", "false"]), {"type": "boolean"}),
        (evenly(["True", "False"]), {"enum": ["False", "True"]}),  # what is stored is accepted
        (evenly(["1", "2", "3"]), {"enum": ["1", "2", "3"]}),  # few, and none is rare
        ({"0": 900, "1": 90, "2": 9, "3": 1}, {"type": "integer", "cardinality": "low", "examples": ["0", "1"]}),  # counts
        (evenly([f"team-{n}" for n in range(30)]), {"pattern": "^team-[0-9]+$", "max_length": 20, "cardinality": "low", "examples": ["team-0", "team-1"]}),
        (evenly(["v1", "v2", "v3"]), {"enum": ["v1", "v2", "v3"]}),
        (evenly(["a", "b", ""]), {"enum": ["", "a", "b"], "min_length": 0}),
        ({"1": 5, "2": 5, "": 5, "7": 1, "9": 1}, {"pattern": "^(?:-?(?:0|[1-9][0-9]*))?$", "min_length": 0, "max_length": 20, "cardinality": "low", "examples": ["1", "2"]}),
        ({"x" * 1_200: 3}, {"max_length": 1_800, "cardinality": "low"}),
        ({"chat": 90}, {"max_length": 20, "cardinality": "low", "examples": ["chat"]}),
    ],
)  # fmt: skip
def test_what_is_declared(counts: dict[str, int], fields: dict[str, object]) -> None:
    assert guess(one(counts)).fields == fields


@pytest.mark.parametrize(
    ("longest", "limit"), [(1, 20), (13, 20), (14, 40), (100, 200), (700, 1000), (1000, 1000), (1001, 1600)]
)
def test_limits_have_room(longest: int, limit: int) -> None:
    assert headroom(longest) == limit


def test_what_nearly_all_values_are_is_told() -> None:
    """As a fault of the others: it cannot be declared as long as they are there."""
    told = guess(one({**{f"1.{n}.0": 10 for n in range(150)}, "latest": 3}))
    assert any("99.80% of the values are of the format semver" in line for line in told.before)
    assert "format" not in told.fields


def test_spellings_of_values_are_told_and_accepted() -> None:
    """They are in the closed set, as only spellings of keys may be refused in the data that a draft comes from."""
    made = guess(one({"production": 900, "Production": 90, "staging": 90}))
    assert made.fields["enum"] == ["production", "Production", "staging"]
    assert any("`Production` is probably `production`" in line for line in made.before)


@pytest.mark.parametrize(
    ("name", "is_sensitive"),
    [
        ("user_email", True),
        ("password", True),
        ("api_key", True),
        ("access_token", True),
        ("source_ip", True),
        ("first_name", True),
        ("token_count", False),
        ("name", False),
        ("ip_version", False),
        ("keyboard", False),
        ("feature_name", False),
        ("pinned", False),
    ],
)
def test_names_that_look_sensitive(name: str, is_sensitive: bool) -> None:
    assert (why_sensitive(one(evenly(["a", "b"]), name)) is not None) is is_sensitive
    assert ("enum" not in guess(one(evenly(["a", "b"]), name)).fields) is is_sensitive


def test_identifiers_that_look_like_a_card_number_by_accident() -> None:
    """One in some ten thousand does, and is no reason to keep a pattern back."""
    counts = evenly([f"cust_{n:08x}" for n in range(0, 10**9, 10**6)], 10)
    known = evidence("customer_id", counts, complete=False)
    for secret, is_sensitive in ((0, False), (3, False), (300, True)):
        told = KeyEvidence(**{**{field: getattr(known, field) for field in KeyEvidence.__slots__}, "secret": secret})
        found = Gathered("customer_id", {"customer_id": known.requests}, (told,))
        assert (why_sensitive(found) is not None) is is_sensitive
        assert ("pattern" not in guess(found).fields) is is_sensitive


@pytest.mark.parametrize(
    ("keys", "names"),
    [
        ({"flag_a": "on off", "flag_b": "on off", "flag_c": "on"}, {"flag_*"}),
        ({"flag_a": "on off", "flag_b": "on off"}, {"flag_a", "flag_b"}),  # two are none
        ({"flag_a": "on off", "flag_b": "x y", "flag_c": "1a 2b"}, {"flag_a", "flag_b", "flag_c"}),  # not alike
        (
            {"flag_a": "on off", "flag_b": "on off", "flag_c": "off", "flag_owner": "ads search"},
            {"flag_*", "flag_owner"},
        ),
        (
            {"flag_a": "on off", "flag_b": "on off", "flag_c": "on", "Flag_D": "on off"},
            {"flag_*", "flag_d"},
        ),  # has a spelling
        ({f"score_{word}": "0.5 0.7 1 3" for word in "abcd"}, {"score_*"}),
    ],
)
def test_namespaces(keys: dict[str, str], names: set[str]) -> None:
    stored = StoredEvidence(
        requests=100, keys=tuple(evidence(key, evenly(values.split(), 60)) for key, values in keys.items())
    )
    assert set(read_yaml("draft.yaml", infer(stored, (), name="x").text.encode())["properties"]) == names


def test_keys_beyond_count_are_warned_of() -> None:
    """Where there are more keys than can be looked at, the others are no errors."""
    draft = infer(StoredEvidence(requests=9, keys=(evidence("app", {"x": 9}),), beyond=70), (), name="x")
    assert read_yaml("draft.yaml", draft.text.encode())["unknown_properties"] == "warning"
    assert any("70" in notice for notice in draft.notices)


def test_closed_sets_are_opened_where_they_would_fill_the_file() -> None:
    keys = tuple(evidence(f"key{n}", evenly([f"{m}" + "\U0001f600" * 40 for m in range(60)])) for n in range(30))
    draft = infer(StoredEvidence(requests=9, keys=keys), (), name="x")
    members = [
        len(fields.get("enum", ())) for fields in read_yaml("draft.yaml", draft.text.encode())["properties"].values()
    ]
    assert 0 < sum(map(bool, members)) < 30
    assert len(draft.text.encode()) < 1 << 20
    assert any("not listed" in notice for notice in draft.notices)
