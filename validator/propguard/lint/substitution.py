"""Texts put in for the holes of another, each rewritten as the hole says: an argument for a parameter, an entry for a map's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from propguard.lint.conversion import converted, is_possible
from propguard.lint.origin import rewritten
from propguard.lint.text import HOLE, Piece, Text, joined

if TYPE_CHECKING:
    from collections.abc import Callable

    from propguard.lint.origin import Change, Origin

_KEEPING = frozenset({"given", "if"})
"""Changes that leave a value as it is where they do not leave it out."""


def substituted(way: Text, fill: Callable[[Origin], list[Text] | None]) -> list[Text]:
    """What `way` can evaluate to when its holes are filled; those for which `fill` returns None stay as they are."""
    if not any(True for _ in way.origins()):
        return [way]
    parts: list[list[Text]] = []
    for piece in way.pieces:
        filled = None if piece.origin is None else fill(piece.origin)
        if filled is None or piece.origin is None:
            parts.append([Text((piece,))])
            continue
        changed = [with_changes(one, piece.origin.changes) for one in filled]
        parts.append([one for one in changed if one is not None] if filled else [HOLE])
    if len(parts) == 1:
        return [one if one.json_type != "string" else way._replace(pieces=one.pieces) for one in parts[0]]
    return joined(parts)


def is_known(way: Text) -> bool:
    return way.known is not None or way.json_type != "string"


def with_changes(way: Text, changes: tuple[Change, ...]) -> Text | None:
    """`way` rewritten; where only a part of it is known, piece by piece. Null where it is not of the kind that is kept."""
    if not is_known(way):
        return _partly_changed(way, changes)
    for change in changes:
        if change[0] == "if" and not is_possible(way, change[1]):
            return None
        if change[0] == "text":
            way = converted(way, change[1])
        elif change[0] not in _KEEPING:
            known = way.known if way.json_type == "string" else None
            text = None if known is None else rewritten(known, (change,))
            if text is None:
                return HOLE
            if text != known:
                way = Text((_whole(way).rewritten(text),))
    return way


def _whole(way: Text) -> Piece:
    """One piece for all of `way`."""
    named = any(piece.named for piece in way.pieces)
    return Piece(None, named=named, elsewhere=way.elsewhere())


def _partly_changed(way: Text, changes: tuple[Change, ...]) -> Text:
    pieces = []
    for piece in way.pieces:
        if piece.text is not None:
            pieces.append(piece.rewritten(rewritten(piece.text, changes)) if changes else piece)
        elif piece.origin is not None:
            pieces.append(piece._replace(origin=piece.origin._replace(changes=(*piece.origin.changes, *changes))))
        else:
            pieces.append(piece)
    return way._replace(pieces=tuple(pieces))
