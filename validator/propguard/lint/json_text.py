"""A JSON object that stands in the source as text, holes and all."""

from __future__ import annotations

import json
import re
from itertools import islice
from typing import TYPE_CHECKING

from propguard.lint.text import Piece, Text

if TYPE_CHECKING:
    from collections.abc import Callable

    from propguard.lint.text import JsonType

_HOLE = "\ue000"
_TYPES: dict[type, JsonType] = {bool: "boolean", int: "integer", float: "number", type(None): "null"}


def entries_of(way: Text) -> dict[str, Text] | None:
    """The entries of the object that `way` is in JSON, holes kept; null where it is none."""
    source = "".join(_HOLE if piece.text is None else piece.text for piece in way.pieces)
    try:
        value = json.loads(source, strict=False)
    except (ValueError, RecursionError):
        return None
    if not isinstance(value, dict):
        return None
    locate = _locator(way, source)
    return {key: _text(entry, locate, key) for key, entry in value.items() if isinstance(key, str)}


def _text(entry: object, locate: Callable[[str, str], int], key: str) -> Text:
    if not isinstance(entry, str):
        json_type = _TYPES.get(type(entry))
        return Text((Piece(None),)) if json_type is None else _scalar(json.dumps(entry), json_type, locate, key)
    if _HOLE not in entry:
        return Text((Piece(entry, locate(key, f'"{entry}"')),))
    parts = entry.split(_HOLE)
    pieces = [Piece(parts[0])]
    for part in parts[1:]:
        pieces.extend((Piece(None), Piece(part)))
    return Text(tuple(piece for piece in pieces if piece.text != ""))


def _scalar(text: str, json_type: JsonType, locate: Callable[[str, str], int], key: str) -> Text:
    start = locate(key, text)
    return Text((Piece(text),), json_type, None if start < 0 else (start, start + len(text)))


def _locator(way: Text, source: str) -> Callable[[str, str], int]:
    """What finds the byte at which the value of a key is written so, behind its quotes where it has some; where it stands
    in the source as it is, and nothing else in it could be meant."""

    def locate(key: str, written: str) -> int:
        pattern = rf'"{re.escape(key)}"\s*:\s*{re.escape(written)}(?=[\s,}}])'
        found = list(islice(re.finditer(pattern, source), 2))
        quotes = 1 if written.startswith('"') else 0
        place, length = len(written) - quotes, len(written) - 2 * quotes
        return _byte_at(way, found[0].end() - place, length) if len(found) == 1 else -1

    return locate


def _byte_at(way: Text, place: int, length: int) -> int:
    """The byte at which `length` characters from `place` on stand in the source, negative where they do not."""
    for piece in way.pieces:
        size = 1 if piece.text is None else len(piece.text)
        if place < size:
            return piece.after(place).start if piece.text is not None and place + length <= size else -1
        place -= size
    return -1
