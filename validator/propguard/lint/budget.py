"""How much one file may cost: a file that is made to be expensive is reported so, and the others are read all the same.

Code of our own asks a budget whether time is left. A parser that does not ask is ended by the system, together with the
worker process that it runs in (`workers.py`), and what was being read is then refused without another try.
"""

from __future__ import annotations

import signal
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from mmap import mmap

SECONDS = 1.5
SECONDS_PER_BYTE = 1e-6
"""How much of the processor's time one file may take; ten megabytes of ordinary code take one or two seconds."""

SECONDS_PER_HIT = 0.0003
"""How much more for each text that looks like a usage."""

MEMORY = 1 << 30
"""Bytes by which a worker may grow, where the system can limit that: a file of ten megabytes takes half of it."""

MOST_HITS = 10_000
"""How many texts of one file may look like a usage."""

_GRACE = 1.0
"""Seconds after its end from which on a budget is no longer asked, but enforced."""

_OTHER_SECONDS = 60.0
"""Of the processor's time, for what a worker does between two budgets."""


class Unreadable(Exception):
    """A file is not what its name says. The message is a clause that says why."""


class TooExpensive(Unreadable):
    """A file is made so, or broken, that it cannot be read at a reasonable price."""


class OutOfTime(TooExpensive):
    """A file cost more time than one may, which may be otherwise on another machine."""

    def __init__(self) -> None:
        super().__init__("its syntax could not be read in reasonable time")


class OutOfMemory(TooExpensive):
    """A parser ended the process that it ran in, as a rule for want of memory."""

    def __init__(self) -> None:
        super().__init__(f"its syntax could not be read with {MEMORY >> 20} MB of memory")


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
        self.enforce()

    def meet(self) -> None:
        """One more text is to be read that looks like a usage."""
        self._end += SECONDS_PER_HIT
        self.enforce()

    def enforce(self) -> None:
        """From now on, code that does not check its budget is ended, if this process is a worker."""
        WATCH.end_after(self._end - time.thread_time() + _GRACE)

    def is_spent(self, *_: object) -> bool:
        return time.thread_time() > self._end

    def check(self) -> None:
        """Raises OutOfTime where no time is left."""
        if self.is_spent():
            raise OutOfTime


class Watch:
    """What this process reads, told to nobody unless it is a worker, and the texts over which workers were ended.

    A worker has a note, which is memory that the process which waits for it sees, too. Texts are known by their hashes.
    """

    def __init__(self) -> None:
        self._note: mmap | None = None
        self._refused: dict[int, type[TooExpensive]] = {}

    @property
    def is_kept(self) -> bool:
        """Whether this process is a worker."""
        return self._note is not None

    def keep(self, note: mmap) -> None:
        """This process is a worker from now on."""
        self._note = note

    def end_after(self, seconds: float = _OTHER_SECONDS) -> None:
        """The system ends this process, if it is a worker, when it has used so much more of the processor's time."""
        if self._note is not None:
            signal.setitimer(signal.ITIMER_PROF, max(seconds, 0.001))

    def refuse(self, note: mmap, reason: type[TooExpensive]) -> bool:
        """From now on the text that is noted here is not read; false where there is none, or it was refused before."""
        text = int.from_bytes(note[_TEXT], "little", signed=True)
        is_new = text != 0 and text not in self._refused
        if is_new:
            self._refused[text] = reason
        return is_new

    @contextmanager
    def reading(self, data: bytes) -> Iterator[None]:
        """`data` is what is being read meanwhile. Raises TooExpensive where a worker was ended over it."""
        text = hash(data)
        if (reason := self._refused.get(text)) is not None:
            raise reason
        if self._note is None:
            yield
            return
        before = self._note[_TEXT]
        self._note[_TEXT] = text.to_bytes(8, "little", signed=True)
        try:
            yield
        finally:
            self._note[_TEXT] = before
            if not any(before):
                self.end_after()


_TEXT = slice(0, 8)
"""Where in a note the hash of the text stands that is being read."""

WATCH = Watch()
