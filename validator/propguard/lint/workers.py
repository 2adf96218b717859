"""Files read and judged by worker processes that the system ends when one file costs too much; the run goes on without that file.

A parser in C can neither be interrupted nor be held to an amount of memory, so each worker has a timer of the processor's
time and a limit of its address space. What it does comes back item by item: when it is ended, another goes on with the
rest. Where processes cannot be forked (Windows), the same is done here, and only a parser that asks is stopped; where the
address space cannot be limited (macOS), a file is ended by its time alone.
"""

from __future__ import annotations

import contextlib
import faulthandler
import gc
import mmap
import os
import pickle
import selectors
import signal
import struct
import sys
import time
import warnings
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

with contextlib.suppress(ImportError):  # where there are no limits
    import resource

from propguard.errors import PropguardError
from propguard.lint.budget import MEMORY, WATCH, OutOfMemory, OutOfTime, Unreadable

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from propguard.lint.budget import TooExpensive
    from propguard.lint.content import Advance

Item = TypeVar("Item")
Result = TypeVar("Result")

_MOST_WORKERS = 8
_FEW = 400
"""Items up to which one process is faster than sharing out."""

_SHARE = 50
"""Items for each of which another worker pays."""

_PAUSE = 0.05
"""Seconds for which a worker may keep what it has done."""

_FRAME = struct.Struct("<qI")
"""Before each result: the number of its item, and how long it is."""

_ITEM = slice(8, 16)
"""Where a worker notes the number of its item, behind the text that it reads."""

_MADE = 50_000
"""Objects after which a worker looks for garbage."""

_NO_MEMORY = 3
"""The status of a worker that ends itself for want of memory."""


class Work(NamedTuple, Generic[Item, Result]):
    """What is done with each of a list of items.

    `begin` gives what does it, once for each worker. `lost` gives the result for an item over which workers end, from a
    clause that says why; before that it is tried `again`, without the text that was being read.
    """

    begin: Callable[[], Callable[[Item], Result]]
    lost: Callable[[Item, str], Result]
    again: bool = True


class _Failed(NamedTuple):
    """What goes wrong for the whole run."""

    error: PropguardError


class _Worker(NamedTuple):
    process: int
    stream: int
    note: mmap.mmap
    numbers: Sequence[int]
    received: bytearray


def in_workers(
    items: Sequence[Item],
    work: Work[Item, Result],
    advance: Advance = lambda *_: None,
    *,
    parses: bool = True,
) -> list[Result]:
    """What `work` gives for each of `items`, in their order; `advance` is called with how many are done, and of how many.

    Work that `parses` nothing needs no worker unless there is much of it. Raises the PropguardError that any of it raises.
    """
    if WATCH.is_kept or not hasattr(os, "fork") or len(items) <= (0 if parses else _FEW):
        do = work.begin()
        return [_done(do, work, item) for item in items]
    run = _Run(items, work)
    try:
        while not run.is_over():
            run.listen()
            advance(len(run.results), len(items))
    finally:
        run.end()
    return [run.results[number] for number in range(len(items))]


def in_one_worker(do: Callable[[], Result]) -> Result | None:
    """What `do` returns; None where the worker was ended over it, and it is to be done in smaller parts."""
    whole: Work[None, Result | None] = Work(lambda: lambda _: do(), lambda *_: None, again=False)
    return in_workers([None], whole)[0]


def _done(do: Callable[[Item], Result], work: Work[Item, Result], item: Item) -> Result:
    try:
        return do(item)
    except PropguardError:
        raise
    except Unreadable as error:
        return work.lost(item, str(error))
    except MemoryError:
        if WATCH.is_kept:
            os._exit(_NO_MEMORY)  # another one, which holds nothing yet, may have enough
        return work.lost(item, str(OutOfMemory()))
    except Exception as error:  # noqa: BLE001  # one file never costs the run
        _show(error)
        return work.lost(item, f"this program failed on it ({type(error).__name__}); please report that")


def _show(error: Exception) -> None:
    """Where a fault of this program is, for its developers."""
    if os.environ.get("PROPGUARD_DEBUG"):
        sys.excepthook(type(error), error, error.__traceback__)


