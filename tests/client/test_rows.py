"""Rows as they stand in a file: whatever stands there is a row or a finding."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from propguard.client.rows import GivenRow, RowFile, read_row
from propguard.errors import UsageError
from propguard.model.finding import Violation

if TYPE_CHECKING:
    from pathlib import Path

json_values = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(st.binary() | json_values.map(lambda value: json.dumps(value).encode()))
def test_any_line_is_a_row_or_a_finding(line: bytes) -> None:
    assert isinstance(read_row(line), GivenRow | Violation)


@given(st.from_regex(r"[A-Za-z0-9_-]{1,200}", fullmatch=True), st.text(), json_values)
def test_what_is_written_as_a_row_is_read_as_it_was(request_id: str, key: str, value: object) -> None:
    """Whatever else stands beside it."""
    row = {"request_id": request_id, "key": key, "value": value, "from": [1, None]}
    text = json.dumps(row)
    if "NaN" not in text and "Infinity" not in text:
        assert read_row(text.encode()) == (request_id, key, value)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"[" * 100_000, "the row is not valid JSON"),
        (b'{"a": NaN}', "NaN is no number in JSON"),
        (b'{"a": 1, "a": 2}', "a field stands in it twice"),
        (b"\xff\xfe{}", "the row is not valid JSON"),
        (b'{"request_id": "x", "key": "k"}', "the row has no `value`"),
        (b'{"request_id": "../x", "key": "k", "value": "v"}', "`../x` is no request id"),
        (b'{"request_id": "x", "key": "\\ud800", "value": "v"}', "half of a surrogate pair"),
    ],
)
def test_what_is_wrong_with_a_line_is_said(line: bytes, reason: str) -> None:
    fault = read_row(line)
    assert isinstance(fault, Violation)
    assert fault.rule == "unparsed-row"
    assert reason in fault.message


def test_lines_are_numbered_without_the_blank_ones_and_read_again_by_their_place(tmp_path: Path) -> None:
    """Also where the file begins with a byte order mark, has Windows' line ends, and none at its end."""
    path = tmp_path / "rows.jsonl"
    path.write_bytes(b'\xef\xbb\xbf{"a": 1}\r\n\r\n  \n{"b": 2}')
    with RowFile(str(path)) as file:
        lines = list(file.lines())
        assert [(line.number, line.text.strip()) for line in lines] == [(1, b'\xef\xbb\xbf{"a": 1}'), (2, b'{"b": 2}')]
        assert [file.text_at(line.offset, line.length) for line in lines] == [line.text for line in lines]


def test_an_endless_line_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_bytes(b"{}\n" + b"x" * (17 << 20))
    with RowFile(str(path)) as file, pytest.raises(UsageError, match=r"record 2 .* is longer than 16 MB"):
        list(file.lines())


def test_rows_are_in_an_ordinary_file(tmp_path: Path) -> None:
    """A pipe that nobody writes to is refused before it is opened, and a device, too."""
    os.mkfifo(tmp_path / "pipe")
    for path, said in (
        (str(tmp_path / "pipe"), "it is a pipe, not a file"),
        ("/dev/zero", "it is a device, not a file"),
    ):
        with pytest.raises(UsageError, match=said):
            RowFile(path)


@pytest.mark.parametrize("content", [b"", b"{}\n", b"{}\n" * 4])
def test_rows_that_change_while_they_are_read_are_refused(content: bytes, tmp_path: Path) -> None:
    """Rows that nobody has judged are not to be written, nor those that are gone."""
    path = tmp_path / "rows.jsonl"
    path.write_bytes(b"{}\n" * 2)
    with RowFile(str(path)) as file:
        path.write_bytes(content)
        with pytest.raises(UsageError, match="was changed while it was read"):
            list(file.lines())
