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
        start = locate(key, f'"{entry}"')
        return Text((Piece(entry, start + 1 if start >= 0 else -1),))
    parts = entry.split(_HOLE)
    pieces = [Piece(parts[0])]
    for part in parts[1:]:
        pieces.extend((Piece(None), Piece(part)))
    return Text(tuple(piece for piece in pieces if piece.text != ""))


def _scalar(text: str, json_type: JsonType, locate: Callable[[str, str], int], key: str) -> Text:
    start = locate(key, text)
    return Text((Piece(text),), json_type, None if start < 0 else (start, start + len(text)))


def _locator(way: Text, source: str) -> Callable[[str, str], int]:
    """What finds the byte at which the value of a key is written so, where the whole text stands in the source as it is
    and nothing else in it could be meant."""
    first = way.single_literal()

    def locate(key: str, written: str) -> int:
        if first is None:
            return -1
        pattern = rf'"{re.escape(key)}"\s*:\s*{re.escape(written)}(?=[\s,}}])'
        found = list(islice(re.finditer(pattern, source), 2))
        return first.start + len(source[: found[0].end() - len(written)].encode()) if len(found) == 1 else -1

    return locate
