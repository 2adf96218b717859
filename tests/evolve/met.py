"""Usages and stored keys, made up for the tests of what is in use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from propguard.model.finding import Span
from propguard.model.profile import NEVER_SEEN, KeyCount, KeysMet, Seen
from propguard.model.stored_key import stored_key
from propguard.model.usage import Usage

if TYPE_CHECKING:
    from propguard.model.finding import Door


def usage(
    key: str | None, door: Door = "header", *, line: int = 1, path: str = "app.py", handed: bool = False
) -> Usage:
    """A usage of this key as it is written; with stars for what code computes, and null where it computes everything."""
    kind = "dynamic" if key is None else "partial" if "*" in key else "literal"
    stored = None if key is None else stored_key(key, door)
    span = Span(line, 1, line, 2)
    return Usage(path, span, "python", door, "map", key, stored, kind, None, (), "literal", handed=handed)  # type: ignore[arg-type]  # one of the three


def stored(requests: dict[str, int], seen: Seen = NEVER_SEEN, *, are_all: bool = True) -> KeysMet:
    """Stored data in which so many requests have each key."""
    return KeysMet(tuple(KeyCount(key, number, seen) for key, number in requests.items()), are_all)
