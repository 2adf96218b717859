"""How much one file may cost: a file that is made to be expensive is told so, and the others are read all the same."""

from __future__ import annotations

import time

SECONDS = 10.0
"""How long one file may take; some ten megabytes of ordinary code take one or two."""

MOST_HITS = 10_000
"""How many texts of one file may look like a usage."""


class Unreadable(Exception):
    """A file is not what its name says. The message is a clause that says why."""


class TooExpensive(Unreadable):
    """A file is made so, or broken, that it cannot be read at a reasonable price."""


class OutOfTime(TooExpensive):
    """A file cost more time than one may, which may be otherwise when the machine has less to do."""

    def __init__(self) -> None:
        super().__init__("its syntax could not be read in reasonable time")


class Budget:
    """The time that is left for one file."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self.renew()

    def renew(self) -> None:
        """Begin anew, for another file."""
        self._end = time.monotonic() + self._seconds

    def is_spent(self, *_: object) -> bool:
        return time.monotonic() > self._end

    def check(self) -> None:
        """Raises OutOfTime where no time is left."""
        if self.is_spent():
            raise OutOfTime
