"""Filters of stored requests: written like Python, compiled to the shapes of the platform, and asked again of its answers.

    P("environment") == "production"
    (P("customer_tier").contains("pre") | P("vip").exists()) & (P.created_at >= "2026-01-01")

Source of the semantics: Helicone/helicone, packages/filters/filters.ts. A property that a request does not have reads as
the empty text, so `!=` holds where the property is absent, and `== ""` where it is absent or empty. Nothing can be
negated: that a request lacks a property cannot be asked.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal, NoReturn

from propguard.errors import UsageError
from propguard.helicone.likeness import contains_pattern, escaped, is_like
from propguard.helicone.times import ceiling, floor, moment, platform_time
from propguard.model.text import excerpt, visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime

    from propguard.helicone.stored_request import StoredRequest

Operator = Literal["equals", "not-equals", "contains", "not-contains", "like", "ilike"]
TimeOperator = Literal["gte", "gt", "lt", "lte"]

OPERATORS: tuple[Operator, ...] = ("equals", "not-equals", "contains", "not-contains", "like", "ilike")
TIME_OPERATORS: tuple[TimeOperator, ...] = ("gte", "gt", "lt", "lte")

MOST_PREDICATES = 200

_MISREAD = frozenset({"null", "__empty__"})
"""Values that the platform's `equals` may take for something else than themselves; its `like` does not."""

_HOLDS: dict[Operator, Callable[[str, str], bool]] = {
    "equals": lambda stored, value: stored == value,
    "not-equals": lambda stored, value: stored != value,
    "contains": lambda stored, value: is_like(stored, contains_pattern(value), ignore_case=True),
    "not-contains": lambda stored, value: not is_like(stored, contains_pattern(value), ignore_case=True),
    "like": is_like,
    "ilike": lambda stored, value: is_like(stored, value, ignore_case=True),
}

_IS_TIME: dict[TimeOperator, Callable[[datetime, datetime], bool]] = {
    "gte": lambda stored, at: stored >= at,
    "gt": lambda stored, at: stored > at,
    "lt": lambda stored, at: stored < at,
    "lte": lambda stored, at: stored <= at,
}


def _refuse_truth(_: object) -> bool:
    """What `and`, `or`, `not`, `if` and chained comparisons ask for."""
    raise UsageError(
        "a filter is neither true nor false; join filters with & and |, each in parentheses, not with `and`, `or`, `not` or a < b < c"
    )


class Filter:
    """What stored requests are asked for; `&` and `|` make one of two."""

    __slots__ = ()

    def __and__(self, other: object) -> Filter:
        return Every(_joined(Every, self, other))

    def __or__(self, other: object) -> Filter:
        return Some(_joined(Some, self, other))

    def __invert__(self) -> NoReturn:
        raise UsageError(
            'a filter cannot be negated, as the platform has no "not"; write != instead of ==, and == "" for a property that is absent or empty'
        )

    __bool__ = _refuse_truth


@dataclass(frozen=True, slots=True)
class Comparison(Filter):
    """The property `key`, the empty text where it is absent, stands in this relation to `value`, as the platform takes it.

    With `checked`, key and value must be possible by the schema.
    """

    key: str
    operator: Operator
    value: str
    checked: bool = True


@dataclass(frozen=True, slots=True)
class Presence(Filter):
    """The request has the property `key`, be its value empty or not."""

    key: str
    checked: bool = True


@dataclass(frozen=True, slots=True)
class Created(Filter):
    """The request was made before or after a moment."""

    operator: TimeOperator
    at: datetime


@dataclass(frozen=True, slots=True)
class Every(Filter):
    """All parts hold."""

    parts: tuple[Filter, ...]


@dataclass(frozen=True, slots=True)
class Some(Filter):
    """At least one part holds."""

    parts: tuple[Filter, ...]


