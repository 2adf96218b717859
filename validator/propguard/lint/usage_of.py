"""From what is known of a key and its values to the usage that is reported."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from propguard.lint.text import Text, kind_of
from propguard.model.stored_key import HEADER_PREFIX, has_header_prefix, stored_key
from propguard.model.usage import SourceLiteral, Usage

_WORD = re.compile(r"[\w.-]{1,100}")

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tree_sitter import Node

    from propguard.lint.document import Document
    from propguard.model.finding import Door, Span


def usage_of(
    document: Document,
    node: Node,
    door: Door,
    shape: str,
    key: Text,
    values: Sequence[Text],
    *,
    literal: Node | None = None,
) -> Usage:
    """The usage of `key` with `values`, found at `node`; `literal` is the map literal that both stand in."""
    kind = kind_of([key]) if key.pieces else "literal"
    written = None if kind == "dynamic" else key.starred()
    edit = _span_of(document, key)
    inside = edit is not None and _is_inside(key, node)
    return Usage(
        path=document.source.path,
        span=edit if edit is not None and inside else document.source.span(node.start_byte, node.end_byte),
        language=document.grammar.name,
        door=door,
        shape=shape,
        written_key=written,
        stored_key=None if written is None else stored_key(written, door),
        key_kind=kind,
        key_edit=edit,
        values=tuple(_literal(document, way) for way in values if way.known is not None),
        not_texts=tuple(_literal(document, way) for way in values if not way.is_text_or_literal),
        value_kind=kind_of(values),
        literal=None if literal is None else document.source.origin(literal.start_byte),
        key_shared=_is_shared(key) and not _follows_prefix(document, key),
        key_elsewhere=key.elsewhere(),
    )


def caller_key(document: Document, node: Node) -> str | None:
    """What the key is to whoever calls a wrapper: the word at `node`; None where that is the whole name of a header."""
    word = document.text(node).strip("\"'`:")
    return word if _WORD.fullmatch(word) and not has_header_prefix(word) else None


def _span_of(document: Document, text: Text) -> Span | None:
    """Where a text stands letter by letter, in one piece."""
    piece = text.single_literal()
    if piece is None or piece.text is None:
        return None
    return document.source.verbatim(piece.start, piece.start + len(piece.text.encode()))


def _is_inside(key: Text, node: Node) -> bool:
    piece = key.single_literal()
    return piece is not None and node.start_byte <= piece.start <= node.end_byte


def _is_shared(text: Text) -> bool:
    """Whether the literal that holds the text was reached through a name."""
    piece = text.single_literal()
    return piece is not None and piece.named


def _follows_prefix(document: Document, key: Text) -> bool:
    """Whether the key stands right behind the prefix: such a literal is a header's name wherever it is used."""
    piece, prefix = key.single_literal(), HEADER_PREFIX.lower().encode()
    return piece is not None and document.source.data[max(0, piece.start - len(prefix)) : piece.start].lower() == prefix


def _literal(document: Document, way: Text) -> SourceLiteral:
    known = way.known or ""
    if way.token is not None:
        return SourceLiteral(known, way.json_type, document.source.verbatim(*way.token))
    return SourceLiteral(known, way.json_type, _span_of(document, way), _is_shared(way), way.elsewhere())
