"""Whether a text is still a program after something was put into it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from propguard.lint.budget import Budget, TooExpensive
from propguard.lint.languages import language_of
from propguard.lint.parts import documents
from propguard.lint.prefilter import places

if TYPE_CHECKING:
    from propguard.lint.source import Source


def is_as_sound(after: Source, before: Source) -> bool:
    """Whether the syntax of `after` is without faults, or that of `before` was not.

    What a parser makes of a program that is broken anyway depends on the length of its words, so faults are not counted.
    """
    return _is_sound(after) or not _is_sound(before)


def _is_sound(source: Source) -> bool:
    """Whether all of `source` can be parsed, and in reasonable time."""
    language = language_of(source.path, source.data[:200])
    if language is None or (language == "notebook" and not _is_json(source.data)):
        return False
    try:
        return not any(
            document.root.has_error
            for document in documents(source, language, places(source.data), Budget(len(source.data)))
        )
    except TooExpensive:
        return False


def _is_json(data: bytes) -> bool:
    """Whether every program reads it; the parser of syntax reads on behind a fault."""
    try:
        json.loads(data)
    except (ValueError, RecursionError):
        return False
    return True
