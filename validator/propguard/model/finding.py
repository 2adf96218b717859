"""A violation is one rule broken by one key, value or record; a finding is a violation at a place."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Literal, NamedTuple

from propguard.model.secrets import shown_value

if TYPE_CHECKING:
    from collections.abc import Mapping

Door = Literal["api", "header", "data"]
"""Where a property is met: headers lower-case the key, the API keeps it, and stored data holds what came either way."""


HeaderEncoding = Literal["ascii", "latin-1"]
"""What an HTTP client can write in a header: httpx, and so the SDKs of Python, ASCII alone; others what HTTP allows."""


class Severity(StrEnum):
    """How much a violation weighs, heaviest first."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Violation:
    """One rule broken by one key, value or record.

    `key` is the stored key, null for a record as a whole; `value` is the value as given, masked where it
    is a secret. `suggestion` is what the key (key rules) or the value (value rules) should be.
    Everything that the message interpolates is also in `context`.
    """

    rule: str
    severity: Severity
    message: str
    key: str | None
    value: str | None
    suggestion: str | None = None
    context: Mapping[str, object] = field(default_factory=dict)


class Span(NamedTuple):
    """A stretch of a text file: lines and columns from 1, columns in code points, the end exclusive.

    In a notebook `cell` is the number of a cell, from 1, and lines are counted in it; elsewhere it is null.
    """

    line: int
    column: int
    end_line: int
    end_column: int
    cell: int | None = None

    @property
    def order(self) -> tuple[int, int, int]:
        """By what places of one file are sorted."""
        return self.cell or 0, self.line, self.column

    def where(self) -> str:
        """The place where it begins, as a suffix to the path: `:3:7`, or `:cell 2:3:7`."""
        return f":{self.line}:{self.column}" if self.cell is None else f":cell {self.cell}:{self.line}:{self.column}"


class FilePlace(NamedTuple):
    """Where in a file; `source` is the text of the line `span.line`, for the code frame."""

    path: str
    span: Span
    source: str


class RecordPlace(NamedTuple):
    """Which record of a stream, counted from 1."""

    record: int
    request_id: str | None = None

    @property
    def shown_id(self) -> str | None:
        """The id of the request, masked where it is a secret that got into its place."""
        return None if self.request_id is None else shown_value(self.request_id)


class DataPlace(NamedTuple):
    """In stored data: in which source, at what of it (a key in the first place), and in how many requests."""

    source: str
    at: str
    requests: int


class Edit(NamedTuple):
    """Replace `span` of the file at `path` by `text`."""

    path: str
    span: Span
    text: str


class Fix(NamedTuple):
    """Edits that mend a finding; safe ones never change what the program means beyond the mending."""

    safe: bool
    edits: tuple[Edit, ...]


class Related(NamedTuple):
    """Another place in a file that a finding rests on, and what stands there, as the beginning of a sentence."""

    path: str
    span: Span
    message: str

    def sentence(self) -> str:
        """The place and what stands there, as one line of text."""
        return f"{self.path}{self.span.where()}: {self.message}"


@dataclass(frozen=True, slots=True)
class Finding:
    """A violation at a place. `schema` names the property schema that judged it, `related` other places it rests on."""

    violation: Violation
    place: FilePlace | RecordPlace | DataPlace
    schema: str | None = None
    fix: Fix | None = None
    related: tuple[Related, ...] = ()

    def of_severity(self, severity: Severity | None) -> Finding:
        """The same with this severity; itself where that is None."""
        if severity is None or severity is self.violation.severity:
            return self
        return replace(self, violation=replace(self.violation, severity=severity))

    def where(self) -> str:
        """The place as a prefix for one line of text: `file.py:3:7: `, `record 12: ` or `12 requests: `."""
        place = self.place
        if isinstance(place, FilePlace):
            return f"{place.path}{place.span.where()}: "
        if isinstance(place, DataPlace):
            return f"{place.requests:,} {'request' if place.requests == 1 else 'requests'}: "
        return f"record {place.record}: "
