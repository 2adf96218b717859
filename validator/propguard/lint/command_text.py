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

_RUNNING = frozenset(
    (
        "check_call check_output cmd exec execSync exec_command getoutput passthru popen popen2 popen3 proc_open run "
        "shell shell_exec spawn spawnSync system capture2 capture3 capture2e"
    ).split()
)
"""Functions that run the text that they are given."""

_OPTION = re.compile(rf"""(?i)(?:-H|--header)[ =]?\s*(?P<quote>["']|)(?={HEADER_PREFIX})""")
_LINE = re.compile(rf"""(?i)(?:\A|\n)(?={HEADER_PREFIX})""")
_PUT = re.compile(r"(?=.*(?:-X\s?|--request[ =])[\"']?PUT\b).*/request/[^/\s]+/property\b", re.DOTALL)
_HOLE = "\ue000"


def is_run(document: Document, node: Node) -> bool:
    """Whether `node` is the text of a command that is run."""
    if node.type in document.grammar.command_texts:
        return True
    call = document.call_of_argument(node)
    return call is not None and document.called_name(call) in _RUNNING


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
