"""Keys that a wrapper fixes: such a key is judged once, where the wrapper writes it, with the number of calls.

`def tag_stage(v): headers["Helicone-Property-Stage"] = v` is what is wrong with `Stage`; its fifty callers cannot help it.
"""

from __future__ import annotations

import os
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from propguard.lint.read import Reading
    from propguard.model.finding import Span
    from propguard.model.usage import Usage


class _Body(NamedTuple):
    """The body of a wrapper that writes a key: its file, and where the key stands, None where no literal holds it."""

    path: str
    key: tuple[str, Span] | None


def with_calls(found: Sequence[tuple[str, Reading]]) -> list[tuple[str, Reading]]:
    """The readings of all files that are judged together, each usage in the body of a wrapper with its calls counted.

    Where no file that is judged holds the body, the key is left to be judged at its calls.
    """
    if not any(usage.fixed_in is not None for _, reading in found for usage in reading.usages):
        return list(found)
    bodies: dict[tuple[str | None, str], set[_Body]] = {}
    for path, reading in found:
        for usage in reading.usages:
            if usage.wrapper is None:
                bodies.setdefault((usage.stored_key, usage.door), set()).add(_body(path, usage))
    calls = Counter(
        (body, usage.stored_key, usage.door)
        for _, reading in found
        for usage in reading.usages
        if usage.fixed_in is not None
        for body in _called(usage, bodies)
    )

    def counted(path: str, usage: Usage) -> Usage:
        if usage.fixed_in is not None:
            return usage if _called(usage, bodies) else usage._replace(fixed_in=None)
        key = _body(path, usage), usage.stored_key, usage.door
        return usage._replace(calls=calls[key]) if usage.wrapper is None and key in calls else usage

    return [
        (path, reading._replace(usages=tuple(counted(path, usage) for usage in reading.usages)))
        for path, reading in found
    ]


def _body(path: str, usage: Usage) -> _Body:
    key = None if usage.key_edit is None else (os.path.abspath(path), usage.key_edit)
    return _Body(os.path.abspath(path), key or _elsewhere(usage))


def _elsewhere(usage: Usage) -> tuple[str, Span] | None:
    elsewhere = usage.key_elsewhere
    return None if elsewhere is None else (os.path.abspath(elsewhere.path), elsewhere.span)


def _called(usage: Usage, bodies: dict[tuple[str | None, str], set[_Body]]) -> set[_Body]:
    """The bodies that the call `usage` may run: that in which its key stands, else those of its wrapper's file, else, as it
    may go through another wrapper, all that write its key."""
    writing = bodies.get((usage.stored_key, usage.door), set())
    place = _elsewhere(usage)
    own = {body for body in writing if place is not None and body.key == place}
    return own or {body for body in writing if body.path == usage.fixed_in} or writing
