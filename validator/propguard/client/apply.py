"""The rows of a file, written to the platform until each is written or it is known why not."""

from __future__ import annotations

import asyncio
import random
import time
from typing import TYPE_CHECKING, NamedTuple, Protocol

from propguard.client.journal import Outcome
from propguard.client.pace import PATIENCE, Pace
from propguard.client.schedule import Schedule
from propguard.client.together import together
from propguard.client.turns import SPACING
from propguard.errors import RateLimited, RequestNotFound, Unreachable, WriteRefused
from propguard.helicone.protocol import property_write, rate_limit, read_write

if TYPE_CHECKING:
    from collections.abc import Callable

    from propguard.client.journal import Journal
    from propguard.client.plan import Plan
    from propguard.client.schedule import Row
    from propguard.helicone.protocol import Answer, Call
    from propguard.helicone.session import AsyncSession

_MOST_ATTEMPTS = 8
_GROWTH = 1.5  # gentle, as what fails alone is soon done; an outage is the pace's business
_LONGEST_PAUSE = 30.0
_IDLE = 0.02
_COMMIT_EVERY = 0.2
_FIRST_PAUSE = 1.0
_ROUNDS_OF_READING_BACK = 4
_ALL_REFUSED = 20
"""Refusals without a single write before them, after which it is not the rows that are wrong."""


class Sender(Protocol):
    """Carries calls to the platform."""

    async def send(self, call: Call) -> Answer:
        """The answer. Raises Unreachable where there is none."""


class Options(NamedTuple):
    """How rows are applied: calls at once, seconds for a request to be found, whether writes are read back."""

    concurrency: int = 8
    ingestion_timeout: float = 10.0
    verify: bool = False


def apply(
    plan: Plan,
    journal: Journal,
    session: AsyncSession,
    options: Options,
    writes: int,
    advance: Callable[[int, int], None],
) -> None:
    """What `Run.apply` does, in an event loop of its own; the session is closed afterwards."""

    async def run() -> None:
        async with session:
            await Run(plan, journal, session, options, writes, advance).apply()

    asyncio.run(run())


