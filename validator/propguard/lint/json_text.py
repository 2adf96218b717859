"""A JSON object that stands in the source as text, holes and all."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from propguard.lint.text import Piece, Text

if TYPE_CHECKING:
    from collections.abc import Callable

_HOLE = "\ue000"
_TYPES = {bool: "boolean", int: "integer", float: "number", type(None): "null"}


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
        return Text((Piece(None),)) if json_type is None else Text((Piece(json.dumps(entry)),), json_type)  # type: ignore[arg-type]
    if _HOLE not in entry:
        return Text((Piece(entry, locate(key, entry)),))
    parts = entry.split(_HOLE)
    pieces = [Piece(parts[0])]
    for part in parts[1:]:
        pieces.extend((Piece(None), Piece(part)))
    return Text(tuple(piece for piece in pieces if piece.text != ""))


def _locator(way: Text, source: str) -> Callable[[str, str], int]:
    """What finds the byte at which the value of a key stands, where it stands in the source as it is."""

    def locate(key: str, entry: str) -> int:
        found = source.find(f'"{key}"')
        found = source.find(f'"{entry}"', found + len(key) + 2) if found >= 0 else -1
        return -1 if found < 0 else _byte_at(way, found + 1, len(entry))

    return locate


def _byte_at(way: Text, place: int, length: int) -> int:
    """The byte at which `length` characters from `place` on stand in the source, negative where they do not."""
    for piece in way.pieces:
        size = 1 if piece.text is None else len(piece.text)
        if place < size:
            return piece.after(place).start if piece.text is not None and place + length <= size else -1
        place -= size
    return -1
