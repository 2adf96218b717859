"""Filters in Python: what they compile to, what they mean, and what is refused because it would mean something else."""

from __future__ import annotations

import operator
from datetime import UTC, date, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from propguard.errors import UsageError
from propguard.helicone.filters import Comparison, Created, Every, Filter, P, Presence, Some, bounds, compiled, holds
from propguard.helicone.likeness import escaped, is_like
from propguard.helicone.stored_request import StoredRequest
from tests.helicone import server

if TYPE_CHECKING:
    from collections.abc import Callable

NEW_YEAR = datetime(2026, 1, 1, tzinfo=UTC)


def leaf(key: str, operator: str, value: str) -> dict[str, Any]:
    return {"request_response_rmt": {"properties": {key: {operator: value}}}}


def created(operator: str, at: str) -> dict[str, Any]:
    return {"request_response_rmt": {"request_created_at": {operator: at}}}


def pair(left: object, operator: str, right: object) -> dict[str, Any]:
    return {"left": left, "operator": operator, "right": right}


A, B, C = P("a") == "1", P("b") == "2", P("c") == "3"
LEAF_A, LEAF_B, LEAF_C = leaf("a", "equals", "1"), leaf("b", "equals", "2"), leaf("c", "equals", "3")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (P("environment") == "production", leaf("environment", "equals", "production")),
        (P("environment") != "production", leaf("environment", "not-equals", "production")),
        (P("tier").contains("pre"), leaf("tier", "contains", "pre")),
        (P("tier").contains("a_b%\\"), leaf("tier", "contains", "a\\_b\\%\\\\")),  # the text, not a pattern
        (P("tier").like("a_b%"), leaf("tier", "like", "a_b%")),
        (P("a") == "null", leaf("a", "like", "null")),  # with `equals` the platform would look for what is absent
        (P("a") == "__empty__", leaf("a", "like", "\\_\\_empty\\_\\_")),
        (P("x").exists(), {"request_response_rmt": {"property_key": {"equals": "x"}}}),
        (P.created_at >= NEW_YEAR, created("gte", "2026-01-01T00:00:00.000Z")),
        (P.created_at >= "2026-01-01", created("gte", "2026-01-01T00:00:00.000Z")),
        (P.created_at >= date(2026, 1, 1), created("gte", "2026-01-01T00:00:00.000Z")),
        (P.created_at >= datetime(2026, 1, 1), created("gte", "2026-01-01T00:00:00.000Z")),  # noqa: DTZ001  # as users write it
        (
            P.created_at >= datetime(2026, 1, 1, tzinfo=timezone(timedelta(hours=2))),
            created("gte", "2025-12-31T22:00:00.000Z"),
        ),
        # Cut to whole seconds so that nothing is left out; what is too much is sorted out afterwards.
        (P.created_at >= "2026-01-01T00:00:00.700Z", created("gte", "2026-01-01T00:00:00.000Z")),
        (P.created_at > "2026-01-01T00:00:00.700Z", created("gte", "2026-01-01T00:00:00.000Z")),
        (P.created_at < "2026-01-01T00:00:00.700Z", created("lt", "2026-01-01T00:00:01.000Z")),
        (P.created_at <= "2026-01-01T00:00:00Z", created("lt", "2026-01-01T00:00:01.000Z")),
        (P.created_at < "2026-01-01", created("lt", "2026-01-01T00:00:00.000Z")),
        (P.created_at >= "0001-01-01", created("gte", "1970-01-01T00:00:00.000Z")),
        (P.created_at < "9999-12-31T23:59:59.999Z", created("lt", "2100-01-01T00:00:00.000Z")),
        (A & B, pair(LEAF_A, "and", LEAF_B)),
        (A | B, pair(LEAF_A, "or", LEAF_B)),
        (A & B & C, pair(LEAF_A, "and", pair(LEAF_B, "and", LEAF_C))),
        ((A | B) & C, pair(pair(LEAF_A, "or", LEAF_B), "and", LEAF_C)),
        (A & (B & C) | A, pair(pair(LEAF_A, "and", pair(LEAF_B, "and", LEAF_C)), "or", LEAF_A)),
    ],
)
def test_a_filter_is_one_predicate_per_leaf(written: Filter, expected: object) -> None:
    """Nested in pairs, as the platform heeds only the first predicate of a leaf."""
    assert compiled(written) == expected


@pytest.mark.parametrize(
    ("misuse", "says"),
    [
        (lambda: A and B, "join filters with & and |"),
        (lambda: A or B, "join filters with & and |"),
        (lambda: not A, "join filters with & and |"),
        (lambda: P("a") and B, "join filters with & and |"),
        (lambda: "2026-01-01" <= P.created_at < "2026-02-01", "a < b < c"),
        (lambda: bool(P.created_at), "join filters with & and |"),
        (lambda: ~A, '"not"'),
        (lambda: A & "b", "join filters, not str"),
        (lambda: A & P("b"), "join filters, not P"),
        (lambda: P("a") == 1, "values of properties are text"),
        (lambda: P("a") == None, "NoneType"),  # noqa: E711  # the mistake that is meant
        (lambda: P("a") == P("b"), "another property"),
        (lambda: P("a").contains(3), "values of properties are text"),  # type: ignore[arg-type]  # as meant
        (lambda: P("a") > 3, "have no|are text"),
        (lambda: "x" in P("a"), r"contains\(text\)"),
        (lambda: P("a").like("abc\\"), "backslash"),
        (lambda: P(""), "not empty"),
        (lambda: P(3), "named by a text"),  # type: ignore[arg-type]  # as meant
        (lambda: P("a").created_at >= "2026-01-01", "is P.created_at"),
        (lambda: P.created_at == "2026-01-01", "exactly a moment"),
        (lambda: P.created_at >= "yesterday", "`yesterday`, which is no time"),
        (lambda: P.created_at >= 5, "not int"),
        (lambda: compiled(Some((A,) * 201)), "201 predicates"),
    ],
)
def test_what_python_would_take_for_something_else_is_refused(misuse: Callable[[], object], says: str) -> None:
    """With a sentence that says what to write; never a filter that quietly asks for less or more."""
    with pytest.raises(UsageError, match=says):
        misuse()


