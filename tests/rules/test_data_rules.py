"""Each rule about stored data by itself: what it leaves alone, then what it reports."""

from __future__ import annotations

from datetime import UTC, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from propguard.model.profile import KeyProfile, Seen, ValueCount
from propguard.model.schema import Deprecation, Property
from propguard.rules.data import DATA_RULES, near_duplicate_values, value_drift
from propguard.rules.spellings import folded, meanings
from tests.rules.stored_keys import BEGIN, END, earlier, profile, stored
from tests.samples import TEXTS
from tests.strategies import MANY, keys_for, schemas, values_for
from tests.subjects import schema_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from propguard.model.schema import PropertySchema
    from propguard.rules.rule import DataSubject

RULES = {rule.id: rule for rule in DATA_RULES}

APP = schema_of(Property("app"))
ALLOWED = schema_of(Property("app"), unknown_properties="allow")
NAMESPACED = schema_of(Property("app"), Property("flag_*"))
CLOSED = schema_of(Property("app", enum=("chat", "search")))
OLD = schema_of(Property("app"), Property("stage", deprecated=Deprecation("obsolete")))


def capped(cardinality: Any, **fields: Any) -> PropertySchema:
    return schema_of(Property("app", cardinality=cardinality, **fields))


def app(*values: str, distinct: int | None = None, **counts: int) -> KeyProfile:
    return profile("app", {**dict.fromkeys(values, 1000), **counts}, distinct=distinct)


def silent_for(days: int, *, since: int = 180, requests: int = 1000) -> KeyProfile:
    """A key from `since` to `days` days before the end of the data."""
    return profile("app", {"chat": requests}, seen=Seen(END - timedelta(days=since), END - timedelta(days=days)))


ALL = profile("other", {"x": 1})  # a key that is there from the beginning to the end
SHORT = profile("other", {"x": 1}, seen=Seen(END - timedelta(days=89), END))
BEFORE = earlier(app(chat=900, search=100))

