"""The keys of a namespace as one pattern, in the words that RE2 and ECMA-262 share.

A namespace holds every longer key that begins with its prefix, but not the names and the longer namespaces that are declared
inside it. Without look-around, which RE2 has not, that is said by where a key leaves the way to each of those.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from propguard.rules.linear_pattern import escaped

if TYPE_CHECKING:
    from collections.abc import Iterable

_ANYTHING = r"[\s\S]"


def namespace_pattern(prefix: str, names: Iterable[str], prefixes: Iterable[str]) -> str:
    """A pattern that finds something in the keys of the namespace `prefix` and in no others.

    `names` and `prefixes` are the exact names and the namespace prefixes of the schema; those that do not begin with `prefix`
    make no difference.
    """
    exact = {name[len(prefix) :] for name in names if name.startswith(prefix)}
    closed = {other[len(prefix) :] for other in prefixes if other.startswith(prefix) and other != prefix}
    followers: dict[str, set[str]] = {"": set()}
    for text in sorted(exact | closed):
        for position, character in enumerate(text):
            followers.setdefault(text[:position], set()).add(character)
            followers.setdefault(text[: position + 1], set())
    ways = [
        escaped(beginning) + leaving
        for beginning, characters in followers.items()
        if (leaving := _leaving(beginning, characters, exact, closed))
    ]
    return f"^{escaped(prefix)}{_one_of(ways)}"


def _leaving(beginning: str, characters: set[str], exact: set[str], closed: set[str]) -> str:
    """What may come right after `beginning` in a key that is in the namespace and goes on like no name declared inside it."""
    ways = []
    if not any(beginning.startswith(other) for other in closed):
        ways.append(f"[^{escaped(''.join(sorted(characters)), in_class=True)}]" if characters else _ANYTHING)
    if beginning and beginning not in exact and not _is_inside(beginning, closed):
        ways.append("$")
    return _one_of(ways) if ways else ""


def _is_inside(text: str, closed: set[str]) -> bool:
    return any(len(text) > len(other) and text.startswith(other) for other in closed)


def _one_of(ways: list[str]) -> str:
    return ways[0] if len(ways) == 1 else f"(?:{'|'.join(ways)})"
