"""One file to its usages."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from propguard.lint.languages import language_of
from propguard.lint.prefilter import hits

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from propguard.lint.document import Document
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
    if is_binary(data):
        return Reading(problem="it is not text")
    if len(data) > LARGEST:
        return Reading(
            problem=f"the file has {len(data) >> 20} MB, and only files of up to {LARGEST >> 20} MB are read"
        )

    from propguard.lint.budget import TooExpensive
    from propguard.lint.usages import usages_in

    try:
        return Reading(
            tuple(usage for document in documents(source, language, hits(data)) for usage in usages_in(document))
        )
    except TooExpensive as error:
        return Reading(problem=str(error))


def documents(source: Source, language: str, places: Sequence[int]) -> Iterator[Document]:
    """What is to be read of `source` as code; of a file with many parts, those in which one of `places` lies."""
    from propguard.lint.budget import Budget
    from propguard.lint.languages.grammars import grammar_of
    from propguard.lint.parse import parse

    budget = Budget()
    if language != "markdown":
        yield parse(source, grammar_of(language), budget)
        return
    from propguard.lint.languages.markdown import fences

    for fence_language, ranges in fences(source.data, places):
        yield parse(source, grammar_of(fence_language), budget, ranges)


def is_binary(data: bytes) -> bool:
    return b"\x00" in data[:8192]
