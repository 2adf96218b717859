"""The rows of a file for `apply`: read one after the other, and again by their place."""

from __future__ import annotations

import errno
import json
import os
from typing import TYPE_CHECKING, BinaryIO, NamedTuple, NoReturn, Self

from propguard.errors import UsageError, system_reason
from propguard.files import require_ordinary
from propguard.helicone.protocol import property_write
from propguard.rules.row import unparsed_row

if TYPE_CHECKING:
    from collections.abc import Iterator

    from propguard.model.finding import Violation

LONGEST_LINE = 16 << 20

_FIELDS = ("request_id", "key", "value")
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


class Line(NamedTuple):
    """A line that is not blank: its number among those, from 1, and where it stands in the file."""

    number: int
    offset: int
    length: int
    text: bytes


class GivenRow(NamedTuple):
    """What a row asks for. `value` is what stands in the file, also where that is no text."""

    request_id: str
    key: str
    value: object


class RowFile:
    """An ordinary file of rows, held open, so that what is read again is what was read before.

    Raises UsageError where it cannot be read.
    """

    def __init__(self, path: str) -> None:
        self.path = path
        try:
            require_ordinary(path)  # a pipe would block before it could be refused
            self._stream: BinaryIO = open(path, "rb")  # noqa: SIM115  # for as long as the rows are applied
            self.size = os.fstat(self._stream.fileno()).st_size
        except OSError as error:
            raise self._unreadable(error) from None

    def lines(self) -> Iterator[Line]:
        """Every line that is not blank. Raises UsageError for an endless one, and where the file gets longer or shorter."""
        offset = number = 0
        try:
            while True:
                self._stream.seek(offset)  # whoever asks for the next line may have read others meanwhile
                text = self._stream.readline(LONGEST_LINE + 1)
                if not text:
                    break
                if len(text) > LONGEST_LINE:
                    raise UsageError(f"record {number + 1} of {self.path} is longer than {LONGEST_LINE >> 20} MB")
                if text.strip():
                    number += 1
                    yield Line(number, offset, len(text), text)
                offset += len(text)
        except OSError as error:
            raise self._unreadable(error) from None
        if offset != self.size:
            raise UsageError(f"{self.path} was changed while it was read; run again when nobody writes to it")

    def text_at(self, offset: int, length: int) -> bytes:
        """A line that was read before."""
        try:
            self._stream.seek(offset)
            return self._stream.read(length)
        except OSError as error:
            raise self._unreadable(error) from None

    def close(self) -> None:
        self._stream.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _unreadable(self, error: OSError) -> UsageError:
        advice = "; rows are read more than once, so save them in a file first" if error.errno == errno.EINVAL else ""
        return UsageError(f"cannot read {self.path}: {system_reason(error)}{advice}")


def read_row(text: bytes) -> GivenRow | Violation:
    """What a line asks for, or why it cannot be read."""
    try:
        row = json_object(text)
    except (ValueError, RecursionError) as error:
        return _fault(f"the row is not valid JSON: {error}")
    if not isinstance(row, dict):
        return _fault('the row is no JSON object; write {"request_id": …, "key": …, "value": …}')
    missing = [name for name in _FIELDS if name not in row]
    if missing:
        return _fault(f"the row has no `{missing[0]}`", field=missing[0])
    request_id, key, value = row["request_id"], row["key"], row["value"]
    for name, text_of in (("request_id", request_id), ("key", key)):
        if not isinstance(text_of, str):
            return _fault(f"`{name}` is no text", field=name)
    try:
        property_write(request_id, key, value if isinstance(value, str) else "")
    except UsageError as error:
        return _fault(str(error))
    return GivenRow(request_id, key, value)


def json_object(text: bytes) -> object:
    """A line of JSON. ValueError or RecursionError where it is none, names a field twice or holds what is no number."""
    return _DECODER.decode(text.removeprefix(_BYTE_ORDER_MARK).decode())


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a field stands in it twice")
    return found


def _no_number(text: str) -> NoReturn:
    raise ValueError(f"{text} is no number in JSON")


_DECODER = json.JSONDecoder(object_pairs_hook=_object, parse_constant=_no_number)


def _fault(reason: str, **context: object) -> Violation:
    return unparsed_row.RULE.violation(unparsed_row.unread(reason, context), None, None)
