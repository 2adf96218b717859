"""One file to its usages."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from propguard.lint.languages import language_of

if TYPE_CHECKING:
    from propguard.lint.source import Source
    from propguard.model.usage import Usage

LARGEST = 10 << 20
"""Bytes up to which a file that may hold a usage is parsed."""


class Reading(NamedTuple):
    """What one file holds. `problem` says in a clause why it could not be read, null where it could."""

    usages: tuple[Usage, ...] = ()
    problem: str | None = None


def read(source: Source) -> Reading:
    """The usages in `source`, a file that may hold some; never raises for what a file may hold."""
    data = source.data
    language = language_of(source.path, data[:200])
    if language is None:
        return Reading(problem="its language is not one that is read")
    if _is_binary(data):
        return Reading(problem="it is not text")
    if len(data) > LARGEST:
        return Reading(
            problem=f"the file has {len(data) >> 20} MB, and only files of up to {LARGEST >> 20} MB are read"
        )

    from propguard.lint.budget import Budget, Unreadable
    from propguard.lint.parts import usages_in_part

    try:
        return Reading(tuple(usages_in_part(source, language, Budget())))
    except Unreadable as error:
        return Reading(problem=str(error))


def _is_binary(data: bytes) -> bool:
    return b"\x00" in data[:8192]
