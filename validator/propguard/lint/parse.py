"""Bytes to syntax trees, in bounded time."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from tree_sitter import Parser

from propguard.lint.budget import TooExpensive
from propguard.lint.document import Document
from propguard.lint.shapes import shaped

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tree_sitter import Language, Range

    from propguard.lint.budget import Budget
    from propguard.lint.grammar import Grammar
    from propguard.lint.source import Source

_CHUNK = 1 << 16


def parse(source: Source, grammar: Grammar, budget: Budget, ranges: Sequence[Range] = ()) -> Document:
    """The syntax tree of `source`, or of the given parts of it. Raises TooExpensive."""
    language = _language(grammar.fragment if ranges and grammar.fragment else grammar.load)
    parser = Parser(language, included_ranges=list(ranges)) if ranges else Parser(language)
    try:
        parsed = parser.parse(
            lambda offset, _: source.data[offset : offset + _CHUNK], progress_callback=budget.is_spent
        )
    except ValueError:  # the parser's way to say that it was told to stop
        parsed = None
    if parsed is None:
        raise TooExpensive("its syntax could not be read in reasonable time")
    root = shaped(parsed.root_node, grammar.shapes, budget) if grammar.shapes else parsed.root_node
    return Document(source, grammar, root, budget)


@cache
def _language(load: Callable[[], Language]) -> Language:
    return load()
