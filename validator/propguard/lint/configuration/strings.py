"""The strings of configuration languages: what each stands for, byte by byte."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from propguard.lint.derived import Run
from propguard.lint.escapes import decoded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    Reader = Callable[[bytes, int, int], list[Run]]
    """From a text and the bytes between which a node stands in it to what the node stands for."""

_FOLD = rb"[ \t]*(?:\r?\n[ \t]*)+"
_FOLDED = re.compile(_FOLD)
_DOUBLED = re.compile(rb"''|" + _FOLD)
_ESCAPED = re.compile(
    rb"\\(?:x[0-9A-Fa-f]{2}|u\{[0-9A-Fa-f]{1,6}\}|u[dD][89abAB][0-9A-Fa-f]{2}\\u[dD][c-fC-F][0-9A-Fa-f]{2}"
    rb"|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|\r?\n[ \t]*|[\xc0-\xff][\x80-\xbf]*|.)",
    re.DOTALL,
)
_ESCAPED_OR_FOLDED = re.compile(_ESCAPED.pattern + rb"|" + _FOLD, re.DOTALL)
_ESCAPED_LINES = re.compile(rb"\\[ \t]*\r?\n\s*|" + _ESCAPED.pattern, re.DOTALL)
_NEVER = re.compile(rb"(?!)")
_OF_YAML = {b"\\e": "\x1b", b"\\N": "\x85", b"\\_": "\xa0", b"\\L": "\u2028", b"\\P": "\u2029"}
_PAIR = 12
"""How long a surrogate pair is: two escapes of one character."""


def as_it_is(data: bytes, start: int, end: int) -> list[Run]:
    return [Run(data[start:end], start, end)]


def json_string(data: bytes, start: int, end: int) -> list[Run]:
    return list(_runs(data, start + 1, end - 1, _ESCAPED))


def yaml_plain(data: bytes, start: int, end: int) -> list[Run]:
    return list(_runs(data, start, end, _FOLDED))


def yaml_single(data: bytes, start: int, end: int) -> list[Run]:
    return list(_runs(data, start + 1, end - 1, _DOUBLED))


def yaml_double(data: bytes, start: int, end: int) -> list[Run]:
    return list(_runs(data, start + 1, end - 1, _ESCAPED_OR_FOLDED))


def toml_string(data: bytes, start: int, end: int) -> list[Run]:
    quotes = 3 if end - start >= 6 and data[start : start + 3] in {b'"""', b"'''"} else 1
    first, last = start + quotes, end - quotes
    if quotes == 3:
        first += 2 if data.startswith(b"\r\n", first) else data.startswith(b"\n", first)
    return list(_runs(data, first, last, _ESCAPED_LINES if data[start : start + 1] == b'"' else _NEVER))


def yaml_block(data: bytes, start: int, end: int) -> list[Run]:
    """A block scalar, literal or folded: its lines without their indentation."""
    header = data.find(b"\n", start, end) + 1
    if not header:
        return []
    folds, strips = data[start : start + 1] == b">", b"-" in data[start:header].partition(b"#")[0]
    lines = list(_lines(data, header, end))
    indentation = next((blanks for blanks, *_ in lines if blanks >= 0), 0)
    texts = _following(lines)
    runs: list[Run] = []
    for number, (blanks, begin, stop, after) in enumerate(lines):
        if blanks >= 0:
            runs.append(Run(data[begin + min(blanks, indentation) : stop], begin + min(blanks, indentation), stop))
        is_last = number + 1 == len(lines)
        joins = folds and blanks == indentation == texts[number + 1]
        if joins and lines[number + 1][0] >= 0:
            runs.append(Run(b" ", stop, after))
        elif after > stop and not joins and not (is_last and strips):
            runs.append(Run(b"\n", stop, after))
    return runs


def _lines(data: bytes, start: int, end: int) -> Iterator[tuple[int, int, int, int]]:
    """Each line: its indentation, -1 where it is blank, where it begins, where its text ends, where the next begins.

    The grammar leaves out the last line's end.
    """
    while start < end:
        found = data.find(b"\n", start, end + 2)
        after = found + 1 if found >= 0 else end
        stop = max(start, after - 1 if found >= 0 else end)
        if found > start and data[found - 1 : found] == b"\r":
            stop -= 1
        text = data[start:stop]
        yield (len(text) - len(text.lstrip(b" ")) if text.strip() else -1), start, stop, after
        start = after


def _following(lines: Sequence[tuple[int, int, int, int]]) -> list[int]:
    """For each line and the end, the indentation of the first line from there on that is not blank; -1 where none is."""
    found = [-1]
    for blanks, *_ in reversed(lines):
        found.append(blanks if blanks >= 0 else found[-1])
    return found[::-1]


def _runs(data: bytes, start: int, end: int, special: re.Pattern[bytes]) -> Iterator[Run]:
    at = start
    for match in special.finditer(data, start, max(start, end)):
        if match.start() > at:
            yield Run(data[at : match.start()], at, match.start())
        yield Run(_meaning(match[0]), match.start(), match.end())
        at = match.end()
    if end > at:
        yield Run(data[at:end], at, end)


def _meaning(special: bytes) -> bytes:
    """What an escape stands for, a doubled quote, or the end of a line that goes on."""
    if special == b"''":
        return b"'"
    if not special.startswith(b"\\"):
        return b"\n" * (special.count(b"\n") - 1) or b" "
    if b"\n" in special:
        return b""
    if special in _OF_YAML:
        return _OF_YAML[special].encode()
    if len(special) == _PAIR and special.count(b"\\u") == 2:
        high, low = int(special[2:6], 16), int(special[8:12], 16)
        return chr(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00)).encode()
    return decoded(special.decode("utf-8", "replace")).encode("utf-8", "replace")
