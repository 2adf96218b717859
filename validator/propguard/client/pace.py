"""How fast the platform may be asked, whatever is asked: what its answers say of that.

No input or output: the time comes from the caller.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from propguard.client.turns import SPACING

if TYPE_CHECKING:
    from propguard.helicone.protocol import RateLimit

PATIENCE = 900.0
"""Seconds without a row that comes to an end, after which a run stops: three windows of the platform's rate limit."""

_WINDOW = 300.0  # seconds in which the platform counts the calls of an organisation
_SHORTEST_PAUSE, _LONGEST_PAUSE = 1.0, 30.0
_UNTOLD_PAUSE = 5.0  # for a refusal that does not say how long to wait


def seconds_for(writes: int, longest: int, calls: int) -> float:
    """About how long so many writes take where the platform lets so many calls through in five minutes.

    `longest` is the most writes to one request, which are spaced.
    """
    return max(writes / calls * _WINDOW, (longest - 1) * SPACING)


class Pace:
    """When the next call may begin.

    A refusal for being asked too often makes everybody wait as long as it says. Where few calls are left of a window,
    they are spread over the rest of it, so that it does not come to that. Where one call after the other stays without an
    answer, the platform is asked less and less, as it is down and nobody's attempts should be used up by that.
    """

    def __init__(self, concurrency: int, now: float) -> None:
        self._few = 2 * concurrency
        self._paused_until = self._began = self._answered = now
        self._interval = 0.0
        self._unanswered = self._refusals = 0

    def wait(self, now: float) -> float:
        """The seconds until a call may begin; 0 where it may now."""
        return max(0.0, self._paused_until - now, self._began + self._interval - now if self._interval else 0.0)

    def begin(self, now: float) -> None:
        """A call begins."""
        self._began = now

    def heard(self, limit: RateLimit | None) -> None:
        """What an answer says of how many calls are left."""
        self._interval = 0.0
        if limit is not None and limit.remaining is not None and limit.remaining <= self._few:
            self._interval = (limit.reset or 0.0) / (limit.remaining + 1)

    def answered(self, now: float) -> None:
        """A call was answered by the platform itself: done, or refused for what it asks."""
        self._unanswered = self._refusals = 0
        self._answered = now

    def refused(self, now: float, seconds: float | None) -> None:
        """A call was refused for being one too many; the platform wants to be asked again in so many seconds."""
        self._refusals += 1
        self._interval = 0.0
        untold = min(_LONGEST_PAUSE, _UNTOLD_PAUSE * 2 ** min(self._refusals // self._few, 8))
        self._paused_until = max(self._paused_until, now + (untold if seconds is None else seconds))

    def unanswered(self, now: float) -> None:
        """A call got no answer, or none that can be relied on."""
        self._unanswered += 1
        if self._unanswered >= self._few:
            pause = min(_LONGEST_PAUSE, _SHORTEST_PAUSE * 2 ** min(self._unanswered // self._few - 1, 8))
            self._paused_until = max(self._paused_until, now + pause)

    def silence(self, now: float) -> float:
        """The seconds since a call was last answered."""
        return now - self._answered
