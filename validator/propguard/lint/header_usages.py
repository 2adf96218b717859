"""Usages by header: expressions that come out as `Helicone-Property-…`, or as a whole header line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from propguard.lint.command_text import header_lines, is_run, lines_of_block
from propguard.lint.text import HOLE, Text
from propguard.lint.wrappers import Write
from propguard.model.stored_key import HEADER_PREFIX

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tree_sitter import Node

    from propguard.lint.document import Document
    from propguard.lint.evaluate import Evaluator
    from propguard.lint.placement import Placement

_LINE = re.compile(r"(?:-H|--header[= ])?\s*(?=Helicone-)", re.IGNORECASE)
_LINE_ANNOTATIONS = frozenset({"Headers"})
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
        if placement.use == "written" and not self._is_listed_line(node, placement):
            yield from self._named(node, placement)
        elif placement.use == "returned":
            yield from (write for write in self._named(node, placement) if write.key.known is None)
        elif placement.use != "read" and self._may_be_line(node):
            yield from self._lines(node)
        elif (lines := self._lines_of(node)) is not None:
            for key, value in (line for way in self._evaluator.ways(node) for line in lines(way)):
                yield Write(node, "header", "header-line", key, (value,))

    def _named(self, node: Node, placement: Placement) -> Iterator[Write]:
        """A header name, and the value that is written under it."""
        values = [HOLE] if placement.value is None else self._evaluator.ways(placement.value)
        for way in self._evaluator.ways(node):
            key = way.without_prefix(self._prefix)
            if key is not None and (key.pieces or placement.use != "returned") and not self._is_prefix(key, placement):
                yield Write(node, "header", placement.shape, key, tuple(values), placement.map)

    def _lines_of(self, node: Node) -> Callable[[Text], Iterator[tuple[Text, Text]]] | None:
        """What finds the header lines in a text that is more than one: a command, or what is called `header` in a map."""
        if is_run(self._document, node):
            return header_lines
        grammar, pair = self._document.grammar, node.parent
        is_block = grammar.header_lines and pair is not None and pair.type in grammar.pairs
        return lines_of_block if is_block and pair is not None and self._document.label(pair) == "header" else None

    def _is_prefix(self, key: Text, placement: Placement) -> bool:
        """Whether the prefix alone is the first of two in a list: a text in parts, or names that are looked for."""
        return placement.shape == "tuple" and key.known == ""

    def _may_be_line(self, node: Node) -> bool:
        """Whether a header line here is sent: an argument of a command, what follows `-H` in a list or a call, or a member
        of a list of lines."""
        document, parent = self._document, self._document.around(node)
        if parent is None:
            return False
        if parent.type in document.grammar.commands:
            name = parent.child_by_field_name("name")
            return name is not None and name != node and document.text(name) not in _NOT_SENDING
        if parent.type in document.grammar.sequences and document.grammar.header_lines:
            return True
        if parent.type not in document.grammar.sequences | document.grammar.arguments:
            return False
        call = document.call_of_argument(node)
        if call is not None and call.type in document.grammar.annotations:
            return document.called_name(call) in _LINE_ANNOTATIONS
        before = self._before(node, parent)
        return before is not None and document.text(before).strip("\"'`") in {"-H", "--header"}

    def _is_listed_line(self, node: Node, placement: Placement) -> bool:
        """Whether what looks like a name and its value is the first of two header lines."""
        if placement.shape != "tuple" or not self._document.grammar.header_lines:
            return False
        return any(way.split(":") is not None for way in self._evaluator.ways(node))

    def _before(self, node: Node, parent: Node) -> Node | None:
        """What stands before `node` in a list, among arguments, or as the argument of the step before in a chain."""
        document, call = self._document, self._document.call_of_argument(node)
        items = document.items_of(parent) if call is None else document.positional(call)
        place = items.index(node) if node in items else 0
        if place > 0:
            return items[place - 1]
        receiver = None if call is None else document.receiver(call)
        before = (
            document.positional(receiver) if receiver is not None and receiver.type in document.grammar.calls else []
        )
        return before[-1] if before else None

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
