"""Schema × code × data: each key counts once, for what the rules take it for, and what is not known is not claimed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from propguard.evolve import Coverage, coverage
from propguard.evolve.coverage import Row, State
from propguard.model.names import Names
from propguard.model.schema import Deprecation, Property
from propguard.model.stored_key import is_system_key
from propguard.rules.judgement import judge_key
from tests.evolve.met import stored, usage
from tests.strategies import TODAY, keys_for, schemas, sets_of_keys
from tests.subjects import schema_of

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn

    from propguard.model.finding import Door
    from propguard.model.schema import PropertySchema

SCHEMA = schema_of(
    Property("environment", aliases=("env", "deploy_env"), owner="platform"),
    Property("customer_id", owner="growth"),
    Property("user_tier", owner="growth"),
    Property("UserPlan", owner="growth"),
    Property("feature_*"),
    Property("feature_search"),
    Property("old", deprecated=Deprecation("obsolete")),
    naming="any",
    header_separator="-",
)
DASHED = schema_of(Property("customer_id"), Property("user_tier"), header_separator="-")


def row_of(result: Coverage, key: str) -> Row:
    (row,) = (row for row in result.rows if row.key == key)
    return row


# A key as code writes it at a door, the property that it counts for, and how.
WRITTEN: list[tuple[str, Door, str, str]] = [
    ("environment", "api", "environment", "name"),
    ("Environment", "header", "environment", "name"),
    ("env", "api", "environment", "alias"),
    ("Deploy_Env", "header", "environment", "alias"),
    ("UserPlan", "header", "UserPlan", "name"),  # which a header can spell in lower case only
    ("UserPlan", "api", "UserPlan", "name"),
    ("userplan", "api", "UserPlan", "spelling"),
    ("CustomerId", "header", "customer_id", "spelling"),
    ("customerId", "api", "customer_id", "spelling"),
    ("feature_x", "api", "feature_*", "namespace"),
    ("feature_*", "header", "feature_*", "namespace"),  # whatever it comes out as
    ("feature_search", "api", "feature_search", "name"),
    ("feature_", "api", "feature_", "undeclared"),  # the prefix alone is no key of it
    ("debug", "api", "debug", "undeclared"),
    ("zz_*", "header", "zz_*", "undeclared"),  # however it goes on
]


@pytest.mark.parametrize(("written", "door", "key", "manner"), WRITTEN)
def test_a_key_in_code_counts_for_the_property_that_it_means(written: str, door: Door, key: str, manner: str) -> None:
    """And it is told how it does."""
    row = row_of(coverage(SCHEMA, [usage(written, door)], []), key)
    assert [spelling.manner for spelling in row.spellings] == [manner]
    assert row.state is (State.UNDECLARED if manner == "undeclared" else State.USED)


def test_headers_may_spell_underscores_as_dashes() -> None:
    """Where the schema says so, that is the name; a computed key too."""
    result = coverage(DASHED, [usage("Customer-Id"), usage("User-*")], [stored({"customer-id": 2, "customer_id": 3})])
    row = row_of(result, "customer_id")
    assert [(one.key, one.manner, one.requests) for one in row.spellings] == [
        ("customer_id", "name", 3),
        ("customer-id", "name", 2),
    ]
    assert row_of(result, "user_tier").state is State.POSSIBLE


# What code writes, what requests have (null where nobody looked), and what becomes of `customer_id`.
STATES: list[tuple[list[str | None], dict[str, int] | None, State]] = [
    ([], None, State.DEAD),
    ([], {}, State.DEAD),
    ([], {"environment": 9}, State.DEAD),
    (["customer_id"], None, State.USED),
    (["customer_id"], {}, State.UNSEEN),
    ([], {"customer_id": 1}, State.UNWRITTEN),
    ([], {"customerId": 1}, State.UNWRITTEN),
    (["customer_id"], {"customer_id": 1}, State.USED),
    (["CustomerId"], {"customer_id": 1}, State.USED),
    ([None], None, State.POSSIBLE),
    (["customer*"], {}, State.POSSIBLE),
    (["cat*"], None, State.DEAD),
    ([None], {"customer_id": 1}, State.UNWRITTEN),  # code may write it, which is told, but not known to
]


@pytest.mark.parametrize(("written", "requests", "state"), STATES)
def test_a_property_has_one_state(written: list[str | None], requests: dict[str, int] | None, state: State) -> None:
    data = [] if requests is None else [stored(requests)]
    result = coverage(SCHEMA, [usage(key) for key in written], data)
    assert row_of(result, "customer_id").state is state


def test_nothing_is_made_of_what_is_not_the_users() -> None:
    """Of the platform's own keys, and of a key that is a wrapper's parameter and is said where that is called."""
    usages = [usage("Helicone-Session-Id"), usage(None, handed=True)]
    result = coverage(SCHEMA, usages, [stored({"Helicone-Session-Id": 3, "helicone-stripe-x": 1})])
    assert {row.state for row in result.rows} == {State.DEAD}
    assert result.computed == ()


def test_a_deprecated_property_is_not_counted() -> None:
    """Neither where it is still in use nor where nobody misses it; the matrix has it."""
    for usages in ([], [usage("old")]):
        result = coverage(SCHEMA, usages, [])
        assert (result.whole.declared, result.whole.in_use) == (6, 0)
        assert row_of(result, "old").is_in_use == bool(usages)


def test_computed_keys_are_what_may_be_in_use_besides() -> None:
    """They do not count, but it is told how much it would be with them; the namespace that they surely lie in counts."""
    result = coverage(SCHEMA, [usage("environment", "api"), usage("feature_*"), usage("user*")], [])
    assert {row.key for row in result.in_state(State.POSSIBLE)} == {"feature_search", "user_tier", "UserPlan"}
    assert (result.whole.in_use, result.whole.possible, len(result.computed)) == (2, 3, 2)
    assert (result.whole.share, result.whole.share_at_most) == (2 / 6, 5 / 6)


def test_the_share_by_owner_and_namespace() -> None:
    """A namespace with the names that lie in it; the smallest share first, what belongs to nobody last."""
    result = coverage(SCHEMA, [usage("environment"), usage("customer_id"), usage("feature_x")], [])
    assert [(one.name, one.in_use, one.declared) for one in result.by("owner")] == [
        ("growth", 1, 3),
        ("platform", 1, 1),
        (None, 1, 2),
    ]
    assert [(one.name, one.in_use, one.declared) for one in result.by("namespace")] == [
        ("feature_*", 1, 2),
        (None, 2, 4),
    ]


def test_of_nothing_everything_is_in_use() -> None:
    assert coverage(schema_of(), [], []).whole.share == 1


def test_two_answers_may_be_about_the_same_requests() -> None:
    """So that the greater number counts; what one of them does not know is not known."""
    result = coverage(SCHEMA, [], [stored({"env": 5, "debug": 1}), stored({"env": 7, "old": 1}, are_all=False)])
    assert {row.key: row.requests for row in result.rows if row.requests} == {"environment": 7, "debug": 1, "old": 1}
    assert (result.has_data, result.are_all_keys) == (True, False)


def test_what_needs_a_decision_comes_first() -> None:
    """What is on its way out after what is not, and then by how much it is used."""
    data = stored({"debug": 1, "trace": 5, "customer_id": 2, "environment": 1})
    result = coverage(SCHEMA, [usage("environment"), usage("user_tier")], [data])
    assert [(row.key, row.state.value) for row in result.rows] == [
        ("UserPlan", "dead"),
        ("feature_*", "dead"),
        ("feature_search", "dead"),
        ("old", "dead"),
        ("trace", "undeclared"),
        ("debug", "undeclared"),
        ("customer_id", "unwritten"),
        ("user_tier", "unseen"),
        ("environment", "used"),
    ]


@st.composite
def schemas_and_keys(draw: DrawFn) -> tuple[PropertySchema, dict[str, int], list[str]]:
    """A schema, keys in stored data with their requests, and keys in code."""
    schema = draw(schemas())
    keys = draw(sets_of_keys(schema))
    return schema, {key: draw(st.integers(1, 9)) for key in keys}, draw(sets_of_keys(schema))


@given(schemas_and_keys())
def test_every_key_counts_once_and_as_the_rules_take_it(
    drawn: tuple[PropertySchema, dict[str, int], list[str]],
) -> None:
    """An alias where there is an alias for the rules, a property where they find nothing unknown; groups add up to the whole."""
    schema, requests, written = drawn
    result = coverage(schema, [usage(key, "api") for key in written if "*" not in key], [stored(requests)])
    met = [(spelling, row) for row in result.rows for spelling in row.spellings if spelling.requests]
    assert {one.key: one.requests for one, _ in met} == {k: n for k, n in requests.items() if not is_system_key(k)}
    assert len(met) == len({one.key for one, _ in met})
    names = Names(schema, "data")
    for spelling, row in met:
        broken = judge_key(schema, names, spelling.key, TODAY)
        rule = None if broken is None else broken.rule
        if rule in {"key-alias", "header-key-mismatch"}:
            assert broken is not None
            assert (spelling.manner, row.key) == ("alias" if rule == "key-alias" else "spelling", broken.suggestion)
        elif spelling.manner in {"name", "namespace"}:
            assert names.declared(spelling.key) is row.declared
        elif spelling.manner == "undeclared":
            assert names.declared(spelling.key) is None
            assert schema.unknown_properties == "allow" or rule is not None
    for scope in ("owner", "namespace"):
        groups = result.by(scope)
        totals = tuple(map(sum, zip(*(group[1:] for group in groups), strict=True))) or (0, 0, 0)
        assert totals == result.whole[1:]
    assert 0 <= result.whole.share <= result.whole.share_at_most <= 1


@given(st.data())
def test_nothing_is_called_dead_that_computed_keys_may_be(data: st.DataObject) -> None:
    """However the key comes out, the property that it then is, is in use or possible."""
    schema = data.draw(schemas())
    door: Door = data.draw(st.sampled_from(("api", "header")))
    key = data.draw(st.sampled_from(keys_for(schema) or ["x"]))
    beginning = key[: data.draw(st.integers(0, len(key)))]
    result = coverage(schema, [usage(f"{beginning}*" if beginning else None, door)], [])
    stored_as = key.lower() if door == "header" else key
    names = Names(schema, door)
    declared = names.aliases.get(stored_as) or names.declared(stored_as)
    if declared is not None and len(beginning) < len(key) and "*" not in key:
        assert row_of(result, declared.name).state is not State.DEAD
