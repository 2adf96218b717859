"""Whether a text is still a program after something was put into it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from propguard.lint.budget import TooExpensive
from propguard.lint.languages import language_of
from propguard.lint.read import _documents

if TYPE_CHECKING:
    from tree_sitter import Node

    from propguard.lint.source import Source


def is_as_sound(after: Source, before: Source) -> bool:
    """Whether `after` has no more places that its grammar can make nothing of than `before`."""
    left = _faults(after)
    return left == 0 or (left is not None and left <= (_faults(before) or 0))


def _faults(source: Source) -> int | None:
    """How many places of `source` its grammar can make nothing of; null where that cannot be said."""
    language = language_of(source.path, source.data[:200])
    if language is None:
        return None
    try:
        return sum(_faults_below(document.root) for document in _documents(source, language))
    except TooExpensive:
        return None


def _faults_below(root: Node) -> int:
    count, pending = 0, [root] if root.has_error else []
    while pending:
        node = pending.pop()
        count += node.is_error or node.is_missing
        pending.extend(child for child in node.children if child.has_error)
    return count
