"""What was written, read back from the platform and compared, so that what it has lost is written again."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from propguard.client.journal import Outcome
from propguard.client.together import together
from propguard.client.turns import SPACING
from propguard.client.versions import AGES, keep_newest, stored_value, versions_query
from propguard.errors import RateLimited, Unreachable
from propguard.helicone.protocol import MOST_ROWS, rate_limit, read_requests

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from datetime import timedelta

    from propguard.client.apply import Sender
    from propguard.client.journal import Journal
    from propguard.client.pace import Pace
    from propguard.client.plan import Plan
    from propguard.client.schedule import Row
    from propguard.helicone.protocol import Call
    from propguard.helicone.stored_request import StoredRequest

_REQUESTS_AT_ONCE = 100  # each write made a version of its request, and the platform may give all of them
_PROPERTIES_AT_ONCE = 1000
_MOST_PAGES = 50
_MOST_ATTEMPTS = 6
_READS = 2
_AT_ONCE = 4  # a query costs the platform more than a write does


class ReadingBack:
    """Compares what was written and is not verified yet with what the platform holds.

    After `run`, what it holds as asked is verified, and what it holds otherwise is to be written again; where it `is_last`,
    such a row has failed. What could not be read stays as it is.
    """

    def __init__(
        self, plan: Plan, journal: Journal, session: Sender, pace: Pace, *, concurrency: int, is_last: bool
    ) -> None:
        self._plan = plan
        self._journal = journal
        self._session = session
        self._pace = pace
        self._workers = min(concurrency, _AT_ONCE)
        self._is_last = is_last
        self.lost = 0
        self.unseen = 0

    @property
    def is_done(self) -> bool:
        """Whether everything was as asked, or nothing more is done about it."""
        return self._is_last or not (self.lost or self.unseen)

    async def run(self) -> None:
        """Read back everything once."""
        if self._plan.begin_reading_back():
            batches = self._batches()
            await together([self._work(batches) for _ in range(self._workers)])

    async def _work(self, batches: Iterator[dict[str, list[Row]]]) -> None:
        for batch in batches:
            try:
                stored = await self._stored(list(batch))
            except (Unreachable, RateLimited) as error:
                self._miss(batch, str(error))
            else:
                self._compare(batch, stored)
            self._journal.commit()

    def _batches(self) -> Iterator[dict[str, list[Row]]]:
        """Rows by request id, some hundred at a time."""
        batch: dict[str, list[Row]] = {}
        size = 0
        for row in self._plan.told_rows():
            request_id = self._plan.write_of(row)[0].lower()
            if request_id not in batch and (len(batch) >= _REQUESTS_AT_ONCE or size >= _PROPERTIES_AT_ONCE):
                yield batch
                batch, size = {}, 0
            batch.setdefault(request_id, []).append(row)
            size += 1
        if batch:
            yield batch

    async def _stored(self, request_ids: list[str]) -> dict[str, list[StoredRequest]]:
        """The newest version of each request, all of them where several tie; what the platform does not show is missing.

        A page may be short without being the last one, and an empty one may hide a failure, so that what is missing is
        asked for again.
        """
        found: dict[str, list[StoredRequest]] = {}
        for attempt in range(_READS):
            if attempt:
                await asyncio.sleep(SPACING * attempt)
            for age in AGES:
                missing = [request_id for request_id in request_ids if request_id not in found]
                if not missing:
                    return found
                async for request in self._versions(missing, age):
                    keep_newest(found.setdefault(request.request_id.lower(), []), request)
        return found

    async def _versions(self, request_ids: list[str], age: timedelta | None) -> AsyncIterator[StoredRequest]:
        now = datetime.now(UTC)
        for number in range(_MOST_PAGES):
            page = await self._page(versions_query(request_ids, now, age, offset=number * MOST_ROWS, limit=MOST_ROWS))
            if not page:
                return
            for request in page:
                yield request

    async def _page(self, query: Call) -> list[StoredRequest]:
        """One page of requests, asked for again where the platform fails. Raises Unreachable or RateLimited."""
        for attempt in range(1, _MOST_ATTEMPTS + 1):
            while wait := self._pace.wait(time.monotonic()):
                await asyncio.sleep(wait)
            self._pace.begin(time.monotonic())
            try:
                answer = await self._session.send(query)
                self._pace.heard(rate_limit(answer))
                page = read_requests(answer)
            except RateLimited as error:
                self._pace.refused(time.monotonic(), error.retry_after)
                if attempt == _MOST_ATTEMPTS:
                    raise
            except Unreachable:
                self._pace.unanswered(time.monotonic())
                if attempt == _MOST_ATTEMPTS:
                    raise
                await asyncio.sleep(min(2.0**attempt, 10.0) / 4)
            else:
                self._pace.answered(time.monotonic())
                return page
        raise AssertionError("the last attempt returns or raises")

    def _compare(self, batch: dict[str, list[Row]], stored: dict[str, list[StoredRequest]]) -> None:
        for request_id, rows in batch.items():
            newest = stored.get(request_id)
            if not newest:
                self._miss({request_id: rows}, "the platform does not show the request")
                continue
            for row in rows:
                _, key, value = self._plan.write_of(row)
                if all(stored_value(request, key) == value for request in newest):
                    self._verified(row)
                else:
                    self._lost(row)

    def _verified(self, row: Row) -> None:
        """With the last value that was written for a property, those before it are done, too."""
        for done in (*self._plan.earlier_rows(row), row):
            self._journal.keep(done, Outcome.VERIFIED)
            self._plan.settle(done, Outcome.VERIFIED)

    def _lost(self, row: Row) -> None:
        self.lost += 1
        self._journal.keep(row, Outcome.PENDING)
        if self._is_last:
            self._plan.settle(row, Outcome.FAILED, "it was written more than once, and the platform lost it each time")
        else:
            self._plan.settle(row, Outcome.PENDING)

    def _miss(self, batch: dict[str, list[Row]], error: str) -> None:
        """The rows stay written; whether the platform holds them is not known."""
        for rows in batch.values():
            self.unseen += len(rows)
            for row in rows:
                self._plan.settle(row, Outcome.WRITTEN, f"written, but it could not be read back: {error}")
