"""Windows of time, and an audit cut along them: what is too much for a database at once is asked of it in halves."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeVar, runtime_checkable

from propguard.errors import TooMuchAsked
from propguard.helicone.times import BEGINNING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from propguard.engine.protocol import Engine

Result = TypeVar("Result")

_SHORTEST = timedelta(minutes=1)


class Window(NamedTuple):
    """From `since` to before `until`, in UTC; null where there is no end."""

    since: datetime | None = None
    until: datetime | None = None

    def conditions(self, column: str) -> list[str]:
        """SQL that holds of the moments in the window."""
        bounds = ((">=", self.since), ("<", self.until))
        return [f"{column} {sign} {moment_literal(at)}" for sign, at in bounds if at is not None]

    def halves(self, now: datetime) -> tuple[Window, Window] | None:
        """The two windows that this is made of, cut at a whole second; null where it is a minute or shorter.

        What is open at an end is taken to reach from BEGINNING to `now`, and stays open there.
        """
        since = self.since or min(BEGINNING, self.until or BEGINNING)
        until = self.until or max(now, since)
        if until - since <= _SHORTEST:
            return None
        middle = (since + (until - since) / 2).replace(microsecond=0)
        return Window(self.since, middle), Window(middle, self.until)


def moment_literal(at: datetime) -> str:
    """SQL for a moment."""
    return f"toDateTime64('{at.astimezone(UTC).replace(tzinfo=None).isoformat(' ', 'milliseconds')}', 3, 'UTC')"


@runtime_checkable
class Divisible(Protocol):
    """An engine of which a window of time can be asked alone, in statements of so many bytes at most."""

    @property
    def longest_statement(self) -> int: ...

    @property
    def window(self) -> Window: ...

    def within(self, window: Window) -> Engine:
        """The same engine, with a source that gives the requests of `window` only; closed with this one."""
        ...


def divided(
    engine: Divisible, ask: Callable[[Engine], Result], *, now: datetime | None = None
) -> Iterator[tuple[Window, Result]]:
    """What `ask` makes of the engine, window by window, oldest first.

    At first the window is the engine's own; one that asks too much of the database is divided until its parts do not.
    Each request is in exactly one window. Windows are cut at the same moments all day, so that answers can be kept. Raises what `ask` raises; TooMuchAsked where a minute is too much.
    """
    now = now or datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    left = [engine.window]
    while left:
        window = left.pop()
        try:
            result = ask(engine.within(window))
        except TooMuchAsked:
            halves = window.halves(now)
            if halves is None:
                raise
            left += reversed(halves)
            continue
        yield window, result
