"""What is sent by a longer text: a command, as in `exec('curl -H "Helicone-Property-App: chat" …')`, a block of headers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from propguard.model.stored_key import HEADER_PREFIX

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from propguard.lint.document import Document
    from propguard.lint.text import Text

_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_RUNNING = frozenset(
    "arg args call capture check cmd command exec getoutput output passthru popen proc run sh shell spawn system".split()
)
"""Words of the names of functions that run the text that they are given."""

_OPTION = re.compile(rf"""(?i)(?:-H|--header)[ =]?\s*(?P<quote>["']|)(?={HEADER_PREFIX})""")
_LINE = re.compile(rf"""(?i)(?:\A|\n)(?={HEADER_PREFIX})""")
_PUT = re.compile(r"(?=.*(?:-X\s?|--request[ =])[\"']?PUT\b).*/request/[^/\s]+/property\b", re.DOTALL)
_HOLE = "\ue000"


def is_run(document: Document, node: Node) -> bool:
    """Whether `node` is the text of a command that is run, alone or in a list."""
    if node.type in document.grammar.command_texts:
        return True
    call, around = document.call_of_argument(node), document.around(node)
    if call is None and around is not None and around.type in document.grammar.sequences:
        call = document.call_of_argument(around)
    if call is None:
        return False
    return not _RUNNING.isdisjoint(word.lower() for word in _WORD.findall(document.called_name(call)))


def puts_property(command: Text) -> bool:
    """Whether the command puts a property."""
    return _PUT.match(command.starred()) is not None


def header_lines(command: Text) -> Iterator[tuple[Text, Text]]:
    """The name and the value of each property header that `command` sends."""
    for option in _OPTION.finditer(_letters(command)):
        yield from _halves(_up_to(_from(command, option.end()), option["quote"] or " "))


def lines_of_block(block: Text) -> Iterator[tuple[Text, Text]]:
    """The same for a text that holds nothing but headers, one in a line."""
    for line in _LINE.finditer(_letters(block)):
        yield from _halves(_up_to(_up_to(_from(block, line.end()), "\n"), "\r"))


def _letters(text: Text) -> str:
    return "".join(_HOLE if piece.text is None else piece.text for piece in text.pieces)


def _up_to(text: Text, end: str) -> Text:
    halves = text.split(end)
    return text if halves is None else halves[0]


def _halves(line: Text) -> Iterator[tuple[Text, Text]]:
    halves = line.split(":")
    key = None if halves is None else halves[0].without_prefix(HEADER_PREFIX)
    if halves is not None and key is not None:
        yield key, halves[1].left_stripped()


def _from(text: Text, start: int) -> Text:
    """The text without its first `start` letters, a hole counted as one."""
    for number, piece in enumerate(text.pieces):
        length = 1 if piece.text is None else len(piece.text)
        if start < length:
            first = piece if piece.text is None else piece.after(start)
            return text._replace(pieces=(first, *text.pieces[number + 1 :]))
        start -= length
    return text._replace(pieces=())
