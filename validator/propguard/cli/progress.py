"""How far a long run has come, on a terminal that somebody looks at; it is gone when the run ends."""

from __future__ import annotations

import os
import sys
import time
from typing import TYPE_CHECKING, Self, TextIO

if TYPE_CHECKING:
    from types import TracebackType

_PATIENCE = 1.0
"""Seconds before which nothing is shown: what is over by then was not long."""

_PAUSE = 0.1
_WIDTH = 24
_ERASE = "\r\x1b[K"


class Progress:
    """A bar on standard error while a `with` block runs: only on a terminal, only after a while, never in CI.

    `unit` is what is counted. What goes on for hours is `timed`: how many a second, and how long it will still take.
    """

    def __init__(self, stream: TextIO | None = None, *, unit: str = "files", timed: bool = False) -> None:
        self._stream = stream or sys.stderr
        self.unit = unit
        self._begin = time.monotonic() if timed else None
        self._next = time.monotonic() + _PATIENCE if _is_watched(self._stream) else float("inf")
        self._is_shown = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.hide()

    @property
    def is_watched(self) -> bool:
        """Whether anything is shown, be it later."""
        return self._next < float("inf")

    def hide(self) -> None:
        """Take the line away until there is something new to report."""
        if self._is_shown:
            self._is_shown = False
            self._write(_ERASE)

    def count(self, done: int) -> None:
        """Say that `done` are done, of nobody knows how many."""
        now = time.monotonic()
        if self._is_due(now):
            rate = 0.0 if self._begin is None else done / (now - self._begin)
            self._write(f"{_ERASE}{done:,} {self.unit}" + (f", {rate:,.1f}/s" if rate else ""))

    def advance(self, done: int, total: int) -> None:
        """Say that `done` of `total` are done; cheap enough to be called for every one."""
        now = time.monotonic()
        if not self._is_due(now):
            return
        share = min(1.0, done / total) if total else 1.0
        full = int(share * _WIDTH)
        pace = "" if self._begin is None else _pace(done, total, now - self._begin)
        self._write(
            f"{_ERASE}{'━' * full}{'╌' * (_WIDTH - full)} {share:4.0%}  {done:,} of {total:,} {self.unit}{pace}"
        )

    def _is_due(self, now: float) -> bool:
        """Whether it is time to show something new, which is then shown."""
        if now < self._next:
            return False
        self._next = now + _PAUSE
        self._is_shown = True
        return True

    def _write(self, text: str) -> None:
        try:
            self._stream.write(text)
            self._stream.flush()
        except (OSError, ValueError):  # nobody looks any more
            self._next = float("inf")


def _pace(done: int, total: int, seconds: float) -> str:
    """How many a second so far, and how long the rest takes at that rate."""
    rate = done / seconds if seconds > 0 else 0.0
    return f", {rate:,.1f}/s, {duration((total - done) / rate)} left" if rate else ""


def duration(seconds: float) -> str:
    """A time to wait, in the two largest units: `2 d 3 h`, `1 h 5 min`, `4 min 10 s`, `7 s`."""
    left = max(0, round(seconds))
    parts: list[str] = []
    for length, name in ((86400, "d"), (3600, "h"), (60, "min"), (1, "s")):
        number, left = divmod(left, length)
        if number or parts or length == 1:
            parts.append(f"{number} {name}")
    return " ".join(parts[:2])


def _is_watched(stream: TextIO) -> bool:
    return stream.isatty() and not os.environ.get("CI") and os.environ.get("TERM", "dumb") != "dumb"
