"""Filters in the shapes of the platform's documentation, translated; what it would silently ignore is refused."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, cast

from propguard.errors import UsageError
from propguard.helicone.filters import OPERATORS, TIME_OPERATORS, Created, Filter, P, comparison
from propguard.helicone.times import moment
from propguard.model.text import excerpt, one_of, visible
from propguard.rules.near import nearest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from propguard.helicone.filters import Operator, TimeOperator

_BRANCH = frozenset({"left", "operator", "right"})
_TABLE = "request_response_rmt"
_DEEPEST = 100


def translated(shape: object, _depth: int = 0) -> Filter | None:
    """The filter that `shape` is; null for one that holds for everything (`"all"`, `{}`).

    Understood are `{"properties": {KEY: {"equals": VALUE}}}` as documented, the same within `request_response_rmt`,
    where `property_key` and `request_created_at` may stand too, and `{"left", "operator", "right"}` of these. Raises
    UsageError for anything else, and says what would have become of it.
    """
    if isinstance(shape, Filter):
        return shape
    if isinstance(shape, str | Mapping) and shape in ("all", {}):
        return None
    if not isinstance(shape, Mapping):
        if isinstance(shape, P):
            raise UsageError(f"{shape!r} alone says nothing; write {shape!r}.exists(), or compare it")
        raise UsageError(
            f'a filter is written with P, or as {{"properties": {{"environment": {{"equals": "production"}}}}}}, not as {type(shape).__name__}'
        )
    if _depth > _DEEPEST:
        raise UsageError(f"a filter that is nested more than {_DEEPEST} deep is not understood")
    if shape.keys() & _BRANCH:
        return _branch(shape, _depth)
    table, content = _only(shape, "a leaf of a filter")
    if table == "filter" and _depth == 0:
        return translated(content)
    if table == "properties":
        return _property(content)
    if table == _TABLE:
        return _of_table(content)
    raise UsageError(
        f'a filter cannot begin with `{_shown(table)}`; it is {{"properties": {{KEY: {{"equals": VALUE}}}}}}, or left, operator and right'
    )


def _branch(shape: Mapping[str, object], depth: int) -> Filter | None:
    if shape.keys() != _BRANCH:
        odd = ", ".join(f"`{_shown(name)}`" for name in sorted(map(str, shape.keys() ^ _BRANCH)))
        raise UsageError(f"a filter with two sides has left, operator and right, and nothing else; look at {odd}")
    operator = shape["operator"]
    if operator not in ("and", "or"):  # it may be anything, also what has no hash
        raise UsageError(f"the operator of a filter is `and` or `or`, not `{_shown(operator)}`; there is no `not`")
    left, right = translated(shape["left"], depth + 1), translated(shape["right"], depth + 1)
    if left is None or right is None:
        return None if operator == "or" else right if left is None else left
    return left & right if operator == "and" else left | right


def _of_table(content: object) -> Filter:
    column, predicate = _only(content, f"`{_TABLE}`")
    if column == "properties":
        return _property(predicate)
    if column == "property_key":
        operator, key = _only(predicate, "`property_key`")
        _known(operator, ("equals",))
        return P(cast(str, key)).exists()
    if column == "request_created_at":
        operator, at = _only(predicate, "`request_created_at`")
        _known(operator, TIME_OPERATORS)
        return Created(cast("TimeOperator", operator), moment(at, "request_created_at"))
    raise UsageError(
        f"requests are filtered by properties, property_key and request_created_at, not by `{_shown(column)}`; ask for more, and leave out by it what comes back"
    )


def _property(content: object) -> Filter:
    key, predicate = _only(content, "`properties`")
    operator, value = _only(predicate, f"`{_shown(key)}`")
    _known(operator, OPERATORS)
    return comparison(key, cast("Operator", operator), value)


def _only(content: object, where: str) -> tuple[str, object]:
    """The one entry of a map; of several, the platform would heed the first and ignore the rest in silence."""
    if not isinstance(content, Mapping) or not content:
        raise UsageError(f"{where} must be an object with one entry")
    if len(content) > 1:
        names = ", ".join(f"`{_shown(name)}`" for name in list(content)[:5])
        raise UsageError(
            f"{where} has {len(content)} entries ({names}), of which the platform would heed only one; write each by itself and join them with left, operator and right"
        )
    [(name, value)] = content.items()
    if not isinstance(name, str):
        raise UsageError(f"{where} has an entry whose name is no text")
    return name, value


def _known(operator: str, operators: Sequence[str]) -> None:
    if operator not in operators:
        near = nearest(operator, operators)
        advice = f"; did you mean `{near}`?" if near else ""
        raise UsageError(
            f"the platform does not know the operator `{_shown(operator)}`, only {one_of(tuple(operators))}{advice}"
        )


def _shown(text: object) -> str:
    return excerpt(visible(str(text)))