class _Run(Generic[Item, Result]):
    """The workers on one list, and what they have sent."""

    def __init__(self, items: Sequence[Item], work: Work[Item, Result]) -> None:
        self.results: dict[int, Result] = {}
        self._items = items
        self._work = work
        self._selector = selectors.DefaultSelector()
        self._workers: dict[int, _Worker] = {}
        count = max(1, min(os.cpu_count() or 1, _MOST_WORKERS, len(items) // _SHARE))
        for first in range(count):
            self._start(range(first, len(items), count))

    def is_over(self) -> bool:
        return not self._workers

    def listen(self) -> None:
        """Take what the workers send; where one has ended, another does what it leaves."""
        for key, _ in self._selector.select(_PAUSE):
            worker = self._workers[key.fd]
            chunk = os.read(worker.stream, 1 << 18)
            if chunk:
                worker.received.extend(chunk)
                self._take(worker.received)
            else:
                self._forget(worker)
                self._go_on(worker, os.waitstatus_to_exitcode(os.waitpid(worker.process, 0)[1]))

    def end(self) -> None:
        """No worker is left behind, whatever has happened."""
        for worker in list(self._workers.values()):
            os.kill(worker.process, signal.SIGKILL)
            os.waitpid(worker.process, 0)
            self._forget(worker)
        self._selector.close()

    def _take(self, received: bytearray) -> None:
        while len(received) >= _FRAME.size:
            number, length = _FRAME.unpack_from(received)
            if len(received) < _FRAME.size + length:
                return
            result = pickle.loads(received[_FRAME.size : _FRAME.size + length])  # noqa: S301  # our own worker wrote it
            del received[: _FRAME.size + length]
            if isinstance(result, _Failed):
                raise result.error
            self.results[number] = result

    def _go_on(self, worker: _Worker, status: int) -> None:
        """What an ended worker has not sent is done by another one, without the text over which it ended."""
        left = [number for number in worker.numbers if number not in self.results]
        if not left:
            return
        number = int.from_bytes(worker.note[_ITEM], "little") - 1
        if number in left:
            left = [number, *(other for other in left if other != number)]
        reason: type[TooExpensive] = OutOfTime if status == -signal.SIGPROF else OutOfMemory
        # Only of a worker that held nothing else is it known that this one takes the memory.
        is_told = reason is OutOfTime or (self._work.again and left[0] == worker.numbers[0])
        is_new = is_told and WATCH.refuse(worker.note, reason)
        if (is_told and not is_new) or not self._work.again:
            self.results[left[0]] = self._work.lost(self._items[left[0]], str(reason()))
            del left[0]
        self._start(left)

    def _start(self, numbers: Sequence[int]) -> None:
        if not numbers:
            return
        note = mmap.mmap(-1, _ITEM.stop)
        reading, writing = os.pipe()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # of threads, which this program has none of by itself
            process = os.fork()
        if not process:
            _be_worker(note, [reading, *self._workers], lambda: self._do(note, numbers, writing))
        os.close(writing)
        self._workers[reading] = _Worker(process, reading, note, numbers, bytearray())
        self._selector.register(reading, selectors.EVENT_READ)

    def _do(self, note: mmap.mmap, numbers: Sequence[int], writing: int) -> None:
        """What a worker does."""
        do = self._work.begin()
        sent = time.monotonic()
        with open(writing, "wb", buffering=1 << 16) as stream:
            for number in numbers:
                note[_ITEM] = (number + 1).to_bytes(8, "little")
                WATCH.end_after()
                try:
                    result: Result | _Failed = _done(do, self._work, self._items[number])
                except PropguardError as error:
                    result = _Failed(error)
                frame = pickle.dumps(result, pickle.HIGHEST_PROTOCOL)
                stream.write(_FRAME.pack(number, len(frame)))
                stream.write(frame)
                if time.monotonic() - sent > _PAUSE:
                    stream.flush()
                    sent = time.monotonic()

    def _forget(self, worker: _Worker) -> None:
        self._selector.unregister(worker.stream)
        os.close(worker.stream)
        del self._workers[worker.stream]


def _be_worker(note: mmap.mmap, foreign: Sequence[int], do: Callable[[], None]) -> None:
    """Do the work under the limits of a worker, and nothing after it."""
    status = 1
    try:
        for descriptor in foreign:
            os.close(descriptor)
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the process that waits for this one is interrupted, and ends it
        signal.signal(signal.SIGPROF, signal.SIG_DFL)
        faulthandler.disable()
        gc.freeze()  # what is there by now stays: it need not be gone through again and again while files are read
        gc.set_threshold(_MADE)
        gc.enable()
        _limit_memory()
        WATCH.keep(note)
        do()
        status = 0
    except MemoryError:
        status = _NO_MEMORY
    except Exception as error:  # noqa: BLE001  # its end tells the process that waits for it
        _show(error)
    finally:
        os._exit(status)


def _limit_memory() -> None:
    """This process can grow by so much and no further, where the system has such a limit; and nothing is left of its end."""
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        with open("/proc/self/statm", "rb") as file:
            now = int(file.read().split()[0]) * resource.getpagesize()
        soft, hard = resource.getrlimit(resource.RLIMIT_AS)
        highest = min([now + MEMORY, *(limit for limit in (soft, hard) if limit != resource.RLIM_INFINITY)])
        resource.setrlimit(resource.RLIMIT_AS, (highest, hard))