SILENT: dict[str, list[DataSubject]] = {
    "high-cardinality": [
        stored(APP, app(distinct=10**6)),  # nothing is said of how many there may be
        stored(capped("high"), app(distinct=10**6)),
        stored(capped("low"), app(distinct=100)),
        stored(capped(7), app(distinct=7)),
        stored(capped(10_000), app(distinct=10_300)),  # an estimate, and within its error
        stored(CLOSED, app(distinct=100)),
        stored(schema_of(Property("app", enum=tuple(map(str, range(500))))), app(distinct=500)),
        stored(APP, profile("unknown", {}, distinct=10**6)),
    ],
    "near-duplicate-values": [
        stored(APP, app("chat", "search")),
        stored(
            APP, app("v1", "v2", "v1.10", "v11.0", "us-east-1", "us-east-2", "1-1", "11", "1.1")
        ),  # numbers tell apart
        stored(APP, app("enabled", "disabled", "authorized", "unauthorized", "typical", "atypical", "input", "output")),
        stored(APP, app("chat", "chatbot", "search", "searching")),  # not half as long
        stored(APP, app("pro", "production", "professional")),  # of one of two
        stored(APP, app("checkout", "checkour")),  # a typing error is rare
        stored(APP, app("fr", "french", "FRA-x", "FRA_y")),
        stored(CLOSED, app("chat", "Chat")),  # `value-not-allowed` tells
        stored(capped("high"), app("chat", "Chat")),
        stored(schema_of(Property("app", value_aliases={"Chat": "chat"})), app("chat", "Chat")),
        stored(APP, app("chat", "Chat ")),  # `value-whitespace` tells
        stored(APP, app("todo", "TODO")),  # `value-placeholder` tells
        stored(APP, app("ada@example.com", "Ada@example.com")),  # `value-sensitive` tells, and no message quotes it
        stored(APP, app("production", prod=5, distinct=1001)),  # texts, not names
        stored(APP, profile("unknown", {"chat": 9, "Chat": 1})),  # `unknown-property` tells
        stored(ALLOWED, profile("unknown", {"ada@example.com": 9, "Ada@example.com": 1})),
        stored(APP, app("日本", "日本語", "", "--", "\ud800")),
    ],
    "near-duplicate-keys": [
        stored(APP, profile("customer-id", {"x": 1}), profile("customer-ids", {"x": 1})),
        stored(APP, app("x"), profile("App", {"x": 1}), profile("APP", {"x": 1})),  # `key-case` tells
        stored(
            schema_of(Property("app", aliases=("appl", "Appl"))), profile("appl", {"x": 1}), profile("Appl", {"x": 1})
        ),
        stored(NAMESPACED, profile("flag_a_b", {"x": 1}), profile("flag_ab", {"x": 1})),
        stored(
            APP, profile("v1_1", {"x": 1}), profile("v11", {"x": 1}), profile("_", {"x": 1}), profile("-", {"x": 1})
        ),
    ],
    "never-seen": [
        stored(APP),  # no data
        stored(APP, app("x")),
        stored(NAMESPACED, app("x"), profile("flag_x", {"x": 1})),
        stored(schema_of(Property("appName")), profile("appname", {"x": 1})),
    ],
    "stale-property": [
        stored(APP, ALL, silent_for(0)),
        stored(APP, ALL, silent_for(44)),
        stored(APP, ALL, silent_for(60, requests=10)),  # one in two weeks is its way
        stored(APP, SHORT, silent_for(50, since=60)),  # less data than tells
        stored(schema_of(Property("app", deprecated=Deprecation("obsolete"))), ALL, silent_for(100)),
        stored(schema_of(), ALL, silent_for(100)),  # undeclared: good riddance
        stored(APP, profile("app", {"x": 1}, seen=Seen(None, None))),
    ],
    "value-drift": [
        stored(APP, app("new")),  # no earlier audit
        stored(APP, app("new"), before=earlier()),  # which had no requests
        stored(APP, app(chat=900, search=100), before=BEFORE),
        stored(APP, app(chat=750, search=250), before=BEFORE),
        stored(APP, app(chat=1000), before=BEFORE),
        stored(APP, profile("unknown", {"x": 1}), before=earlier(app(chat=9), are_all_keys=False)),
        stored(APP, app(chat=5, new=5), before=earlier(app(chat=9))),  # too few to tell
        stored(APP, app(new=5), before=earlier(app(chat=900, distinct=2))),  # it may be the other one
        stored(APP, app(a=1, b=99), before=earlier(app(a=30, b=69))),
        stored(capped("high"), app(chat=900, new=5), before=earlier(app(chat=900))),
        stored(schema_of(Property("app", format="semver")), app(**{"1.0.1": 5}), before=earlier(app(**{"1.0.0": 900}))),
    ],
}

