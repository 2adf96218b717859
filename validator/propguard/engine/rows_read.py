"""How far the embedded database has come with a statement: the rows that it has read, for whoever watches."""

from __future__ import annotations

import contextlib
import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

_PAUSE = 0.5
"""Seconds between two questions; what is over by then is not worth one."""

_READ = "SELECT max(read_rows) FROM system.processes WHERE position(query, 'system.processes') = 0"


class RowsRead:
    """Tells `report` the number of a statement, from 0, how many rows it has read by now, and whether it is at its end.

    `open_session` opens another session of the same database, in which it can be asked while it works.
    """

    def __init__(self, report: Callable[[int, int, bool], object], open_session: Callable[[], Any]) -> None:
        self._report, self._open = report, open_session
        self._session: Any = None
        self._number = -1
        self._next = 0.0

    def begin(self) -> None:
        """Another statement begins."""
        self._number += 1
        self._next = time.monotonic() + _PAUSE

    def look(self) -> None:
        """Report, where it is time to; cheap enough to be called all the time."""
        if time.monotonic() < self._next:
            return
        with contextlib.suppress(Exception):  # chDB raises what it likes, and nothing depends on this
            if self._session is None:
                self._session = self._open()
            rows = int(self._session.query(_READ, "TSV").bytes() or b"0")
            if rows:
                self._report(self._number, rows, False)
        self._next = time.monotonic() + _PAUSE

    def end(self, rows: int) -> None:
        """The statement has its answer, for which so many rows were read."""
        self._report(self._number, rows, True)

    def close(self) -> None:
        """End the session."""
        if self._session is not None:
            with contextlib.suppress(Exception):  # as above
                self._session.close()
