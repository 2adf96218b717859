"""Filters of the platform's queries, as SQL: one predicate per leaf, and whatever else a leaf holds silently ignored.

Source: Helicone/helicone at 67df07b8, valhalla/jawn/src/lib/shared/filters.
"""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from propguard.sandbox.storage import TABLE, literal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

DEEPEST = 200
"""How deeply filters may be nested here; the platform has no such limit, but a stack."""

EVERYTHING = "true"

# Tables that pass the platform's validation; those that are not there any more then fail inside the database.
_TABLES = frozenset(
    {
        TABLE,
        "cache_hits",
        "feedback",
        "job",
        "job_node",
        "properties",
        "rate_limit_log",
        "request",
        "request_response_search",
        "response",
        "sessions_request_response_rmt",
        "user_api_keys",
        "user_metrics",
        "users_view",
        "values",
    }
)

_SPECIAL = {
    ("equals", "null"): "{column} IS NULL",
    ("not-equals", "null"): "{column} IS NOT NULL",
    ("equals", "__empty__"): "empty({column})",
}
"""What the platform makes of these, although they may be stored values like all others."""

_COMPARISONS = {"equals": "=", "not-equals": "!=", "gt": ">", "gte": ">=", "lt": "<", "lte": "<="}


class Invalid(Exception):
    """The platform answers 422 to this filter."""


class Failing(Exception):
    """The platform takes this filter, and its database does not: answered as if nothing were found."""


def _text(column: str, operator: str, value: str) -> str:
    """A comparison of text; three values stand for something else than themselves."""
    if (operator, value) in _SPECIAL:
        return _SPECIAL[operator, value].format(column=column)
    wanted = literal(value)
    around = f"concat('%', {wanted}, '%')"
    return {
        "equals": f"{column} = {wanted}",
        "not-equals": f"{column} != {wanted}",
        "like": f"{column} LIKE {wanted}",
        "ilike": f"{column} ILIKE {wanted}",
        "contains": f"{column} ILIKE {around}",
        "not-contains": f"{column} NOT ILIKE {around}",
    }[operator]


def _time(column: str, operator: str, value: str) -> str:
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        raise Failing(f"`{value}` is no time") from None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    try:
        moment = moment.astimezone(UTC).replace(microsecond=0, tzinfo=None)
    except OverflowError:
        raise Failing(f"`{value}` is no time") from None
    return f"{column} {_COMPARISONS[operator]} toDateTime64('{moment.isoformat(' ')}', 3)"


def _number(column: str, operator: str, value: float) -> str:
    return f"{column} {_COMPARISONS[operator]} {value!r}"


def _identifier(column: str, operator: str, value: str) -> str:
    return f"{column} {_COMPARISONS[operator]} toUUID({literal(value)})"


_TEXT_OPERATORS = ("equals", "not-equals", "like", "ilike", "contains", "not-contains")
_TIME_OPERATORS = ("equals", "gt", "gte", "lt", "lte")
_NUMBER_OPERATORS = tuple(_COMPARISONS)
_PRESENCE = ("equals",)

# By column: what compares it, with which operators, and the type of what it is compared with.
_COLUMNS: Mapping[str, tuple[Callable[..., str], tuple[str, ...], type | tuple[type, ...]]] = {
    "country_code": (_text, _TEXT_OPERATORS, str),
    "latency": (_number, _NUMBER_OPERATORS, (int, float)),
    "model": (_text, _TEXT_OPERATORS, str),
    "prompt_id": (_text, _TEXT_OPERATORS, str),
    "provider": (_text, _TEXT_OPERATORS, str),
    "request_created_at": (_time, _TIME_OPERATORS, str),
    "request_id": (_identifier, ("equals", "not-equals"), str),
    "response_created_at": (_time, _TIME_OPERATORS, str),
    "status": (_number, _NUMBER_OPERATORS, (int, float)),
    "user_id": (_text, _TEXT_OPERATORS, str),
}


def condition(tree: object, depth: int = 0) -> str:
    """The SQL condition of a filter. Raises Invalid and Failing."""
    if tree == "all":
        return EVERYTHING
    if not isinstance(tree, dict) or depth > DEEPEST:
        raise Invalid("invalid filter")
    if "operator" in tree or "left" in tree or "right" in tree:
        if set(tree) != {"left", "operator", "right"} or tree["operator"] not in ("and", "or"):
            raise Invalid("invalid branch")
        left, right = condition(tree["left"], depth + 1), condition(tree["right"], depth + 1)
        return f"({left} {tree['operator']} {right})"
    return _leaf(tree)


def _leaf(leaf: Mapping[str, object]) -> str:
    """The condition of the first table, column and operator of a leaf; those that follow are judged, and ignored."""
    for table in leaf:
        if table not in _TABLES:
            raise Invalid(f'"{table}" is an excess property and therefore is not allowed')
    if TABLE in leaf:
        columns = leaf[TABLE]
        if not isinstance(columns, dict):
            raise Invalid("invalid object")
        conditions = [_column(name, operators) for name, operators in columns.items()]
    if not leaf:
        return EVERYTHING
    first = next(iter(leaf))
    if first != TABLE:
        raise Failing(f"no table {first}")
    if not conditions:
        raise Failing("an empty leaf")
    return conditions[0]()


def _column(name: str, operators: object) -> Callable[[], str]:
    """What makes the condition of one column, once everything around it has been judged."""
    if not isinstance(operators, dict):
        raise Invalid("invalid object")
    if name == "properties":
        per_key = [
            _compared(f"properties[{literal(key)}]", _COLUMNS["model"], of_key) for key, of_key in operators.items()
        ]
        return _first(per_key)
    if name == "property_key":
        return _compared("", (_presence, _PRESENCE, str), operators)
    if name not in _COLUMNS:
        raise Invalid(f'"{name}" is an excess property and therefore is not allowed')
    return _compared(name, _COLUMNS[name], operators)


def _compared(
    column: str, by: tuple[Callable[..., str], tuple[str, ...], type | tuple[type, ...]], operators: object
) -> Callable[[], str]:
    compiler, known, kind = by
    if not isinstance(operators, dict):
        raise Invalid("invalid object")
    for operator, value in operators.items():
        if operator not in known:
            raise Invalid(f'"{operator}" is an excess property and therefore is not allowed')
        if not isinstance(value, kind) or isinstance(value, bool):
            raise Invalid(f"invalid value of {operator}")
    return _first([partial(compiler, column, operator, value) for operator, value in operators.items()])


def _first(conditions: Sequence[Callable[[], str]]) -> Callable[[], str]:
    def first() -> str:
        if not conditions:
            raise Failing("an empty leaf")
        return conditions[0]()

    return first


def _presence(_: str, __: str, key: str) -> str:
    return f"mapContains(properties, {literal(key)})"