# What is reported: key, what is suggested for which value, and words of the message.
REPORTED: dict[str, list[tuple[DataSubject, str, Mapping[str, str | None], str]]] = {
    "high-cardinality": [
        (stored(capped("low"), app("x", distinct=101)), "app", {"x": None}, "has 101 different values, and its cardinality is low, at most 100"),
        (stored(capped(7), app(distinct=8)), "app", {}, "8 different values, and its cardinality is 7;"),
        (stored(capped(10_000), app(distinct=11_000)), "app", {}, "11000 different values"),
        (stored(CLOSED, app(distinct=101)), "app", {}, "low, at most 100"),
    ],
    "near-duplicate-values": [
        (stored(APP, app(Production=900, prod=80)), "app", {"prod": "Production"}, "`prod` at `app` is probably `Production`"),
        (stored(APP, app(prod=900, Production=80)), "app", {"Production": "prod"}, "is probably `prod`"),
        (stored(APP, app("x", distinct=10**6, chat=9, Chat=8, CHAT=7)), "app", {"Chat": "chat", "CHAT": "chat"}, "1 more value is like that"),
        (stored(APP, app(**{"past_due": 9, "past-due": 8, "Past Due": 7, "pastDue": 6})), "app", {"past-due": "past_due", "Past Due": "past_due", "pastDue": "past_due"}, "2 more values are"),
        (stored(APP, app(checkout=900, chekout=5, chceckout=4)), "app", {"chekout": "checkout", "chceckout": "checkout"}, "`checkout`"),
        (stored(APP, app(production=900, prod=500, producton=3)), "app", {"prod": "production", "producton": "production"}, "1 more"),
        (stored(APP, app(prod=900, production=500, producton=3)), "app", {"production": "prod", "producton": "prod"}, "1 more"),
        (stored(APP, app(**{"us-east-1": 9, "US_EAST_1": 2})), "app", {"US_EAST_1": "us-east-1"}, ""),
        (stored(APP, profile("app", {"ｃｈａｔ": 1, "chat": 3})), "app", {"ｃｈａｔ": "chat"}, ""),
        (stored(ALLOWED, profile("unknown", {"chat": 9, "Chat": 1})), "unknown", {"Chat": "chat"}, ""),
    ],
    "near-duplicate-keys": [
        (
            stored(APP, profile("customerId", {"x": 5}), profile("customer-id", {"x": 9}), profile("Customer-Id", {"x": 1})),
            "customer-id",
            {},
            "`customer-id`, `customerId`, `Customer-Id` are 3 keys for what is probably one property; declare it as `customer_id`",
        ),
        (stored(ALLOWED, profile("userId", {"x": 9}), profile("user_id", {"x": 1})), "userId", {}, "declare it as `user_id`"),
    ],
    "never-seen": [
        (stored(APP, ALL), "app", {}, "no request has `app`; write it, or take it out"),
        (stored(NAMESPACED, app("x")), "flag_*", {}, "no request has a key of the namespace `flag_*`"),
        (stored(NAMESPACED, app("x"), profile("flag_", {"x": 1})), "flag_*", {}, "no request"),  # more must follow
        (stored(OLD, app("x")), "stage", {}, "it is deprecated, and nothing is in the way"),
    ],
    "stale-property": [
        (stored(APP, ALL, silent_for(45)), "app", {}, "since 2026-05-16, 45 days before the end"),
        (stored(APP, ALL, silent_for(100, since=100, requests=1)), "app", {}, "100 days"),
        (stored(NAMESPACED, ALL, profile("flag_x", {"x": 100}, seen=Seen(BEGIN, BEGIN))), "flag_x", {}, "180 days"),
    ],
    "value-drift": [
        (stored(APP, profile("unknown", {"x": 1}), before=BEFORE), "unknown", {}, "no request of the earlier audit has `unknown`"),
        (stored(APP, app("x"), before=earlier(ALL, are_all_keys=False)), "app", {}, "no request"),  # all declared ones were told
        (stored(APP, app(chat=900, new=5), before=BEFORE), "app", {"new": None}, "has a value that no request of the earlier audit has: `new`"),
        (stored(CLOSED, app(search=1), before=earlier(app(chat=1))), "app", {"search": None}, "`search`"),
        (stored(APP, app("a", "b", "c", "d"), before=BEFORE), "app", dict.fromkeys("abcd"), "4 values that no request of the earlier audit has: `a`, `b`, `c`, …"),
        (stored(APP, app(chat=500, search=500), before=BEFORE), "app", {}, "40 % of the requests with `app` have another value"),
    ],
}  # fmt: skip


@pytest.mark.parametrize(("rule", "subject"), [(rule, subject) for rule in SILENT for subject in SILENT[rule]])
def test_silent(rule: str, subject: DataSubject) -> None:
    """What the rule leaves alone."""
    about = {"app", "stage", "unknown", "flag_*"} if rule != "never-seen" else {"app", "flag_*", "appName"}
    assert [one for one in RULES[rule].find(subject) if one.key in about or rule == "near-duplicate-keys"] == []


@pytest.mark.parametrize(("rule", "case"), [(rule, case) for rule in REPORTED for case in REPORTED[rule]])
def test_reported(rule: str, case: tuple[DataSubject, str, Mapping[str, str | None], str]) -> None:
    """What the rule reports, once."""
    subject, key, values, message = case
    found = [one for one in RULES[rule].find(subject) if one.key == key]
    assert [message in one.found.message for one in found] == [True], found
    assert {value.value: value.suggestion for value in found[0].values} == values


