"""Usages by the header of a rate limit: `Helicone-RateLimit-Policy: 100;w=60;s=customer` names a property to count by."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from propguard.lint.header_usages import HeaderReader
from propguard.lint.text import HOLE, Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from propguard.lint.document import Document
    from propguard.lint.evaluate import Evaluator
    from propguard.lint.placement import Placement
    from propguard.lint.wrappers import Write

_HEADER = "Helicone-RateLimit-Policy"
_SEGMENT = re.compile(r";[ \t]*s[ \t]*=[ \t]*(?=[^;\s])")
_AFTER = re.compile(r"[;\s]")
_COLUMN = "user"
"""What counts by the user, who is no property."""


class PolicyReader:
    """Reads the properties that the rate limits of one document count by."""

    def __init__(self, document: Document, evaluator: Evaluator) -> None:
        self._document = document
        self._headers = HeaderReader(document, evaluator, _HEADER)

    def means_something(self, node: Node) -> bool:
        """Whether `node` comes out as the header's name or line."""
        return self._headers.means_something(node)

    def usages(self, node: Node, placement: Placement) -> Iterator[Write]:
        for write in self._headers.usages(node, placement):
            for segment in map(_segment, write.values if write.key.known == "" else ()):
                if segment is not None:
                    place = self._place(segment) or write.node
                    yield write._replace(node=place, shape="policy", key=segment, values=(HOLE,), literal=None)

    def _place(self, segment: Text) -> Node | None:
        """The literal in which the name of the property stands."""
        piece = segment.single_literal()
        if piece is None or piece.text is None:
            return None
        return self._document.node_at(piece.start, piece.start + len(piece.text.encode()))


def _segment(policy: Text) -> Text | None:
    """The name of the property in a policy; null where it has none that is known."""
    for number, piece in enumerate(policy.pieces):
        match = None if piece.text is None else _SEGMENT.search(piece.text)
        if match is not None:
            rest = policy._replace(pieces=(piece.after(match.end()), *policy.pieces[number + 1 :]))
            return _named(rest)
    return None


def _named(rest: Text) -> Text | None:
    first, known = rest.pieces[0], rest.known
    end = None if first.text is None else _AFTER.search(first.text)
    if end is not None:
        first, known = first.before(end.start()), (first.text or "")[: end.start()]
    return Text((first,)) if known and known == first.text and known.lower() != _COLUMN else None
