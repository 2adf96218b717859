"""Usages by header: expressions that come out as `Helicone-Property-…`, or as a whole header line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from propguard.lint.text import HOLE, Text
from propguard.lint.wrappers import Write
from propguard.model.stored_key import HEADER_PREFIX

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from propguard.lint.document import Document
    from propguard.lint.evaluate import Evaluator
    from propguard.lint.placement import Placement

_LINE = re.compile(r"(?:-H|--header[= ])?\s*(?=Helicone-)", re.IGNORECASE)
_NOT_SENDING = frozenset({"echo", "printf", "grep", "egrep", "rg", "sed", "awk", "test", "cat", "case"})


class HeaderReader:
    """Reads the header usages of one document: those of the headers whose names begin with `prefix`."""

    def __init__(self, document: Document, evaluator: Evaluator, prefix: str = HEADER_PREFIX) -> None:
        self._document = document
        self._evaluator = evaluator
        self._prefix = prefix

    def means_something(self, node: Node) -> bool:
        """Whether `node` comes out as a header name or line, or as the beginning of one."""
        return any(way.without_prefix(self._prefix) is not None for way in self._evaluator.ways(node))

    def usages(self, node: Node, placement: Placement) -> Iterator[Write]:
        if placement.use == "written":
            yield from self._named(node, placement)
        elif placement.use == "returned":
            yield from (write for write in self._named(node, placement) if write.key.known is None)
        elif self._may_be_line(node):
            yield from self._lines(node)

    def _named(self, node: Node, placement: Placement) -> Iterator[Write]:
        """A header name, and the value that is written under it."""
        values = [HOLE] if placement.value is None else self._evaluator.ways(placement.value)
        for way in self._evaluator.ways(node):
            key = way.without_prefix(self._prefix)
            if key is not None and not (placement.use == "returned" and not key.pieces):
                yield Write(node, "header", placement.shape, key, tuple(values), placement.map)

    def _may_be_line(self, node: Node) -> bool:
        """Whether a header line here is sent: an argument of a command, or what follows `-H` in a list."""
        document, parent = self._document, node.parent
        if parent is None:
            return False
        if parent.type in document.grammar.commands:
            name = parent.child_by_field_name("name")
            return name is not None and name != node and document.text(name) not in _NOT_SENDING
        if parent.type not in document.grammar.sequences:
            return False
        before = node.prev_named_sibling
        return before is not None and document.text(before).strip("\"'`") in {"-H", "--header"}

    def _lines(self, node: Node) -> Iterator[Write]:
        for way in self._evaluator.ways(node):
            line = _without_option(way).without_prefix(self._prefix)
            halves = line.split(":") if line is not None else None
            if halves is not None and _is_header_name(halves[0]):
                key, value = halves
                yield Write(node, "header", "header-line", key, (value.left_stripped(),))


def _without_option(way: Text) -> Text:
    """A header line without the `-H` or `--header=` that it may be attached to."""
    first = way.pieces[0] if way.pieces else None
    if first is not None and first.text in {"-H", "--header="}:
        return Text(way.pieces[1:])
    match = _LINE.match(first.text) if first is not None and first.text else None
    if first is None or match is None:
        return way
    return Text((first.after(match.end()), *way.pieces[1:]))


def _is_header_name(key: Text) -> bool:
    return all(piece.text is None or not re.search(r"\s", piece.text) for piece in key.pieces)
