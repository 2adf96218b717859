"""Rows as a database would hold them, whatever bytes they are of."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

STRUCTURE = "request_id String, request_created_at DateTime64(3, 'UTC'), properties Map(LowCardinality(String), String)"
FIRST = 1_767_225_600_000
"""When the first row was created, in milliseconds; the others follow a second apart."""

_BAD = re.compile("[\udc80-\udcff]+")


def write_rows(path: Path, records: Sequence[Mapping[bytes, bytes]]) -> str:
    """Write records in ClickHouse's RowBinary and return the SELECT that reads them; ids are their numbers from 0."""
    with path.open("wb") as file:
        for number, record in enumerate(records):
            file.write(_bytes(str(number).encode()) + (FIRST + 1000 * number).to_bytes(8, "little"))
            file.write(_size(len(record)) + b"".join(_bytes(key) + _bytes(value) for key, value in record.items()))
    return f"""SELECT * FROM file('{path}', RowBinary, '{STRUCTURE.replace("'", chr(92) + "'")}')"""


def as_bytes(text: str) -> bytes:
    """`text` in UTF-8; halves of surrogate pairs become bytes that are no UTF-8."""
    return text.encode(errors="surrogatepass")


def as_read(stored: bytes) -> str:
    """What the rules see of stored bytes: each stretch of what is no UTF-8 is one U+FFFD, as in `toValidUTF8`."""
    return _BAD.sub("\ufffd", stored.decode(errors="surrogateescape"))


def _bytes(text: bytes) -> bytes:
    return _size(len(text)) + text


def _size(number: int) -> bytes:
    encoded = b""
    while number > 127:
        encoded += bytes([number & 127 | 128])
        number >>= 7
    return encoded + bytes([number])
