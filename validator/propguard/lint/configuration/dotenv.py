"""Files of environment variables, as a map in JSON whose places are theirs."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from propguard.lint.derived import Derived, Run
from propguard.lint.escapes import decoded
from propguard.lint.prefilter import hits

if TYPE_CHECKING:
    from collections.abc import Iterator

    from propguard.lint.source import Source

_VARIABLE = re.compile(
    rb"^[ \t]*(?:export[ \t]+)?(?P<name>[A-Za-z_][\w.]*)[ \t]*=[ \t]*"
    rb"(?:\"(?P<double>(?:[^\"\\]|\\.)*)\"|'(?P<single>[^']*)'|`(?P<tick>[^`]*)`|(?P<bare>(?:[^\s#]|[ \t]+(?![#\s])|(?<=\S)#)*))",
    re.MULTILINE | re.DOTALL,
)
_BESIDE = re.compile(rb"\n|(?:(?<=\s)|^)(?P<comment>#[^\n]*)|(?P<junk>[^\s#][^\n]*)", re.MULTILINE)
_SPECIAL = re.compile(rb"[\"\\\x00-\x1f]")
ESCAPES = re.compile(rb"\\(?:[nrt\"'\\$`]|\r?\n)")


def as_json(source: Source) -> Source:
    """The variables of a file and its comments, in the order of the text."""
    return Derived(source, _runs(source.data))


def _runs(data: bytes) -> Iterator[Run]:
    yield Run(b"{\n", 0, 0)
    at = 0
    for match in _VARIABLE.finditer(data):
        yield from _between(data, at, match.start())
        at = match.end()
        start, end = match.span("name")
        yield Run(b'"', start, start)
        yield Run(match["name"], start, end)
        kind = match.lastgroup or "bare"
        start, end = match.span(kind)
        yield Run(b'":"', start, start)
        yield from as_json_string(data, start, end, ESCAPES if kind == "double" else None)
        yield Run(b'",', end, end)
    yield from _between(data, at, len(data))
    yield Run(b'"":0}', len(data), len(data))


def _between(data: bytes, start: int, end: int) -> Iterator[Run]:
    """Between variables: the ends of lines, comments as JSON has them, and what breaks the syntax but names a header."""
    for match in _BESIDE.finditer(data, start, end):
        if match["comment"] is not None:
            yield Run(b"//", match.start(), match.start())
        if match["junk"] is None or hits(match["junk"]):
            yield Run(match[0], *match.span())


def as_json_string(data: bytes, start: int, end: int, escapes: re.Pattern[bytes] | None = None) -> Iterator[Run]:
    """What stands between two bytes as JSON spells it; `escapes` are those that mean something there."""
    special = _SPECIAL if escapes is None else re.compile(escapes.pattern + rb"|" + _SPECIAL.pattern, escapes.flags)
    at = start
    for match in special.finditer(data, start, end):
        yield Run(data[at : match.start()], at, match.start())
        meaning = decoded(match[0].decode("utf-8", "replace")) if len(match[0]) > 1 else match[0].decode()
        yield Run(json.dumps(meaning)[1:-1].encode(), match.start(), match.end())
        at = match.end()
    yield Run(data[at:end], at, end)
