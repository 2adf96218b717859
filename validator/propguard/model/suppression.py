"""A suppression: a comment in source code that takes findings out of the report, and says which."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import date


class Suppression(NamedTuple):
    """What a comment `propguard: ignore[rule, rule] until DATE -- reason` says.

    No `rules` are all of them. `until` is the last day (UTC) on which it holds. `fault` says in a clause why the comment
    cannot be understood, so that it suppresses nothing; null where it can.
    """

    rules: tuple[str, ...] = ()
    is_of_file: bool = False
    until: date | None = None
    reason: str | None = None
    fault: str | None = None
