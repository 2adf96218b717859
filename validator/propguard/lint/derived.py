"""Text that is made of parts of another text, such as code within a string, with the way back to every byte of it."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from propguard.lint.source import Source

if TYPE_CHECKING:
    from collections.abc import Iterable

    from propguard.model.finding import Span


class Run(NamedTuple):
    """What the bytes from `start` up to `end` of a text mean: themselves, or what an escape stands for."""

    data: bytes
    start: int
    end: int


class Derived(Source):
    """A text whose places are those of `base`, the text that it was taken from."""

    __slots__ = ("_at", "_runs", "base")

    def __init__(self, base: Source, runs: Iterable[Run]) -> None:
        self.base = base
        self._runs = [run for run in runs if run.data] or [Run(b"", 0, 0)]
        self._at = [0]
        for run in self._runs:
            self._at.append(self._at[-1] + len(run.data))
        super().__init__(base.path, b"".join(run.data for run in self._runs))

    def origin(self, offset: int) -> int:
        return self.base.origin(self.stretch(offset, offset)[0])

    def span(self, start: int, end: int) -> Span:
        return self.base.span(*self.stretch(start, end))

    def home(self, start: int, end: int) -> tuple[Source, int, int]:
        return self.base.home(*self.stretch(start, end))

    def verbatim(self, start: int, end: int) -> Span | None:
        first, last = self.stretch(start, end)
        return self.base.verbatim(first, last) if self.base.data[first:last] == self.data[start:end] else None

    def stretch(self, start: int, end: int) -> tuple[int, int]:
        """The bytes of `base` that those from `start` up to `end` were taken from."""
        run, at = self._run_at(start)
        if not self._is_byte_for_byte(run):
            first = run.end if start >= at + len(run.data) else run.start
        else:
            first = run.start + start - at
        if end <= start:
            return first, first
        run, at = self._run_at(end - 1)
        last = run.start + end - at if self._is_byte_for_byte(run) else run.end
        return first, max(first, last)

    def _run_at(self, offset: int) -> tuple[Run, int]:
        """The run in which a byte stands, and where the run begins; the last one for the end of the text."""
        number = min(bisect_right(self._at, offset), len(self._runs)) - 1
        return self._runs[number], self._at[number]

    def _is_byte_for_byte(self, run: Run) -> bool:
        return len(run.data) == run.end - run.start
