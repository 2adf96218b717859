"""Flows: what to do next, decided without input or output, and the two drivers that do it.

A flow is a generator. It yields a Call, and gets the Answer or has the error raised in it; or it yields a Wait. What sync
and async clients have in common is in flows; the drivers differ in nothing but their awaits.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Generator
from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from propguard.errors import HeliconeError
from propguard.helicone.protocol import Answer, Call

if TYPE_CHECKING:
    from propguard.helicone.session import AsyncSession, Session


class Wait(NamedTuple):
    """Do nothing for so many seconds."""

    seconds: float


Result = TypeVar("Result")
Flow = Generator[Call | Wait, Answer | None, Result]


class Clock:
    """Time as a client sees it: what tests put another in the place of."""

    def monotonic(self) -> float:
        """Seconds that only ever grow."""
        return time.monotonic()

    def now(self) -> datetime:
        """The time of day, in UTC."""
        return datetime.now(UTC)

    def jitter(self) -> float:
        """Something from 0 to 1, so that many clients do not ask again at the same moment."""
        return random.random()  # noqa: S311  # nobody is kept out by it

    def sleep(self, seconds: float) -> None:
        time.sleep(seconds)

    async def sleep_async(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


def drive(flow: Flow[Result], session: Session, clock: Clock) -> Result:
    """What `flow` returns, after everything that it asks for was done."""
    outcome: Answer | HeliconeError | None = None
    with closing(flow):
        while True:
            try:
                step = _resumed(flow, outcome)
            except StopIteration as done:
                return done.value  # type: ignore[no-any-return]  # a generator's value has no type there
            if isinstance(step, Wait):
                clock.sleep(step.seconds)
                outcome = None
                continue
            try:
                outcome = session.send(step)
            except HeliconeError as error:
                outcome = error


async def drive_async(flow: Flow[Result], session: AsyncSession, clock: Clock) -> Result:
    """As `drive`."""
    outcome: Answer | HeliconeError | None = None
    with closing(flow):
        while True:
            try:
                step = _resumed(flow, outcome)
            except StopIteration as done:
                return done.value  # type: ignore[no-any-return]  # as above
            if isinstance(step, Wait):
                await clock.sleep_async(step.seconds)
                outcome = None
                continue
            try:
                outcome = await session.send(step)
            except HeliconeError as error:
                outcome = error


def _resumed(flow: Flow[Result], outcome: Answer | HeliconeError | None) -> Call | Wait:
    return flow.throw(outcome) if isinstance(outcome, HeliconeError) else flow.send(outcome)
