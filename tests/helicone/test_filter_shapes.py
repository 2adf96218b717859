"""Filters as the platform's documentation shows them, and as one line of text."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from propguard.errors import UsageError
from propguard.helicone.filter_shapes import translated
from propguard.helicone.filter_text import parse_where
from propguard.helicone.filters import Filter, P, compiled
from tests.helicone import server
from tests.helicone.test_filters import FILTERS, ROWS

PRODUCTION = P("environment") == "production"
PREMIUM = P("customer_tier") == "premium"
DOCUMENTED = {"properties": {"environment": {"equals": "production"}}}
DOCUMENTED_PAIR = {
    "left": {"properties": {"environment": {"equals": "production"}}},
    "operator": "and",
    "right": {"properties": {"customer_tier": {"equals": "premium"}}},
}
RMT = "request_response_rmt"


@pytest.mark.parametrize(
    ("shape", "expected"),
    [
        (DOCUMENTED, PRODUCTION),
        (DOCUMENTED_PAIR, PRODUCTION & PREMIUM),
        ({"filter": DOCUMENTED}, PRODUCTION),  # the whole body that the documentation sends
        (DOCUMENTED_PAIR | {"operator": "or"}, PRODUCTION | PREMIUM),
        ({RMT: DOCUMENTED}, PRODUCTION),
        ({RMT: {"property_key": {"equals": "vip"}}}, P("vip").exists()),
        ({RMT: {"request_created_at": {"gte": "2026-01-01T00:00:00Z"}}}, P.created_at >= "2026-01-01"),
        ({"left": DOCUMENTED, "operator": "and", "right": "all"}, PRODUCTION),
        ({"left": {}, "operator": "and", "right": DOCUMENTED}, PRODUCTION),
        ({"left": DOCUMENTED, "operator": "or", "right": "all"}, None),
        ("all", None),
        ({}, None),
        (PRODUCTION, PRODUCTION),
        ({"left": PRODUCTION, "operator": "and", "right": PREMIUM}, PRODUCTION & PREMIUM),
    ],
)
def test_documented_shapes_are_translated(shape: object, expected: Filter | None) -> None:
    """As they stand on the page; `request_response_rmt` is what the platform reads today."""
    assert translated(shape) == expected


@pytest.mark.parametrize(
    ("shape", "says"),
    [
        ({"properties": {"a": {"equals": "1"}, "b": {"equals": "2"}}}, "2 entries .* heed only one"),
        ({"properties": {"a": {"equals": "1", "contains": "2"}}}, "2 entries .* heed only one"),
        ({RMT: {"properties": {"a": {"equals": "1"}}, "property_key": {"equals": "b"}}}, "heed only one"),
        ({"properties": {"a": {"equals": "1"}}, RMT: {}}, "heed only one"),
        ({"properties": {"a": {"equal": "1"}}}, "did you mean `equals`"),
        ({"properties": {"a": {"gt": "1"}}}, "does not know the operator `gt`"),
        ({"properties": {"a": "1"}}, "object with one entry"),
        ({"properties": {"a": {}}}, "object with one entry"),
        ({"properties": {}}, "object with one entry"),
        ({"properties": {"a": {"equals": 1}}}, "are text"),
        ({"properties": {"a": {"equals": None}}}, "are text"),
        ({"properties": {"": {"equals": "x"}}}, None),  # left to the schema, which knows no empty key
        ({RMT: {"model": {"equals": "gpt-4"}}}, "not by `model`"),
        ({RMT: {"property_key": {"not-equals": "a"}}}, "only equals"),
        ({"request": {"id": {"equals": "x"}}}, "cannot begin with `request`"),
        ({"left": DOCUMENTED, "operator": "and"}, "look at `right`"),
        (DOCUMENTED_PAIR | {"and": 1}, "look at `and`"),
        (DOCUMENTED_PAIR | {"operator": "not"}, "there is no `not`"),
        (DOCUMENTED_PAIR | {"operator": ["and"]}, "is `and` or `or`"),
        (["a"], "not as list"),
        ("environment = production", "not as str"),
        (P("a"), r"write P\('a'\)\.exists\(\)"),
        (None, "not as NoneType"),
        ({"properties": {3: {"equals": "x"}}}, "no text"),
    ],
)
def test_what_the_server_would_ignore_is_refused(shape: object, says: str | None) -> None:
    """Two predicates in a leaf, unknown operators, `not`: each is explained rather than sent."""
    if says is None:
        translated(shape)
        return
    with pytest.raises(UsageError, match=says):
        translated(shape)


def test_deep_nesting_is_refused_in_a_sentence() -> None:
    """No recursion error, whatever is handed in."""
    shape: Any = DOCUMENTED
    for _ in range(5000):
        shape = {"left": shape, "operator": "and", "right": "all"}
    with pytest.raises(UsageError, match="deep"):
        translated(shape)


@given(FILTERS, ROWS)
def test_translating_what_was_compiled_changes_nothing(node: Filter, row: dict[str, Any]) -> None:
    """There and back: the same requests fit."""
    there = compiled(node)
    back = translated(there)
    assert back is not None
    assert server.fits(compiled(back), row) == server.fits(there, row)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("environment = production", PRODUCTION),
        ("environment=production", PRODUCTION),
        ("environment == 'production'", PRODUCTION),
        ('"environment" = "production"', PRODUCTION),
        ("environment != production", P("environment") != "production"),
        ("environment <> production", P("environment") != "production"),
        ("environment = production and customer_tier contains pre", PRODUCTION & P("customer_tier").contains("pre")),
        ("environment = production AND customer_tier CONTAINS pre", PRODUCTION & P("customer_tier").contains("pre")),
        ("a = 1 or b = 2 and c = 3", (P("a") == "1") | (P("b") == "2") & (P("c") == "3")),
        ("(a = 1 or b = 2) and c = 3", ((P("a") == "1") | (P("b") == "2")) & (P("c") == "3")),
        ("vip exists", P("vip").exists()),
        ("app like 'shop%'", P("app").like("shop%")),
        ("app contains 100%", P("app").contains("100%")),
        ("note = 'it''s'", P("note") == "it's"),
        ("note = ''", P("note") == ""),
        ("created_at >= 2026-01-01", P.created_at >= "2026-01-01"),
        (
            "created_at >= 2026-01-01 and created_at < '2026-02-01T09:30:00Z'",
            (P.created_at >= "2026-01-01") & (P.created_at < "2026-02-01T09:30:00Z"),
        ),
        ("'created_at' = x", P("created_at") == "x"),
        ("'and' = 'or'", P("and") == "or"),
        ("region = us-east-1", P("region") == "us-east-1"),
        ("url = http://x/y?z", P("url") == "http://x/y?z"),
    ],
)
def test_a_line_of_text_is_the_same_filter(text: str, expected: Filter) -> None:
    """For command lines, where Python cannot be written."""
    assert parse_where(text) == expected


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "at its end .character 1.: the key"),
        ("environment", "at its end .character 12.: one of ="),
        ("environment =", "at its end"),
        ("environment = production customer_tier = pro", "at `customer_tier` .character 26.: `and` or `or`"),
        ("a = 1 and", "the key of a property"),
        ("and a = 1", "at `and` .character 1."),
        ("(a = 1", r"`\)` is expected"),
        ("a = 1)", "`and` or `or`"),
        ("not a = 1", 'no "not"'),
        ("a > 1", "no order"),
        ("created_at = 2026-01-01", "is compared with >="),
        ("created_at >= soon", "`soon`, which is no time"),
        ("a = 'open", "quote not closed"),
        ("a ! b", "`=` missing"),
        ("a = (b)", "a value is expected"),
        ("'' = b", "the key"),
        ("a in b", "one of ="),
        ("(" * 100 + "a = 1" + ")" * 100, "too deep"),
        ("a = '" + "x" * 20_000 + "'", "too long"),
        ("a = \x1b[2J'", r"\\x1b"),
    ],
)
def test_what_is_not_understood_is_told_with_its_place(text: str, says: str) -> None:
    """One sentence, with the character and what is expected there."""
    with pytest.raises(UsageError, match=says) as raised:
        parse_where(text)
    assert "\n" not in str(raised.value)


@given(st.text(alphabet="ab='\"()!<> \\andorcontains%", max_size=30))
def test_no_text_crashes_the_parser(text: str) -> None:
    """It is a filter or a sentence."""
    try:
        found = parse_where(text)
    except UsageError:
        return
    assert compiled(found)
