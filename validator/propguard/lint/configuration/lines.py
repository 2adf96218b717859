"""Header lines within a text, such as `Helicone-Property-App: chat`, one below the other or with commas between them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from propguard.model.stored_key import HEADER_PREFIX

if TYPE_CHECKING:
    from collections.abc import Iterator

    from propguard.lint.text import Text

_BETWEEN = re.compile(rf"\n|[,;][ \t]*(?={HEADER_PREFIX}[^\s:=,]*[ \t]*[:=])", re.IGNORECASE)
_NAME_ENDS = re.compile(r"[ \t]*[:=]|[\s,;]")


def header_lines(text: Text) -> Iterator[tuple[Text, Text]]:
    """The key and the value of each header line in `text`; what follows the name of a header but no colon is none."""
    for line in _lines(text):
        header = line.left_stripped().without_prefix(HEADER_PREFIX)
        halves = None if header is None else _split(header, _NAME_ENDS)
        if halves is not None and halves[1].strip(" \t") in {":", "="}:
            yield halves[0], halves[2].left_stripped()


def _lines(text: Text) -> Iterator[Text]:
    rest = text
    while (halves := _split(rest, _BETWEEN)) is not None:
        yield halves[0]
        rest = halves[2]
    yield rest


def _split(text: Text, separator: re.Pattern[str]) -> tuple[Text, str, Text] | None:
    """The text before the first `separator`, that itself, and the text behind it."""
    for number, piece in enumerate(text.pieces):
        match = None if piece.text is None else separator.search(piece.text)
        if match is not None:
            before = text._replace(pieces=(*text.pieces[:number], piece.before(match.start())))
            return before, match[0], text._replace(pieces=(piece.after(match.end()), *text.pieces[number + 1 :]))
    return None
