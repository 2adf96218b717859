"""What a language makes of a value that is no text where it is turned into text: `True` in Python, `true` in JavaScript."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from propguard.lint.text import HOLE, Piece, Text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from propguard.lint.origin import Change

_WORDS: Mapping[str, Mapping[str, str]] = {
    "elixir": {"null": ""},
    "go": {"null": "<nil>"},
    "php": {"true": "1", "false": "", "null": ""},
    "python": {"true": "True", "false": "False"},
    "ruby": {"null": ""},
}
"""How languages write what is true, false, or null, where that is not the word in the source."""

_PLAIN_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,14})(?:\.\d{0,14}[1-9])?")
"""A number that every language writes as it stands in the source."""


def to_text(language: str) -> Change:
    """The change that a conversion to text is in a language."""
    return ("text", language)


def is_possible(way: Text, kind: str) -> bool:
    """Whether `way` may be what is left where only what is `truthy`, `present` or `text` is."""
    if kind == "text":
        return way.json_type == "string"
    known = way.known
    if known is None or way.json_type == "null" or kind == "present":
        return way.json_type != "null"
    if way.json_type == "string":
        return known != ""
    return known != "false" if way.json_type == "boolean" else known.strip("0.") != ""


def converted(way: Text, language: str) -> Text:
    """`way` turned into text; a hole keeps the conversion, so that it is made of whatever fills it."""
    change = to_text(language)
    if way.json_type == "string":
        if not any(True for _ in way.origins()):
            return way
        return way._replace(
            pieces=tuple(
                piece
                if piece.text is not None or piece.origin is None or piece.origin.changes[-1:] == (change,)
                else piece._replace(origin=piece.origin.changed(change))
                for piece in way.pieces
            )
        )
    known = way.known
    if known is None or way.json_type in {"list", "map"}:
        return HOLE
    if way.json_type in {"boolean", "null"}:
        word = "null" if way.json_type == "null" else known
        return Text((Piece(_WORDS.get(language, {}).get(word, known)),))
    return Text((Piece(known),)) if _PLAIN_NUMBER.fullmatch(known) else HOLE
