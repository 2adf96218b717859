"""Keys that a wrapper fixes: such a key is judged once, where the wrapper writes it, with the number of calls.

`def tag_stage(v): headers["Helicone-Property-Stage"] = v` is what is wrong with `Stage`; its fifty callers cannot help it.
"""

from __future__ import annotations

import os
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from propguard.lint.read import Reading
    from propguard.model.usage import Usage


def with_calls(found: Sequence[tuple[str, Reading]]) -> list[tuple[str, Reading]]:
    """The readings of all files that are judged together, each usage in the body of a wrapper with its calls counted.

    Where no file that is judged holds the body, the key is left to be judged at its calls.
    """
    bodies: dict[tuple[str | None, str], set[str]] = {}
    for path, reading in found:
        for usage in reading.usages:
            if usage.wrapper is None:
                bodies.setdefault((usage.stored_key, usage.door), set()).add(os.path.abspath(path))
    calls = Counter(
        (home, usage.stored_key, usage.door)
        for _, reading in found
        for usage in reading.usages
        if usage.fixed_in is not None
        for home in _homes(usage, bodies)
    )
    if not any(usage.fixed_in is not None for _, reading in found for usage in reading.usages):
        return list(found)

    def counted(path: str, usage: Usage) -> Usage:
        if usage.fixed_in is not None:
            return usage if _homes(usage, bodies) else usage._replace(fixed_in=None)
        key = os.path.abspath(path), usage.stored_key, usage.door
        return usage._replace(calls=calls[key]) if usage.wrapper is None and key in calls else usage

    return [
        (path, reading._replace(usages=tuple(counted(path, usage) for usage in reading.usages)))
        for path, reading in found
    ]


def _homes(usage: Usage, bodies: dict[tuple[str | None, str], set[str]]) -> set[str]:
    """The files in which the wrapper of a usage may write its key: its own, else, as it goes through another, whichever does."""
    holding = bodies.get((usage.stored_key, usage.door), set())
    return {usage.fixed_in} if usage.fixed_in in holding else holding
