"""Records of a JSONL file, read line by line: a line that is none is reported with its place, and those after it are read."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from propguard.errors import UsageError, system_reason
from propguard.files import require_ordinary
from propguard.model.finding import Related, Span
from propguard.rules.row import unparsed_row

if TYPE_CHECKING:
    from collections.abc import Iterator

    from propguard.model.finding import Violation

_LONGEST_LINE = 16 << 20
_OTHER_ENCODINGS = (b"\xff\xfe", b"\xfe\xff")


class Record(NamedTuple):
    """The properties of one record, its number among the lines that are not blank, from 1, and its request id, if it has one."""

    number: int
    properties: dict[str, str]
    request_id: str | None


class UnreadLine(NamedTuple):
    """A line that is no record, by its number among those that are not blank, with the finding that it is and its place."""

    number: int
    violation: Violation
    place: Related


def records(name: str) -> Iterator[Record | UnreadLine]:
    """What each line of the file is; `-` is standard input. Raises UsageError where the file itself cannot be read."""
    shown = "standard input" if name == "-" else name
    try:
        with _opened(name) as stream:
            number = 0
            for line_number, line in enumerate(_lines(stream), start=1):
                if line_number == 1 and line is not None and line.startswith(_OTHER_ENCODINGS):
                    raise UsageError(f"{shown} is written in UTF-16 or UTF-32; save it as UTF-8")
                if line is not None and not line.strip():
                    continue
                number += 1
                record = _TOO_LONG if line is None else _record(line)
                if isinstance(record, str):
                    place = Related(shown, Span(line_number, 1, line_number, 1), record)
                    found = unparsed_row.unread(
                        f"{shown}:{line_number}: {record}", {"path": shown, "line": line_number}
                    )
                    yield UnreadLine(number, unparsed_row.RULE.violation(found, None, None), place)
                else:
                    yield Record(number, *record)
    except OSError as error:
        raise UsageError(f"cannot read {name}: {system_reason(error)}") from None


_TOO_LONG = f"the line is longer than {_LONGEST_LINE >> 20} MB"


def _opened(name: str) -> BinaryIO:
    if name == "-":
        return open(sys.stdin.fileno(), "rb", closefd=False)
    require_ordinary(name)
    return open(name, "rb")


def _lines(stream: BinaryIO) -> Iterator[bytes | None]:
    """The lines; None for one that is too long, of which no more than that is held."""
    while line := stream.readline(_LONGEST_LINE + 1):
        if len(line) <= _LONGEST_LINE:
            yield line
            continue
        while line and not line.endswith(b"\n"):
            line = stream.readline(_LONGEST_LINE + 1)
        yield None


def _record(line: bytes) -> tuple[dict[str, str], str | None] | str:
    """The properties and the request id, or why the line is no record."""
    try:
        document = json.loads(line)
    except UnicodeDecodeError:
        return unparsed_row.NOT_UTF_8
    except (ValueError, RecursionError):
        return unparsed_row.NOT_VALID_JSON
    if not isinstance(document, dict):
        return f'{unparsed_row.NO_OBJECT}; write {{"environment": "production"}}'
    if "properties" not in document:
        return document, None
    properties = _properties(document["properties"])
    if properties is None and isinstance(document["properties"], str):
        return document, None  # a property of that name
    request_id = document.get("request_id")
    if properties is None:
        return unparsed_row.NO_MAP
    return properties, request_id if isinstance(request_id, str) else None


def _properties(given: object) -> dict[str, str] | None:
    """The properties in any form that stored data has them in; None where it is none of those."""
    if isinstance(given, str) and given.lstrip()[:1] in {"{", "[", '"'}:
        given = _unescaped(given)
    if isinstance(given, list) and all(isinstance(one, dict) and {"key", "value"} <= one.keys() for one in given):
        return {str(one["key"]): one["value"] for one in given}
    if given is None:
        return {}
    return given if isinstance(given, dict) else None


def _unescaped(text: str) -> object:
    """What JSON text is, which may have been escaped once more; None where it is no JSON."""
    for candidate in (text, text.replace('""', '"')):
        try:
            found: object = json.loads(candidate)
            return json.loads(found) if isinstance(found, str) else found
        except (ValueError, RecursionError):
            continue
    return None
