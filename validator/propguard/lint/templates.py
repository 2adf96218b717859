"""The two ways of putting values into a text, by `%` and by braces: the places to fill in, and what fills them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from propguard.lint.text import HOLE, Piece, Text, joined

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from tree_sitter import Node

    from propguard.lint.document import Document

_PERCENT = re.compile(
    r"%(?:(?P<whole>[dsv])|%|\{[^}]*\}|(?:\((?P<name>[^)]*)\)|<[^>]*>|\d+\$)?[-#0 +]*[0-9*]*(?:\.[0-9*]+)?[diouxXeEfFgGcrsaqvtbT])"
)
_BRACES = re.compile(r"\{\{|\}\}|\{(?P<name>\w*)(?P<rest>[^{}]*)\}")

_TEXT_TYPES = frozenset({"String"})
"""Whose function fills in its first argument, where a text's own method fills in the text."""

JOINING = frozenset({"concat", "join"})
"""Methods of a list that make one text of what is in it."""

Ways = list[Text]


class Values(NamedTuple):
    """What a template is filled with, by position and by name; all that is missing may be anything."""

    positional: Sequence[Ways] = ()
    named: Mapping[str, Ways] = {}

    def at(self, position: int) -> Ways:
        return self.positional[position] if position < len(self.positional) else [HOLE]


def template_of(document: Document, call: Node) -> Node | None:
    """The text that `call` fills in, null where it is no such call."""
    _, place = document.grammar.formats.get(document.called_name(call), ("", None))
    if place is None:
        return None
    receiver = document.receiver(call) if place < 0 else None
    if receiver is not None and document.text(receiver) not in _TEXT_TYPES:
        return receiver
    arguments, place = document.positional(call), max(place, 0)
    return arguments[place] if place < len(arguments) else None


def filled_by_percent(template: Text, values: Values) -> Ways:
    """Every way in which `template % values` comes out."""
    used = 0

    def fill(match: re.Match[str]) -> Ways:
        nonlocal used
        if match[0] == "%%":
            return _literal("%")
        if match["name"] is not None:
            return [HOLE]
        used += 1
        return values.at(used - 1) if match["whole"] else [HOLE]

    return _filled(template, _PERCENT, fill)


def filled_by_format(template: Text, values: Values) -> Ways:
    """Every way in which `template.format(…)` comes out."""
    used = 0

    def fill(match: re.Match[str]) -> Ways:
        nonlocal used
        if match["name"] is None:
            return _literal(match[0][0])
        name = match["name"]
        if not name:
            name, used = str(used), used + 1
        if match["rest"]:
            return [HOLE]
        return values.at(int(name)) if name.isdecimal() else values.named.get(name, [HOLE])

    return _filled(template, _BRACES, fill)


FILLED_BY: Mapping[str, Callable[[Text, Values], Ways]] = {"braces": filled_by_format, "percent": filled_by_percent}


def _literal(text: str) -> Ways:
    return [Text((Piece(text),))]


def _filled(template: Text, place: re.Pattern[str], fill: Callable[[re.Match[str]], Ways]) -> Ways:
    parts: list[Ways] = []
    for piece in template.pieces:
        if piece.text is None:
            parts.append([HOLE])
            continue
        position = 0
        for match in place.finditer(piece.text):
            parts.append([Text((piece.before(match.start()).after(position),))])
            parts.append([way if way.json_type == "string" else HOLE for way in fill(match)])
            position = match.end()
        parts.append([Text((piece.after(position),))])
    return [way._replace(pieces=tuple(piece for piece in way.pieces if piece.text != "")) for way in joined(parts)]