class CreationTime:
    """When a request was made; compare it with a datetime, a date or an ISO 8601 text."""

    __slots__ = ()
    __hash__ = None  # type: ignore[assignment]  # it is no key of a map: its comparisons are filters

    def __get__(self, instance: object, owner: type) -> CreationTime:
        if instance is not None:
            raise UsageError('the time of a request is P.created_at; P("key").created_at is nothing')
        return self

    def __ge__(self, at: object) -> Filter:
        return Created("gte", moment(at, "created_at"))

    def __gt__(self, at: object) -> Filter:
        return Created("gt", moment(at, "created_at"))

    def __lt__(self, at: object) -> Filter:
        return Created("lt", moment(at, "created_at"))

    def __le__(self, at: object) -> Filter:
        return Created("lte", moment(at, "created_at"))

    def __eq__(self, at: object) -> NoReturn:
        raise UsageError("no request is made at exactly a moment; write (P.created_at >= a) & (P.created_at < b)")

    __ne__ = __eq__

    __bool__ = _refuse_truth


class P:
    """The property `key` in a filter: `P("environment") == "production"`.

    Keys and values are checked against the client's schema, as what it does not allow can never match; with
    `checked=False` they are not, for what was stored before there was a schema. `P.created_at` is the time of the request.
    """

    __slots__ = ("_checked", "_key")
    __hash__ = None  # type: ignore[assignment]  # it is no key of a map: its comparisons are filters

    created_at: Final = CreationTime()

    def __init__(self, key: str, *, checked: bool = True) -> None:
        if not isinstance(key, str) or not key:
            raise UsageError(f'a property is named by a text that is not empty, such as P("environment"), not {key!r}')
        self._key = key
        self._checked = checked

    def __repr__(self) -> str:
        return f"P({self._key!r})"

    def __eq__(self, value: object) -> Filter:  # type: ignore[override]  # it makes a filter, not a verdict
        return self._compared("equals", value)

    def __ne__(self, value: object) -> Filter:  # type: ignore[override]  # as above
        return self._compared("not-equals", value)

    def contains(self, text: str) -> Filter:
        """The value holds `text`, in capitals or not."""
        return self._compared("contains", escaped(_checked_value(self._key, text)))

    def like(self, pattern: str) -> Filter:
        r"""The value is like `pattern`: `%` stands for any text, `_` for one character, `\%` and `\_` for themselves."""
        return self._compared("like", pattern)

    def exists(self) -> Filter:
        """The request has the property."""
        return Presence(self._key, self._checked)

    def _compared(self, operator: Operator, value: object) -> Filter:
        return comparison(self._key, operator, value, checked=self._checked)

    def _no_order(self, _: object) -> NoReturn:
        raise UsageError(
            f"{self!r} cannot be greater or less than anything: properties are text; the platform compares them with ==, !=, contains and like"
        )

    __lt__ = __le__ = __gt__ = __ge__ = _no_order

    def __contains__(self, _: object) -> NoReturn:
        raise UsageError(f"`in` cannot make a filter; write {self!r}.contains(text)")

    __bool__ = _refuse_truth


def comparison(key: str, operator: Operator, value: object, *, checked: bool = True) -> Filter:
    """A filter on one property. Raises UsageError for a value that the platform would misread in silence."""
    text = _checked_value(key, value)
    if operator in {"like", "ilike"} and (len(text) - len(text.rstrip("\\"))) % 2:
        raise UsageError(r"a pattern cannot end in a single backslash; write \\ for a backslash itself")
    return Comparison(key, operator, text, checked)


def compiled(node: Filter) -> dict[str, Any]:
    """The filter as the platform takes it: one predicate per leaf, the rest nested in pairs.

    Times are cut to whole seconds in such a way that nothing is left out; `holds` is exact. Raises UsageError for a
    filter of more than MOST_PREDICATES predicates.
    """
    count = sum(1 for _ in leaves(node))
    if count > MOST_PREDICATES:
        raise UsageError(f"a filter of {count} predicates is too long for one query; the most is {MOST_PREDICATES}")
    return _compiled(node)


