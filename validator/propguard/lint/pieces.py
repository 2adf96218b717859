"""What stands between the quotes of a string, piece by piece, escapes decoded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from propguard.lint.escapes import decoded, decoded_in_shell
from propguard.lint.text import Piece

if TYPE_CHECKING:
    from tree_sitter import Node

    from propguard.lint.grammar import Grammar

_UNREADABLE = "\ufffd"
"""What stands for bytes that are no UTF-8, and so for a text that is not in the source letter by letter."""


class Pieces:
    """Makes the pieces of the strings of one language."""

    def __init__(self, grammar: Grammar) -> None:
        self._grammar = grammar

    def content(self, text: str, prefix: str, start: int) -> Piece:
        """A piece of a string with these letters before its quotes."""
        escaped = "\\" in text and "r" not in prefix
        if "f" in prefix and ("{{" in text or "}}" in text):
            return self.piece(text, start, escaped=escaped)._replace(
                start=-1,
                text=text.replace("{{", "{").replace("}}", "}"),
            )
        return self.piece(text, start, escaped=escaped)

    def piece(self, text: str, start: int, *, escaped: bool, quoted: bool = True) -> Piece:
        """What the source has from the byte `start` on."""
        if escaped:
            in_shell = self._grammar.bare_words
            return Piece(decoded_in_shell(text, quoted=quoted) if in_shell else decoded(text))
        return Piece(text) if _UNREADABLE in text else Piece(text, start)

    def verbatim(self, text: str, start: int) -> Piece:
        """What a string without escapes has, with its quotes; `$'…'` of a shell has those of C."""
        if text.startswith("$'"):
            inner = text[2:-1]
            return Piece(decoded(inner)) if "\\" in inner else self.piece(inner, start + 2, escaped=False)
        return self.piece(text[1:-1], start + 1, escaped=False)


def inside_quotes(string: Node, content: frozenset[str]) -> list[Node]:
    """What stands between the quotes of a string, which are nodes themselves in most grammars."""
    children = string.children
    return children if children and children[0].type in content else children[1:-1]


def end_of_escape(content: Node) -> int:
    """Where a piece of a string ends: where grammars cut an escape in two, where its second half does."""
    if content.end_byte - content.start_byte != 2 or content.text != b"\\u":
        return content.end_byte
    behind = content.next_sibling
    return behind.end_byte if behind is not None and behind.type == content.type else content.end_byte
