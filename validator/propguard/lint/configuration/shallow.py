"""YAML that its grammar can read: its scanner counts levels of indentation, and ends the whole process at the 255th."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from propguard.lint.derived import Derived, Run

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from propguard.lint.source import Source

_WIDEST = 100
"""The column up to which a level may begin; two may begin at each, and some at none."""

_HIDDEN = {b"-": "\ue001".encode(), b"?": "\ue002".encode(), b":": "\ue003".encode()}
"""What stands for the marks by which levels begin, where they stand too far to the right to be any."""

_BEGINNING = re.compile(rb"(?<!\S)[-?:](?!\S)")


def shallow(source: Source) -> Source:
    """A text in which no level begins far to the right; such marks there are hidden, such indentation is cut."""
    runs, at, data = [], 0, source.data
    for start, end in _wide_lines(data):
        indentation = end - start - len(data[start:end].lstrip(b" \t"))
        runs.append(Run(data[at : start + min(indentation, _WIDEST)], at, start + min(indentation, _WIDEST)))
        at = start + max(indentation, min(indentation, _WIDEST))
        for mark in _BEGINNING.finditer(data, max(at, start + _WIDEST), end):
            runs.append(Run(data[at : mark.start()], at, mark.start()))
            runs.append(Run(_HIDDEN[mark[0]], mark.start(), mark.end()))
            at = mark.end()
    return Derived(source, [*runs, Run(data[at:], at, len(data))]) if runs else source


def shown(runs: Iterable[Run]) -> list[Run]:
    """`runs` with the marks that are hidden in them."""
    return [run._replace(data=_with_marks(run.data)) if b"\xee\x80" in run.data else run for run in runs]


def _with_marks(data: bytes) -> bytes:
    for mark, hidden in _HIDDEN.items():
        data = data.replace(hidden, mark)
    return data


def _wide_lines(data: bytes) -> Iterator[tuple[int, int]]:
    """Where the lines that go beyond the column begin and end."""
    start = 0
    while start < len(data):
        found = data.find(b"\n", start)
        end = len(data) if found < 0 else found
        if end - start > _WIDEST:
            yield start, end
        start = end + 1
