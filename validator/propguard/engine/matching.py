"""Filters as SQL over an engine's source: the requests that the platform would find with the same filter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from propguard.compilers.clickhouse import from_clause
from propguard.engine.windows import moment_literal
from propguard.helicone.filters import Comparison, Created, Every, Presence, Some
from propguard.helicone.likeness import contains_pattern
from propguard.rules.sql import literal

if TYPE_CHECKING:
    from propguard.helicone.filters import Filter, Operator, TimeOperator

_SIGNS: dict[TimeOperator, str] = {"gte": ">=", "gt": ">", "lt": "<", "lte": "<="}
_FUNCTIONS: dict[Operator, str] = {
    "equals": "equals",
    "not-equals": "notEquals",
    "like": "like",
    "ilike": "ilike",
    "contains": "ilike",
    "not-contains": "notILike",
}


def matching(source: str, where: Filter | None) -> str:
    """The requests of `source` for which `where` holds."""
    return source if where is None else f"SELECT * FROM {from_clause(source)} AS every WHERE {condition(where)}"


def condition(where: Filter) -> str:
    """Whether a filter holds of a request; a property that it does not have reads as the empty text."""
    match where:
        case Every(parts):
            return "(" + " AND ".join(map(condition, parts)) + ")"
        case Some(parts):
            return "(" + " OR ".join(map(condition, parts)) + ")"
        case Presence(key):
            return f"has(mapKeys(properties), {literal(key)})"
        case Created(operator, at):
            return f"request_created_at {_SIGNS[operator]} {moment_literal(at)}"
        case Comparison(key, operator, value):
            wanted = contains_pattern(value) if operator.endswith("contains") else value
            return f"{_FUNCTIONS[operator]}(arrayElement(properties, {literal(key)}), {literal(wanted)})"
    raise AssertionError(where)
