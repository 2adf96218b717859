"""Bytes to syntax trees, in bounded time."""

from __future__ import annotations

import time
from functools import cache
from typing import TYPE_CHECKING

from tree_sitter import Parser

from propguard.lint.document import Document

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tree_sitter import Language, Range, Tree

    from propguard.lint.grammar import Grammar
    from propguard.lint.source import Source

SECONDS = 5.0
"""How long one tree may take; some ten megabytes of ordinary code take less than one."""

_CHUNK = 1 << 16


class ParseTimeout(Exception):
    """The parser did not come to an end in time: the text is made so, or broken."""


def parse(source: Source, grammar: Grammar, ranges: Sequence[Range] = ()) -> Document:
    """The syntax tree of `source`, or of the given parts of it. Raises ParseTimeout."""
    return Document(source, grammar, tree(grammar, source.data, ranges).root_node)


def tree(grammar: Grammar, data: bytes, ranges: Sequence[Range] = ()) -> Tree:
    language = _language(grammar.load)
    parser = Parser(language, included_ranges=list(ranges)) if ranges else Parser(language)
    deadline = time.monotonic() + SECONDS

    def is_late(*_: object) -> bool:
        return time.monotonic() > deadline

    try:
        parsed = parser.parse(lambda offset, _: data[offset : offset + _CHUNK], progress_callback=is_late)
    except ValueError:
        raise ParseTimeout from None
    if parsed is None:
        raise ParseTimeout
    return parsed


@cache
def _language(load: Callable[[], Language]) -> Language:
    return load()
