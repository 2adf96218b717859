"""Header names in stretches of a file that its grammar makes nothing of: told, as what is written there is not known."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from propguard.lint.text import HOLE
from propguard.lint.usage_of import usage_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from propguard.lint.document import Document
    from propguard.model.usage import Usage

_QUOTED = re.compile(rb"""(?i)(?<=["'`])helicone-property-""")
_LONGEST_OPENING = 12
"""Bytes that an opening quote may have, those of prefixes and of `#` included."""


def lost_in(document: Document) -> Iterator[Usage]:
    """A usage of which nothing is known for each quoted header name that is no string in the syntax tree."""
    if not document.root.has_error:
        return
    for match in document.occurrences(_QUOTED):
        if _is_lost(document, match.start(), match.end()):
            span = document.source.span(match.start(), match.end())
            yield usage_of(document, document.root, "header", "unparsed", HOLE, [HOLE])._replace(span=span)


def _is_lost(document: Document, start: int, end: int) -> bool:
    node = document.node_at(start, end)
    around = [] if node is None else document.lineage(node)
    if not any(each.is_error for each in around):
        return False
    return not any(each.type in document.grammar.comments or _begins_at(document, each, start) for each in around)


def _begins_at(document: Document, node: Node, start: int) -> bool:
    """Whether `node` is a string whose text begins at `start`."""
    grammar = document.grammar
    is_string = node.type in grammar.plain or node.type in grammar.verbatim or node.type in grammar.bare_words
    return is_string and node.start_byte >= start - _LONGEST_OPENING