class Run:
    """One run over the rows of `plan`, which `journal` remembers.

    `advance` is told how many rows are settled, of how many.
    """

    def __init__(
        self,
        plan: Plan,
        journal: Journal,
        session: Sender,
        options: Options,
        writes: int,
        advance: Callable[[int, int], None],
    ) -> None:
        self._plan = plan
        self._journal = journal
        self._session = session
        self._options = options
        self._writes = writes
        self._advance = advance
        self._pace = Pace(options.concurrency, time.monotonic())
        self._settled = self._written = self._refused = self._parked = 0
        self._committed = time.monotonic()

    async def apply(self) -> None:
        """Every row is written, verified where that was asked for, or the plan says why not.

        Raises AuthenticationFailed, and Unreachable or RateLimited where the platform is silent for too long; rows are
        then left to be written. Whatever ends it, what was written is in the journal.
        """
        try:
            if self._journal.is_continued and self._writes:
                await asyncio.sleep(SPACING)  # the run before may have written to the same requests a moment ago
            await self._write_all()
            if self._options.verify:
                await self._verify()
        finally:
            self._journal.commit()

    async def _write_all(self) -> None:
        """One pass over all that is to be written, then passes over what was not found, until the deadline."""
        await self._pass()
        deadline, pause = time.monotonic() + self._options.ingestion_timeout, _FIRST_PAUSE
        while self._parked:
            left = deadline - time.monotonic()
            if left <= 0:
                self._plan.give_up_parked()
                return
            await asyncio.sleep(min(pause, left))
            pause = min(2 * pause, _LONGEST_PAUSE)
            await self._pass()

    async def _pass(self) -> None:
        """Every row that is not written yet is tried until it is settled or parked."""
        self._parked = 0
        if self._plan.begin_pass():
            schedule = Schedule(self._plan)
            await together([self._work(schedule) for _ in range(self._options.concurrency)])

    async def _work(self, schedule: Schedule) -> None:
        """One of the writers: takes rows as long as there are any."""
        pace = self._pace
        while True:
            now = time.monotonic()
            wait = pace.wait(now)
            row = None if wait else schedule.take(now)
            if row is not None:
                pace.begin(now)
                await self._write(row, schedule)
            elif schedule.is_finished:
                return
            else:
                await self._idle(max(wait, 0.0 if wait else schedule.wakes_at() - now))

    async def _idle(self, seconds: float) -> None:
        """Wait for what comes next, but not so long that somebody else's work would go unseen."""
        if self._pace.silence(time.monotonic()) > PATIENCE:
            raise Unreachable(
                f"the platform has let nothing through for {PATIENCE / 60:.0f} minutes; run again to continue where this run ended"
            )
        self._commit_now_and_then()
        await asyncio.sleep(min(max(seconds, 0.001), _IDLE))

    async def _write(self, row: Row, schedule: Schedule) -> None:
        """Send one row, and give it back to the schedule as what the answer makes of it."""
        request_id, key, value = self._plan.write_of(row)
        try:
            answer = await self._session.send(property_write(request_id, key, value))
            self._pace.heard(rate_limit(answer))
            read_write(answer, request_id)
        except RequestNotFound as error:
            self._pace.answered(time.monotonic())
            self._parked += 1
            self._plan.settle(row, Outcome.PARKED, str(error))
            schedule.set_aside()
        except RateLimited as error:
            now = time.monotonic()
            self._pace.refused(now, error.retry_after)
            schedule.postponed(row, now, 0.0)
        except WriteRefused as error:
            self._pace.answered(time.monotonic())
            self._settle(row, schedule, Outcome.REFUSED, str(error))
            self._refused += 1
            if self._refused >= _ALL_REFUSED and not self._written:
                raise
        except Unreachable as error:
            self._try_again(row, schedule, str(error))
        else:
            self._pace.answered(time.monotonic())
            self._written += 1
            self._journal.keep(row, Outcome.WRITTEN)
            self._settle(row, schedule, Outcome.WRITTEN)
        self._commit_now_and_then()

    def _try_again(self, row: Row, schedule: Schedule, error: str) -> None:
        """Later each time, and not for ever. The row may have been written, so the spacing is kept."""
        now = time.monotonic()
        self._pace.unanswered(now)
        row = row._replace(attempts=row.attempts + 1)
        if row.attempts >= _MOST_ATTEMPTS:
            self._settle(row, schedule, Outcome.FAILED, f"tried {row.attempts} times: {error}")
            return
        backoff = SPACING * _GROWTH ** (row.attempts - 1)
        schedule.postponed(row, now, backoff * random.uniform(1.0, 1.2))  # noqa: S311  # so that not all come back at once

    def _settle(self, row: Row, schedule: Schedule, outcome: Outcome, error: str | None = None) -> None:
        self._plan.settle(row, outcome, error)
        schedule.settled(row, time.monotonic())
        self._settled += 1
        self._advance(self._settled, self._writes)

    def _commit_now_and_then(self) -> None:
        now = time.monotonic()
        if now - self._committed > _COMMIT_EVERY:
            self._committed = now
            self._journal.commit()

    async def _verify(self) -> None:
        """Read back what was written and write again what was lost, a few times over."""
        from propguard.client.reading_back import ReadingBack

        for round_number in range(1, _ROUNDS_OF_READING_BACK + 1):
            reading = ReadingBack(
                self._plan,
                self._journal,
                self._session,
                self._pace,
                concurrency=self._options.concurrency,
                is_last=round_number == _ROUNDS_OF_READING_BACK,
            )
            if round_number > 1:
                await asyncio.sleep(SPACING * round_number)
            await reading.run()
            if reading.is_done:
                return
            self._writes += reading.lost
            await self._write_all()
