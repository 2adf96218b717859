"""The platform's semantics of filters in a few lines, written from its SQL and not from our own code."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def regular_expression(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """What LIKE means, as a regular expression."""
    out, at = [], 0
    while at < len(pattern):
        if pattern[at] == "\\" and at + 1 < len(pattern) and pattern[at + 1] in "%_\\":
            at += 1
            out.append(re.escape(pattern[at]))
        else:
            out.append({"%": ".*", "_": "."}.get(pattern[at], re.escape(pattern[at])))
        at += 1
    return re.compile("".join(out), flags | re.DOTALL)


TEXT: Mapping[str, Callable[[str, str], bool]] = {
    "equals": lambda a, b: a == b,
    "not-equals": lambda a, b: a != b,
    "like": lambda a, b: bool(regular_expression(b).fullmatch(a)),
    "ilike": lambda a, b: bool(regular_expression(b, re.IGNORECASE).fullmatch(a)),
    "contains": lambda a, b: bool(regular_expression(f"%{b}%", re.IGNORECASE).fullmatch(a)),
    "not-contains": lambda a, b: not regular_expression(f"%{b}%", re.IGNORECASE).fullmatch(a),
}
TIME: Mapping[str, Callable[[datetime, datetime], bool]] = {
    "gte": lambda a, b: a >= b,
    "gt": lambda a, b: a > b,
    "lt": lambda a, b: a < b,
    "lte": lambda a, b: a <= b,
}


def moment(text: str) -> datetime:
    """A time of a filter or a row; the platform cuts those of filters to whole seconds."""
    found = datetime.fromisoformat(text)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def fits(node: Any, row: Mapping[str, Any]) -> bool:
    """Whether the platform's SQL for `node` holds for a row: the first key of each leaf, and nothing else."""
    if node in ("all", {}):
        return True
    if "left" in node:
        sides = (fits(node["left"], row), fits(node["right"], row))
        return all(sides) if node["operator"] == "and" else any(sides)
    table, leaf = next(iter(node.items()))
    assert table == "request_response_rmt", table
    column, predicate = next(iter(leaf.items()))
    if column == "properties":
        key, predicate = next(iter(predicate.items()))
    operator, value = next(iter(predicate.items()))
    if column == "properties":
        return TEXT[operator](row["properties"].get(key, ""), value)
    if column == "property_key":
        return value in row["properties"]
    if column == "request_id":
        return bool(row["request_id"] == value)
    assert column == "request_created_at", column
    return TIME[operator](moment(row["request_created_at"]), moment(value).replace(microsecond=0))
