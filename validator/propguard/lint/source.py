"""One source file as text in UTF-8, with places in lines and code points."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from propguard.model.finding import FilePlace, Span

if TYPE_CHECKING:
    from propguard.lint.encoding import Decoded
    from propguard.lint.notebook import Notebook

BOM = b"\xef\xbb\xbf"
_BYTE_FOR_BYTE = "surrogateescape"
"""How bytes that are no UTF-8 are counted, so that a place leads back to the very same byte."""

_LONE = re.compile("[\udc80-\udcff]")

_LONGEST_SHOWN_LINE = 2000


class Source:
    """The text of one file. Offsets are bytes, as in its syntax tree; places are what a person counts.

    Bytes that are no UTF-8 count as one code point each; a byte order mark counts as none. `problem` says in a clause why
    the file could not be decoded, None where it could.
    """

    __slots__ = ("_ascii", "_decoded", "_notebook", "_starts", "data", "path", "problem")

    def __init__(self, path: str, data: bytes) -> None:
        self.path = path
        self.data = data
        self.problem: str | None = None
        self._decoded: Decoded | None = None
        self._starts: list[int] | None = None
        self._ascii: dict[int, bool] = {}
        self._notebook: Notebook | None = None

    @classmethod
    def of_file(cls, path: str, content: bytes) -> Source:
        """The text of a file with this content, whatever its encoding and its line ends."""
        from propguard.lint.budget import Unreadable
        from propguard.lint.encoding import decoded

        try:
            text = decoded(path, content)
        except Unreadable as error:
            source = cls(path, content)
            source.problem = str(error)
            return source
        source = cls(path, text.data)
        source._decoded = text
        return source

    @property
    def exact(self) -> bytes:
        """The text with the line ends that the file has; every byte is where it is in `data`."""
        return self.data if self._decoded is None else self._decoded.exact

    def encoded(self, text: bytes) -> bytes | None:
        """A changed `exact` as the bytes of the file; None where its encoding lacks a character."""
        return text if self._decoded is None else self._decoded.encoded(text)

    def text(self, start: int, end: int) -> str:
        return self.data[start:end].decode("utf-8", "replace")

    def notebook(self) -> Notebook:
        """The notebook that the file holds. Raises Unreadable where it holds none."""
        if self._notebook is None:
            from propguard.lint.notebook import notebook_of

            self._notebook = notebook_of(self)
        return self._notebook

    def origin(self, offset: int) -> int:
        """The byte of the file that the byte at `offset` comes from."""
        return offset

    def home(self, start: int, end: int) -> tuple[Source, int, int]:
        """The text in which the bytes from `start` up to `end` can be replaced, and where they stand in it."""
        return self, start, end

    def verbatim(self, start: int, end: int) -> Span | None:
        """The place of the bytes from `start` up to `end`; null where the file spells them in another way."""
        return self.span(start, end)

    def span(self, start: int, end: int) -> Span:
        """The place of the bytes from `start` up to `end`."""
        line, column = self._place(start)
        end_line, end_column = self._place(end)
        return Span(line, column, end_line, end_column)

    def place(self, span: Span) -> FilePlace:
        """`span` with the text of its first line, cut where it is very long."""
        if span.cell is not None:
            return self.notebook().place_in_cell(span)
        start, end = self._bounds(span.line - 1)
        if end - start > 4 * _LONGEST_SHOWN_LINE:
            return FilePlace(self.path, span, "")
        line = _LONE.sub("\ufffd", self.data[start:end].decode("utf-8", _BYTE_FOR_BYTE))
        return FilePlace(self.path, span, line.removeprefix("\ufeff").rstrip("\r\n"))

    def offset(self, line: int, column: int) -> int:
        """The byte at a place."""
        start, end = self._text_start(line - 1), self._bounds(line - 1)[1]
        before = self.data[start:end].decode("utf-8", _BYTE_FOR_BYTE)[: column - 1]
        return start + len(before.encode("utf-8", _BYTE_FOR_BYTE))

    def edit_of(self, span: Span, text: str) -> tuple[int, int, bytes]:
        """What to put between which bytes so that `text` stands at `span`."""
        if span.cell is not None:
            return self.notebook().edit_of(span, text)
        return self.offset(span.line, span.column), self.offset(span.end_line, span.end_column), text.encode()

    def _place(self, offset: int) -> tuple[int, int]:
        starts = self._line_starts()
        line = bisect_right(starts, offset) - 1
        start = self._text_start(line)
        if self._is_ascii(line):
            return line + 1, offset - start + 1
        return line + 1, len(self.data[start:offset].decode("utf-8", _BYTE_FOR_BYTE)) + 1

    def _is_ascii(self, line: int) -> bool:
        """Whether all of a line is, asked once for each: the columns of a line without end are costly otherwise."""
        known = self._ascii.get(line)
        if known is None:
            known = self._ascii[line] = self.data[slice(*self._bounds(line))].isascii()
        return known

    def _text_start(self, line: int) -> int:
        """Where the text of a line, counted from 0, begins: behind the byte order mark, on the first."""
        return len(BOM) if line == 0 and self.data.startswith(BOM) else self._line_starts()[line]

    def _bounds(self, line: int) -> tuple[int, int]:
        """The bytes between which a line stands, counted from 0, its end of line included."""
        starts = self._line_starts()
        return starts[line], starts[line + 1] if line + 1 < len(starts) else len(self.data)

    def _line_starts(self) -> list[int]:
        if self._starts is None:
            starts = [0]
            found = self.data.find(b"\n")
            while found >= 0:
                starts.append(found + 1)
                found = self.data.find(b"\n", found + 1)
            self._starts = starts
        return self._starts