def test_every_rule_has_both_tables() -> None:
    """None is untested."""
    assert set(SILENT) == set(REPORTED) == set(RULES)


def counted() -> st.SearchStrategy[dict[str, int]]:
    return st.dictionaries(
        st.sampled_from(TEXTS) | st.text("aAbB -_1.\x00\ud800é", max_size=6) | st.text(max_size=200),
        st.integers(0, 2**63),
        max_size=30,
    )


@st.composite
def hostile_profiles(draw: st.DrawFn, schema: PropertySchema) -> list[KeyProfile]:
    """What no database would answer: counts and times that contradict each other, one value twice, any text as a key."""
    keys = st.sampled_from(keys_for(schema)) | st.sampled_from(TEXTS) | st.text(max_size=20)
    times = st.none() | st.datetimes(timezones=st.just(UTC))
    found = []
    for key in draw(st.lists(keys, max_size=8, unique=True)):
        values = (
            st.sampled_from(values_for(schema.properties.get(key)) or TEXTS)
            | st.sampled_from(TEXTS)
            | st.text(max_size=9)
        )
        tops = draw(st.lists(st.builds(ValueCount, values, st.integers(0, 2**63)), max_size=12))
        number = st.integers(0, 2**63)
        seen = Seen(draw(times), draw(times))
        found.append(
            KeyProfile(key, draw(st.booleans()), draw(number), draw(number), draw(number), 1.0, seen, tuple(tops))
        )
    return found


@given(st.data())
def test_nothing_stored_crashes_a_rule(data: st.DataObject) -> None:
    """Whatever is told of the data: each key once under a rule, with messages, and the same when asked again."""
    schema = data.draw(schemas())
    now, then = data.draw(hostile_profiles(schema)), data.draw(hostile_profiles(schema))
    subject = stored(schema, *now, before=earlier(*then))
    for rule in DATA_RULES:
        found = list(rule.find(subject))
        assert found == list(rule.find(subject))
        assert len({one.key for one in found}) == len(found)
        assert all(one.found.message and one.requests >= 0 for one in found)


@MANY
@given(counted())
def test_what_is_suggested_is_itself_never_mended(values: dict[str, int]) -> None:
    """So that two audits one after the other never send a value there and back; and the order of the answer tells nothing."""
    forwards = list(near_duplicate_values.find(stored(APP, profile("app", values))))
    backwards = list(near_duplicate_values.find(stored(APP, profile("app", dict(reversed(values.items()))))))
    assert forwards == backwards
    mended = {value.value: value.suggestion for one in forwards for value in one.values}
    for value, suggestion in mended.items():
        assert suggestion not in mended
        assert suggestion in values
        assert values[suggestion] >= values[value]


@given(st.sampled_from(TEXTS) | st.text())
def test_folding_is_done_once(text: str) -> None:
    """Nothing changes when it is folded again, so that spellings fall into classes."""
    assert folded(folded(text)) == folded(text)


@pytest.mark.parametrize("length", [5, 90, 2000])
def test_comparing_is_quick(length: int) -> None:
    """A thousand keys of two hundred values that all begin alike are compared in some seconds; here is one."""
    import time

    texts = [f"{'a' * (length - 4)}{chr(97 + n % 26)}{chr(97 + n // 26)}zz" for n in range(200)]
    counts = {text: 10 ** (200 - place) if place < 100 else 1 for place, text in enumerate(texts)}
    began = time.process_time()
    meanings(counts, by_likeness=True)
    assert time.process_time() - began < 0.5


@given(counted(), counted())
def test_the_distance_is_one(first: dict[str, int], second: dict[str, int]) -> None:
    """From 0 to 1, the same from both sides, and 0 from itself."""
    one, other = profile("app", {**first, "x": 1}), profile("app", {**second, "y": 1})
    assert value_drift.distance(one, one) == 0
    assert 0 <= value_drift.distance(one, other) <= 1
    assert value_drift.distance(one, other) == pytest.approx(value_drift.distance(other, one))
