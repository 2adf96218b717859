"""Header lines in a shell command that stands in one text: `exec("curl -H 'Helicone-Property-X: v' …")`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from propguard.lint.text import HOLE, Piece, Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from propguard.lint.document import Document

_CURL = re.compile(r"\bcurl\s")
_HEADER = re.compile(
    r"""(?i)(?:-H|--header)[ =]{0,9}(?P<quote>['"])Helicone-Property-(?P<key>[^\s:'"]{1,200}):[ \t]{0,9}"""
    r"""(?P<value>[^'"\n]{0,1000})(?P<end>['"])?"""
)
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_RUNNING = frozenset("arg args call check command exec output popen run sh shell spawn system".split())


def is_run(document: Document, node: Node) -> bool:
    """Whether `node` is handed to something that runs commands, alone or in a list."""
    call = document.call_of_argument(node)
    around = document.around(node)
    if call is None and around is not None and around.type in document.grammar.sequences:
        call = document.call_of_argument(around)
    if call is None:
        return False
    words = {word.lower() for word in _WORD.findall(document.called_name(call))}
    return bool(words & _RUNNING)


def headers_in(way: Text) -> Iterator[tuple[Text, Text]]:
    """The name and the value of each property header that the command `way` sends; a value may go on into a hole."""
    if not _CURL.search(way.starred()):
        return
    for piece in way.pieces:
        for match in _HEADER.finditer(piece.text or ""):
            value = _part(piece, match, "value") if match["end"] == match["quote"] else HOLE
            yield _part(piece, match, "key"), value


def _part(piece: Piece, match: re.Match[str], group: str) -> Text:
    return Text((piece.before(match.end(group)).after(match.start(group)),))
