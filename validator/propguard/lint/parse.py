"""Bytes to syntax trees, in bounded time."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from tree_sitter import Parser

from propguard.lint.budget import WATCH, OutOfTime
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
    language = loaded(grammar.fragment if ranges and grammar.fragment else grammar.load)
    parser = Parser(language, included_ranges=list(ranges)) if ranges else Parser(language)
    try:
        with WATCH.reading(source.data):
            budget.enforce()
            data = source.data if grammar.prepared is None else _prepared(source.data, grammar.prepared, ranges)
            parsed = parser.parse(lambda offset, _: data[offset : offset + _CHUNK], progress_callback=budget.is_spent)
    except ValueError:  # the parser's way to say that it was told to stop
        parsed = None
    if parsed is None:
        raise OutOfTime
    root = shaped(parsed.root_node, grammar.shapes, budget) if grammar.shapes else parsed.root_node
    return Document(source, grammar, root, budget)


def _prepared(data: bytes, prepare: Callable[[bytes], bytes], ranges: Sequence[Range]) -> bytes:
    """`data` as the grammar can read it, byte for byte; where only parts are code, what is around them is left alone."""
    if not ranges:
        return prepare(data)
    code = prepare(b"".join(data[part.start_byte : part.end_byte] for part in ranges))
    pieces, done, used = [], 0, 0
    for part in ranges:
        length = part.end_byte - part.start_byte
        pieces += [data[done : part.start_byte], code[used : used + length]]
        done, used = part.end_byte, used + length
    return b"".join([*pieces, data[done:]])


@cache
def loaded(load: Callable[[], Language]) -> Language:
    """The language that `load` gives, loaded once."""
    return load()
