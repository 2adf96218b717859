"""How much one file may cost: a file that is made to be expensive is told so, and the others are read all the same."""

from __future__ import annotations

import time

SECONDS = 1.5
SECONDS_PER_BYTE = 1e-6
"""How much of the processor's time one file may take; ten megabytes of ordinary code take one or two seconds."""

MOST_HITS = 10_000
"""How many texts of one file may look like a usage."""


class Unreadable(Exception):
    """A file is not what its name says. The message is a clause that says why."""


class TooExpensive(Unreadable):
    """A file is made so, or broken, that it cannot be read at a reasonable price."""


class OutOfTime(TooExpensive):
    """A file cost more time than one may, which may be otherwise on another machine."""

    def __init__(self) -> None:
        super().__init__("its syntax could not be read in reasonable time")


class Budget:
    """The time of this thread that is left for one file of `size` bytes, whatever else the machine has to do."""

    def __init__(self, size: int = 0) -> None:
        self.renew(size)

    def renew(self, size: int) -> None:
        """Begin anew, for another file."""
        self._end = time.thread_time() + SECONDS
        self.extend(size)

    def extend(self, size: int) -> None:
        """So many bytes more are to be read."""
        self._end += SECONDS_PER_BYTE * size

    def is_spent(self, *_: object) -> bool:
        return time.thread_time() > self._end

    def check(self) -> None:
        """Raises OutOfTime where no time is left."""
        if self.is_spent():
            raise OutOfTime
