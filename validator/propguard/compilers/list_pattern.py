"""The values of a `type: list` property as one pattern, as far as its items cannot be mistaken for two."""

from __future__ import annotations

from typing import TYPE_CHECKING

from propguard.rules.formats import FORMATS, NUMERIC_TYPES, TYPES
from propguard.rules.judgement import item_property
from propguard.rules.linear_pattern import escaped, linear
from propguard.rules.pattern_language import is_open

if TYPE_CHECKING:
    from propguard.model.schema import Property

_NO_VALUE = r"[^\s\S]"


def list_pattern(declared: Property) -> tuple[str | None, list[str]]:
    """A pattern of lists whose every item is right, null where there is none, and the rules that it does not say.

    The value is cut at every separator, so that a pattern of items joined by it says the same only where no item can hold a
    character of the separator.
    """
    item = item_property(declared)
    separator = set(declared.separator)
    left_out: list[str] = []
    if item.type in NUMERIC_TYPES and (item.minimum is not None or item.maximum is not None):
        left_out.append("value-range")
    if is_open(item) and item.sensitive == "forbid":
        left_out.append("value-sensitive")
    if item.enum is not None:
        # One that holds the whole separator is always cut in two, and never met.
        members = [
            member for member in item.enum if member not in item.value_aliases and declared.separator not in member
        ]
        if any(separator & set(member) for member in members):
            return None, [*left_out, "value-alias", "value-not-allowed"]
        return _joined(declared, f"(?:{'|'.join(map(escaped, members))})" if members else _NO_VALUE), []
    if item.value_aliases:
        left_out.append("value-alias")
    body, shortest, longest = _body(item, declared.separator)
    if body is None:
        left_out += _kinds(item)
    if shortest < item.min_length:
        left_out += ["value-empty"] * (shortest == 0) + ["value-too-short"] * (item.min_length > 1)
    if item.max_length < declared.max_length and (longest is None or longest > item.max_length):
        left_out.append("value-too-long")
    return None if body is None else _joined(declared, body), left_out


def _joined(declared: Property, body: str) -> str:
    lists = f"{body}(?:{escaped(declared.separator)}{body})*"
    return f"^(?:{lists})?$" if declared.min_length == 0 else f"^{lists}$"


def _kinds(item: Property) -> list[str]:
    """The rules that the type, the format and the pattern of an item stand for."""
    said = {
        "value-type": item.type in TYPES,
        "value-format": item.format is not None,
        "value-pattern": item.pattern is not None,
    }
    return [rule for rule, is_said in said.items() if is_said]


def _body(item: Property, separator: str) -> tuple[str | None, int, int | None]:
    """One item as a part of a pattern, null where it cannot be said, and the lengths between which that lies."""
    patterns = [
        pattern
        for pattern in (TYPES.get(item.type), FORMATS.get(item.format or ""), item.pattern)
        if pattern is not None
    ]
    if not patterns and len(separator) == 1 and item.min_length > 0:
        return f"[^{escaped(separator, in_class=True)}]+", 1, None
    if len(patterns) != 1:
        return None, 0, None
    words = linear(patterns[0])
    if words is None or any(
        not character.isascii() or words.characters >> ord(character) & 1 for character in separator
    ):
        return None, 0, None
    return words.body, words.shortest, words.longest
