"""What stands between the quotes of a string, piece by piece, escapes decoded."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from propguard.lint.escapes import Dialect, decoded
from propguard.lint.text import Piece

if TYPE_CHECKING:
    from tree_sitter import Node

    from propguard.lint.document import Document

_UNREADABLE = "\ufffd"
"""What stands for bytes that are no UTF-8, and so for a text that is not in the source letter by letter."""


class Quoted(NamedTuple):
    """How a string is read: its escapes, None where it has none, and whether a brace in it is written twice."""

    escapes: Dialect | None
    doubles_braces: bool = False


def quoted(document: Document, node: Node) -> Quoted:
    """How the string `node` is read, by its kind and by what opens it."""
    grammar = document.grammar
    if node.type in grammar.unescaped:
        return Quoted(None)
    opening = document.text(node.children[0]) if node.children else ""
    prefix = opening.rstrip("\"'").lower() if grammar.has_prefixes else ""
    escapes: Dialect | None = grammar.escapes
    for sign in (node.type, opening[:2], opening[:1], *prefix):
        escapes = grammar.quoting.get(sign, escapes)
    return Quoted(None if "r" in prefix else escapes, "f" in prefix)


def piece_of(text: str, start: int, escapes: Dialect | None = None) -> Piece:
    """What the source has from the byte `start` on, in a string with these escapes."""
    if escapes is not None and "\\" in text:
        return Piece(decoded(text, escapes))
    return Piece(text) if _UNREADABLE in text else Piece(text, start)


def content_of(text: str, start: int, quoting: Quoted) -> Piece:
    """The same of a string that is read so."""
    single = text.replace("{{", "{").replace("}}", "}") if quoting.doubles_braces else text
    piece = piece_of(single, start, quoting.escapes)
    return piece if single == text else piece._replace(start=-1)


def verbatim(text: str, start: int, escapes: Dialect | None) -> Piece:
    """What a string has, with its quotes, in which nothing is put; `$'…'` of a shell has escapes."""
    opening = 2 if text.startswith("$") else 1
    return piece_of(text[opening:-1], start + opening, escapes)


def inside_quotes(string: Node, content: frozenset[str]) -> list[Node]:
    """What stands between the quotes of a string, which are nodes themselves in most grammars."""
    children = string.children
    return children if children and children[0].type in content else children[1:-1]


def end_of_escape(document: Document, piece: Node) -> int:
    """Where a piece of a string ends: behind all the escapes in a row, as some stand for one character together."""
    end = piece
    if document.source.data.startswith(b"\\", piece.start_byte):
        behind = piece.next_sibling
        while behind is not None and behind.type in document.grammar.content and _goes_on(document, end, behind):
            end, behind = behind, behind.next_sibling
    return end.end_byte


def _goes_on(document: Document, escape: Node, behind: Node) -> bool:
    """Whether an escape follows another, is the second half of one that the grammar cuts in two, or ends a line."""
    data = document.source.data
    begun, follows = data[escape.start_byte : escape.end_byte], data.startswith(b"\\", behind.start_byte)
    is_one = follows or begun == b"\\u" or begun.endswith(b"\n")
    return behind.start_byte == escape.end_byte and is_one
