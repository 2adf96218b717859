"""Reading stored requests: newest first, window by window, each request once, and no emptiness believed at once.

The platform answers as if there were nothing when a query fails or takes too long. So the time is walked in windows, an
empty one is asked for again in halves, and where the two disagree the halves are walked instead, and windows grow no
longer than that. Where even one second disagrees, that is an error.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from propguard.errors import NotVerified, Unreachable
from propguard.helicone.filters import Created, bounds, compiled, holds, identified, leaves
from propguard.helicone.protocol import MOST_ROWS, read_requests, request_query
from propguard.helicone.retries import asked
from propguard.helicone.times import BEGINNING, ceiling, floor

if TYPE_CHECKING:
    from collections.abc import Iterable

    from propguard.helicone.filters import Filter
    from propguard.helicone.flow import Clock, Flow
    from propguard.helicone.protocol import Answer
    from propguard.helicone.stored_request import StoredRequest

_SECOND = timedelta(seconds=1)
_FIRST_SPAN = timedelta(hours=1)
_LONGEST_SPAN = timedelta(days=366)
_SHORTEST_DOUBTED = timedelta(hours=1)
_AHEAD = timedelta(minutes=5)  # the platform shows requests of clocks that are as much ahead
_SLOW = 20.0
"""Seconds; an empty answer that took longer may be a query that was given up."""
_FIRST_PAGE = 200
_CHUNK = 100
_LARGE, _SMALL = 16 << 20, 4 << 20  # bytes of an answer; a page may hold the bodies of its requests


class _Page(NamedTuple):
    """Rows, newest first; whether there may be more of them, whether they took long, and how many bytes they came in."""

    rows: list[StoredRequest]
    full: bool
    slow: bool
    size: int


class Walk:
    """Goes through the requests that fit `where` from `until` back to `since`; `batch` gives some more of them."""

    def __init__(self, where: Filter | None, since: datetime | None, until: datetime | None, clock: Clock) -> None:
        self._where = where
        self._clock = clock
        self._is_about_properties = where is not None and any(not isinstance(leaf, Created) for leaf in leaves(where))
        start, end = (None, None) if where is None else bounds(where)
        self._since, self._until = since, until
        lower = [floor(at) for at in (since, start) if at is not None]
        upper = [ceiling(at) for at in (until, end) if at is not None]
        self._start = max(lower, default=BEGINNING)
        self._end = min([*upper, ceiling(clock.now() + _AHEAD)])
        self._span = _FIRST_SPAN
        self._trusted = _LONGEST_SPAN
        self._limit = _FIRST_PAGE
        self._windows: list[tuple[datetime, datetime]] = []

    @property
    def start(self) -> datetime:
        """Where it ends: nothing before is asked for."""
        return self._start

    @property
    def position(self) -> datetime:
        """Everything that is not before it has been given, or was said to be not verified."""
        return self._windows[-1][1] if self._windows else max(self._end, self._start)

    def batch(self) -> Flow[list[StoredRequest] | None]:
        """The next requests, at least one; null when there are no more.

        Raises Unreachable where the platform's answers contradict each other; after NotVerified the walk can go on.
        """
        while True:
            if not self._windows:
                if self._end <= self._start:
                    return None
                begin = max(self._start, self._end - min(self._span, self._end - self._start))
                self._windows.append((begin, self._end))
                self._end = begin
            begin, end = self._windows.pop()
            page = yield from self._page(begin, end)
            if not page.rows:
                yield from self._doubt(begin, end, slow=page.slow)
                continue
            taken = yield from self._taken(begin, end, page)
            fitting = self._fitting(taken)
            if self._is_about_properties:
                fitting = yield from self._current(fitting)
            if fitting:
                return fitting

    def _page(self, begin: datetime, end: datetime, *, offset: int = 0, limit: int | None = None) -> Flow[_Page]:
        """The rows of a window from `offset` on."""
        window: Filter = Created("gte", begin) & Created("lt", end)
        node = compiled(window if self._where is None else window & self._where)
        limit = limit or self._limit
        started = self._clock.monotonic()
        call = request_query(node, offset=offset, limit=limit, newest_first=True)
        rows, size = yield from asked(call, _read, self._clock)
        slow = self._clock.monotonic() - started > _SLOW
        inside = [row for row in rows if begin <= row.created_at < end]
        if rows and not inside:
            raise Unreachable("the platform answered with requests of another time than was asked for")
        page = _Page(sorted(inside, key=lambda row: row.created_at, reverse=True), len(rows) >= limit, slow, size)
        self._fit_limit(page)
        return page

    def _fit_limit(self, page: _Page) -> None:
        """Pages are as large as the memory for what comes with them allows."""
        if page.size > _LARGE:
            self._limit = max(10, self._limit // 2)
        elif page.size < _SMALL and page.full:
            self._limit = min(MOST_ROWS, self._limit * 2)

    def _taken(self, begin: datetime, end: datetime, page: _Page) -> Flow[list[StoredRequest]]:
        """The requests of a page of which all versions are there; what was before them is left to be walked.

        Pages follow each other by time and not by number, so that whoever changes requests while walking over them
        misses none.
        """
        self._trusted = max(self._trusted, end - begin)
        if page.full:
            self._span = max(self._span / 2, _SECOND)
        else:
            self._grow()
        last = floor(page.rows[-1].created_at)
        complete = [row for row in page.rows if row.created_at >= last + _SECOND]
        if complete:
            self._windows.append((begin, last + _SECOND))
            return complete
        if last > begin:
            self._windows.append((begin, last))
        return (yield from self._whole_second(last, page))

    def _whole_second(self, second: datetime, page: _Page) -> Flow[list[StoredRequest]]:
        """Everything of one second, of which `page` is the beginning.

        Rows of the same moment may come in another order each time, so that as many as possible are asked for at once.
        """
        found = [] if page.full else page.rows
        limit = MOST_ROWS if page.size < _SMALL else self._limit
        while True:
            more = yield from self._page(second, second + _SECOND, offset=len(found), limit=limit)
            if not more.rows and len(found) >= limit:  # a full page, and then nothing: asked for otherwise
                more = yield from self._page(second, second + _SECOND, offset=len(found), limit=1)
            if not more.rows:
                return found
            found = found + more.rows

    def _doubt(self, begin: datetime, end: datetime, *, slow: bool) -> Flow[None]:
        """Return when nothing is in a window that came back empty, or its halves are left to be walked."""
        if slow and end - begin <= _SHORTEST_DOUBTED:
            raise NotVerified(
                "the platform takes so long to answer that nothing cannot be told from a query that was given up; ask again later",
                begin,
                end,
            )
        if end - begin <= _SECOND:
            yield from self._doubt_second(begin, end)
            return
        middle = floor(begin + (end - begin) / 2)
        halves = [(begin, middle), (middle, end)]
        if not slow:
            if (yield from self._are_empty(halves)):
                self._grow()
                return
            again = yield from self._page(begin, end)
            if again.rows:  # somebody stored them meanwhile, or what failed has passed
                self._windows.append((begin, end))
                return
        self._trusted = self._span = max((end - begin) / 2, _SECOND)
        self._windows += halves

    def _are_empty(self, windows: list[tuple[datetime, datetime]]) -> Flow[bool]:
        for begin, end in windows:
            page = yield from self._page(begin, end)
            if page.rows or page.slow:
                return False
        return True

    def _grow(self) -> None:
        """Windows become longer, but their halves no longer than what the platform has shown itself able to answer."""
        self._span = min(self._span * 2, self._trusted * 2, _LONGEST_SPAN)

    def _doubt_second(self, begin: datetime, end: datetime) -> Flow[None]:
        """A second has no halves; it is asked for together with the one before it."""
        page = yield from self._page(begin - _SECOND, end)
        if any(row.created_at >= begin for row in page.rows):
            again = yield from self._page(begin, end)
            if not again.rows:
                raise NotVerified(
                    "the platform contradicts itself: it shows requests of a second, and none when asked for that second alone",
                    begin,
                    end,
                )
            self._windows.append((begin, end))

    def _current(self, requests: list[StoredRequest]) -> Flow[list[StoredRequest]]:
        """Those of `requests` that still fit.

        The platform compares every version, so that a request may be found by what it was before it was changed.
        """
        current: list[StoredRequest] = []
        chunks = [requests[start : start + _CHUNK] for start in range(0, len(requests), _CHUNK)][::-1]
        while chunks:
            chunk = chunks.pop()
            rows = yield from self._versions(chunk)
            if {row.request_id for row in rows} >= {request.request_id for request in chunk}:
                current += self._fitting(rows)
            elif len(chunk) == 1:
                raise Unreachable(
                    "the platform contradicts itself: it shows a request, and nothing when asked for that request alone"
                )
            else:
                middle = len(chunk) // 2
                chunks += [chunk[middle:], chunk[:middle]]
        return current

    def _versions(self, requests: list[StoredRequest]) -> Flow[list[StoredRequest]]:
        """All versions of `requests`."""
        times = [floor(request.created_at) for request in requests]
        node = identified([request.request_id for request in requests], min(times), max(times) + _SECOND)
        found: list[StoredRequest] = []
        while True:
            call = request_query(node, offset=len(found), limit=MOST_ROWS, newest_first=True)
            rows, _ = yield from asked(call, _read, self._clock)
            found += rows
            if len(rows) < MOST_ROWS:
                return found

    def _fitting(self, rows: Iterable[StoredRequest]) -> list[StoredRequest]:
        """Each request once, in its newest version, where that fits."""
        newest: dict[str, StoredRequest] = {}
        for row in rows:
            known = newest.get(row.request_id)
            if known is None or row.updated_at > known.updated_at:
                newest[row.request_id] = row
        return [row for row in newest.values() if self._fits(row)]

    def _fits(self, row: StoredRequest) -> bool:
        return (
            (self._since is None or row.created_at >= self._since)
            and (self._until is None or row.created_at < self._until)
            and (self._where is None or holds(self._where, row))
        )


def _read(answer: Answer) -> tuple[list[StoredRequest], int]:
    return read_requests(answer), len(answer.body)
