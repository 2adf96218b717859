"""Which row is written next, and when: in order and spaced within a request, at once and in any number between requests.

No input or output: the rows come from a `Rows`, the time from the caller.
"""

from __future__ import annotations

import heapq
from typing import TYPE_CHECKING, NamedTuple, Protocol

from propguard.client.turns import SPACING

if TYPE_CHECKING:
    from collections.abc import Iterator

_MOST_BEGUN = 4096
"""Requests with a write behind them and another one ahead: what bounds memory. Spaced, they are 3,700 writes a second."""


class Row(NamedTuple):
    """A row that is to be written: where it stands in the file, whom it is for, and how often it has been tried."""

    number: int
    offset: int
    length: int
    request: int
    target: int
    digest: bytes
    occurrence: int
    sent: str | None
    left: int
    """How many rows of its request follow."""
    attempts: int = 0


class Rows(Protocol):
    """The rows that are to be written."""

    def first_rows(self) -> Iterator[Row]:
        """The first row of every request."""

    def following(self, row: Row) -> Row | None:
        """The next row of its request; null where it was the last one."""


class Schedule:
    """Hands out rows: of one request never two at a time, and the next one `spacing` seconds after the answer to the last.

    A row that has to wait holds nothing up: whoever asks gets one that may be written now. What is due of a request that
    was begun goes before requests that were not, so that the longest ones are under way all the time.
    """

    def __init__(self, rows: Rows, *, spacing: float = SPACING, most_begun: int = _MOST_BEGUN) -> None:
        self._rows = rows
        self._fresh = rows.first_rows()
        self._is_fresh_left = True
        self._spacing = spacing
        self._most_begun = most_begun
        self._waiting: list[tuple[float, int, Row]] = []
        self._in_flight = 0

    @property
    def begun(self) -> int:
        """How many requests are held in memory."""
        return len(self._waiting) + self._in_flight

    @property
    def is_finished(self) -> bool:
        """Whether no row is left, neither in hand nor to come."""
        return not (self._waiting or self._in_flight or self._is_fresh_left)

    def take(self, now: float) -> Row | None:
        """A row that is to be written now, and given back by one of the other methods; null where all have to wait."""
        if self._waiting and self._waiting[0][0] <= now:
            row = heapq.heappop(self._waiting)[2]
        else:
            fresh = next(self._fresh, None) if self._is_fresh_left and self.begun < self._most_begun else None
            if fresh is None:
                self._is_fresh_left = self._is_fresh_left and self.begun >= self._most_begun
                return None
            row = fresh
        self._in_flight += 1
        return row

    def wakes_at(self) -> float:
        """When a row that waits may be written at the earliest; infinite where none does."""
        return self._waiting[0][0] if self._waiting else float("inf")

    def settled(self, row: Row, now: float) -> None:
        """The row needs nothing more; the next one of its request follows."""
        self._in_flight -= 1
        following = self._rows.following(row) if row.left else None
        if following is not None:
            heapq.heappush(self._waiting, (now + self._spacing, following.number, following))

    def postponed(self, row: Row, now: float, seconds: float) -> None:
        """The row is to be tried again after `seconds`, or after the spacing where it may have been written."""
        self._in_flight -= 1
        heapq.heappush(self._waiting, (now + seconds, row.number, row))

    def set_aside(self) -> None:
        """A row was taken, and neither it nor what follows it in its request is handed out any more."""
        self._in_flight -= 1
