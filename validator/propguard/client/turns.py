"""Whose turn it is to write to a request: one writer at a time, and never two writes within a second."""

from __future__ import annotations

from _thread import allocate_lock
from collections import OrderedDict
from contextlib import contextmanager
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from propguard.helicone.flow import Clock

SPACING = 1.1
"""Seconds from the end of one write to the next of the same request.

The platform writes a whole new version of the request, and versions of one second tie. Five writes back to back lost a
property in 40 of 40 trials, 1.1 s apart in none.
"""

Lock = TypeVar("Lock")


class Turn(Generic[Lock]):
    """What is known of one request: the lock that its writers hold, and when it may be written to again."""

    __slots__ = ("free_at", "lock", "writers")

    def __init__(self, lock: Lock) -> None:
        self.lock = lock
        self.free_at = float("-inf")
        self.writers = 0


class Turns(Generic[Lock]):
    """The turns of all requests of one client; a request is forgotten when it may be written to at any time again."""

    def __init__(self, new_lock: Callable[[], Lock], clock: Clock) -> None:
        self._new_lock = new_lock
        self._clock = clock
        self._guard = allocate_lock()
        self._turns: dict[str, Turn[Lock]] = {}
        self._resting: OrderedDict[str, Turn[Lock]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._turns)

    @contextmanager
    def of(self, request_id: str) -> Iterator[Turn[Lock]]:
        """The turn of a request, which is not forgotten meanwhile. Letters of UUIDs are the same in either case."""
        name = request_id.lower()
        with self._guard:
            self._forget()
            turn = self._turns.setdefault(name, Turn(self._new_lock()))
            turn.writers += 1
            self._resting.pop(name, None)
        try:
            yield turn
        finally:
            with self._guard:
                turn.writers -= 1
                if not turn.writers:
                    self._resting[name] = turn

    def _forget(self) -> None:
        """Drop what rests and is free; in the order in which they came to rest, which is nearly that of becoming free."""
        now = self._clock.monotonic()
        while self._resting:
            name, turn = next(iter(self._resting.items()))
            if turn.free_at > now:
                break
            del self._resting[name]
            del self._turns[name]