KEYS = st.sampled_from(["a", "b", "Helicone-Session-Id"])
VALUES = st.text(alphabet="aAbB%_\\.*\n ", max_size=5)
MOMENTS = st.integers(0, 8_000_000).map(lambda quarter: NEW_YEAR + timedelta(microseconds=250_000 * (quarter % 40)))


def comparisons(key: str, name: str, value: str) -> Filter:
    return Comparison(key, name, value)  # type: ignore[arg-type]  # one of the operators


PREDICATES: st.SearchStrategy[Filter] = st.one_of(
    st.builds(comparisons, KEYS, st.sampled_from(list(server.TEXT)), VALUES).filter(
        lambda found: not (isinstance(found, Comparison) and found.value.endswith("\\"))
    ),
    st.builds(Presence, KEYS),
    st.builds(Created, st.sampled_from(["gte", "gt", "lt", "lte"]), MOMENTS),
)
FILTERS = st.recursive(
    PREDICATES,
    lambda inner: st.one_of(st.builds(lambda a, b: a & b, inner, inner), st.builds(lambda a, b: a | b, inner, inner)),
    max_leaves=6,
)
ROWS = st.builds(
    lambda properties, at: {
        "request_id": "x",
        "properties": properties,
        "request_created_at": at.isoformat(),
    },
    st.dictionaries(KEYS, VALUES),
    MOMENTS,
)


def stored(row: dict[str, Any]) -> StoredRequest:
    at = server.moment(row["request_created_at"])
    system = {key: value for key, value in row["properties"].items() if key.startswith("Helicone-")}
    own = {key: value for key, value in row["properties"].items() if key not in system}
    return StoredRequest("x", at, own, None, None, None, at, system)


@given(FILTERS, ROWS)
def test_what_holds_here_holds_on_the_server(node: Filter, row: dict[str, Any]) -> None:
    """Asked again of its answers, a filter leaves out nothing but what seconds are too coarse for."""
    there, here = server.fits(compiled(node), row), holds(node, stored(row))
    times = [part for part in _leaves(node) if isinstance(part, Created)]
    assert there or not here
    if all(part.at.microsecond == 0 and part.operator in {"gte", "lt"} for part in times):
        assert there == here


@given(FILTERS, ROWS)
def test_bounds_leave_nothing_out(node: Filter, row: dict[str, Any]) -> None:
    """What a filter holds for was made within its bounds."""
    start, end = bounds(node)
    if holds(node, stored(row)):
        at = stored(row).created_at
        assert start is None or at >= start
        assert end is None or at < end


def test_bounds_narrow_where_all_must_hold() -> None:
    """And widen where one is enough."""
    after, before = P.created_at >= "2026-01-01", P.created_at < "2026-02-01"
    assert bounds(after & before & A) == (NEW_YEAR, datetime(2026, 2, 1, tzinfo=UTC))
    assert bounds(after | A) == (None, None)
    assert bounds(after | (P.created_at >= "2026-03-01")) == (NEW_YEAR, None)


def _leaves(node: Filter) -> list[Filter]:
    if isinstance(node, Every | Some):
        return [leaf for part in node.parts for leaf in _leaves(part)]
    return [node]


@given(st.text(alphabet="aAbB%_\\x\n", max_size=8), st.text(alphabet="aAbB%_\\x\n", max_size=6), st.booleans())
def test_like_is_what_the_database_means_by_it(text: str, pattern: str, ignore_case: bool) -> None:
    """Compared with its translation into a regular expression."""
    flags = 2 if ignore_case else 0
    assert is_like(text, pattern, ignore_case=ignore_case) == bool(
        server.regular_expression(pattern, flags).fullmatch(text)
    )


@given(st.text(), st.text())
def test_an_escaped_text_is_like_itself_only(text: str, other: str) -> None:
    """So that `contains` finds a percent sign where one is asked for."""
    assert is_like(text, escaped(text))
    assert is_like(other, escaped(text)) == operator.eq(text, other)


def test_a_hostile_pattern_takes_no_time() -> None:
    """No backtracking: thousands of `%` are as good as a few."""
    assert not is_like("a" * 1000, "%a" * 1000 + "b")


def test_an_absent_property_reads_as_empty() -> None:
    """As on the server: `!=` holds where it is absent, `== ""` too, and only `exists` tells the difference."""
    nothing = StoredRequest("x", NEW_YEAR, {}, None, None, None, NEW_YEAR)
    empty = StoredRequest("x", NEW_YEAR, {"a": ""}, None, None, None, NEW_YEAR)
    for request in (nothing, empty):
        assert holds(P("a") != "1", request)
        assert holds(P("a") == "", request)
        assert holds(P("a").contains(""), request)
    assert not holds(P("a").exists(), nothing)
    assert holds(P("a").exists(), empty)
