"""How often, and after how long, the platform is asked again."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, TypeVar

from propguard.errors import HeliconeError, RateLimited, Unreachable
from propguard.helicone.flow import Wait

if TYPE_CHECKING:
    from collections.abc import Callable

    from propguard.helicone.flow import Clock, Flow
    from propguard.helicone.protocol import Answer, Call

Result = TypeVar("Result")

MOST_ATTEMPTS = 6
MOST_SECONDS = 90.0
"""From the first attempt; what the platform wants to be waited for longer is raised, with how long that is."""

_FIRST, _LONGEST = 0.4, 10.0
_LOGGER = logging.getLogger("propguard")


class Retries:
    """The attempts of one call, from when this was made.

    What is retried must do no harm when it is done twice; a property that is written twice is written.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._started = clock.monotonic()
        self._failures = 0
        self._misses = 0

    def after(self, error: HeliconeError) -> float:
        """The seconds to wait before the next attempt. Raises `error` where another would not help, or it is enough."""
        self._failures += 1
        if not isinstance(error, RateLimited | Unreachable) or self._failures >= MOST_ATTEMPTS:
            raise error
        delay = self._backoff(self._failures)
        if isinstance(error, RateLimited) and error.retry_after is not None:
            delay = max(delay, error.retry_after)
        if self._elapsed() + delay > MOST_SECONDS:
            raise error
        _LOGGER.info("%s: asking again in %.1f s", type(error).__name__, delay, extra={"action": "retried"})
        return delay

    def until_stored(self, error: HeliconeError, seconds: float) -> float:
        """The seconds to wait for a request that is not there yet, `seconds` in all. Raises `error` when they are over."""
        self._misses += 1
        left = seconds - self._elapsed()
        if left <= 0:
            raise error
        return min(self._backoff(self._misses), left)

    def _backoff(self, number: int) -> float:
        """Doubled each time, and spread over the upper half."""
        longest = min(_FIRST * 2.0 ** min(number - 1, 10), _LONGEST)
        return longest * (0.5 + self._clock.jitter() / 2)

    def _elapsed(self) -> float:
        return self._clock.monotonic() - self._started


def asked(call: Call, read: Callable[[Answer], Result], clock: Clock) -> Flow[Result]:
    """What `read` makes of the answer to a call that changes nothing, asked again where it fails."""
    retries = Retries(clock)
    while True:
        try:
            answer = yield call
            assert answer is not None
            return read(answer)
        except HeliconeError as error:
            delay = retries.after(error)
        yield Wait(delay)