def identified(
    request_ids: Sequence[str], since: datetime | None = None, until: datetime | None = None
) -> dict[str, Any]:
    """The filter, as the platform takes it, for all versions of these requests that were made within whole seconds.

    By their ids alone, the platform goes through everything that was ever stored.
    """
    nodes = [_pairs("or", [_leaf("request_id", {"equals": request_id}) for request_id in request_ids])]
    if since is not None:
        nodes.append(_compiled(Created("gte", since)))
    if until is not None:
        nodes.append(_compiled(Created("lt", until)))
    return _pairs("and", nodes)


def holds(node: Filter, request: StoredRequest) -> bool:
    """Whether the filter holds for a stored request, by the semantics of the platform."""
    match node:
        case Comparison(key, operator, value):
            stored = request.properties.get(key)
            return _HOLDS[operator](request.system_properties.get(key, "") if stored is None else stored, value)
        case Presence(key):
            return key in request.properties or key in request.system_properties
        case Created(time_operator, at):
            return _IS_TIME[time_operator](request.created_at, at)
        case Every(parts):
            return all(holds(part, request) for part in parts)
        case Some(parts):
            return any(holds(part, request) for part in parts)
    raise AssertionError(node)


def leaves(node: Filter) -> Iterator[Comparison | Presence | Created]:
    """The predicates of a filter, from left to right."""
    match node:
        case Every(parts) | Some(parts):
            for part in parts:
                yield from leaves(part)
        case Comparison() | Presence() | Created():
            yield node


def bounds(node: Filter) -> tuple[datetime | None, datetime | None]:
    """Whole seconds, the first included and the second not, outside of which the filter holds for no request."""
    match node:
        case Created("gte" | "gt", at):
            return floor(at), None
        case Created("lt" | "lte", at):
            return None, _end(node)
        case Every(parts):
            starts, ends = zip(*map(bounds, parts), strict=True)
            return (
                max((start for start in starts if start is not None), default=None),
                min((end for end in ends if end is not None), default=None),
            )
        case Some(parts):
            starts, ends = zip(*map(bounds, parts), strict=True)
            return None if None in starts else min(starts), None if None in ends else max(ends)
    return None, None


def _end(created: Created) -> datetime:
    """The first whole second that is beyond an upper bound."""
    whole = ceiling(created.at)
    exact = created.operator == "lte" and whole == created.at
    return ceiling(whole.replace(microsecond=1)) if exact else whole


def _compiled(node: Filter) -> dict[str, Any]:
    match node:
        case Comparison(key, "equals", value) if value in _MISREAD:
            return _leaf("properties", {key: {"like": escaped(value)}})
        case Comparison(key, operator, value):
            return _leaf("properties", {key: {operator: value}})
        case Presence(key):
            return _leaf("property_key", {"equals": key})
        case Created("gte" | "gt", at):
            return _leaf("request_created_at", {"gte": platform_time(floor(at))})
        case Created():
            return _leaf("request_created_at", {"lt": platform_time(_end(node))})
        case Every(parts):
            return _pairs("and", [_compiled(part) for part in parts])
        case Some(parts):
            return _pairs("or", [_compiled(part) for part in parts])
    raise AssertionError(node)


def _leaf(column: str, predicate: dict[str, Any]) -> dict[str, Any]:
    return {"request_response_rmt": {column: predicate}}


def _pairs(operator: str, nodes: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """A tree of pairs that is no deeper than it must be."""
    if len(nodes) == 1:
        return nodes[0]
    middle = len(nodes) // 2
    return {"left": _pairs(operator, nodes[:middle]), "operator": operator, "right": _pairs(operator, nodes[middle:])}


def _joined(kind: type[Every | Some], left: Filter, right: object) -> tuple[Filter, ...]:
    if not isinstance(right, Filter):
        raise UsageError(
            f"`&` and `|` join filters, not {type(right).__name__}; put each comparison into parentheses, as & and | bind more tightly than =="
        )
    return tuple(part for side in (left, right) for part in (side.parts if isinstance(side, kind) else (side,)))


def _checked_value(key: str, value: object) -> str:
    if not isinstance(value, str):
        kind = "another property" if isinstance(value, P) else type(value).__name__
        raise UsageError(
            f"`{excerpt(visible(key))}` is compared with {kind}, but values of properties are text; write it in quotes"
        )
    return value
