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
    """A bar on standard error while a `with` block runs: only on a terminal, only after a while, never in CI."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stderr
        self._next = time.monotonic() + _PATIENCE if _is_watched(self._stream) else float("inf")
        self._is_shown = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._is_shown:
            self._write(_ERASE)

    def advance(self, done: int, total: int) -> None:
        """Say that `done` of `total` files are looked at; cheap enough to be called for every one."""
        now = time.monotonic()
        if now < self._next:
            return
        self._next = now + _PAUSE
        self._is_shown = True
        share = min(1.0, done / total) if total else 1.0
        full = int(share * _WIDTH)
        self._write(f"{_ERASE}{'━' * full}{'╌' * (_WIDTH - full)} {share:4.0%}  {done:,} of {total:,} files")

    def _write(self, text: str) -> None:
        try:
            self._stream.write(text)
            self._stream.flush()
        except (OSError, ValueError):  # nobody looks any more
            self._next = float("inf")


def _is_watched(stream: TextIO) -> bool:
    return stream.isatty() and not os.environ.get("CI") and os.environ.get("TERM", "dumb") != "dumb"
