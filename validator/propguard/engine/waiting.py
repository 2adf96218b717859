"""Calls into a library that hears no interrupt and may never return, waited for in a thread of their own."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

Result = TypeVar("Result")

_LOOK = 0.1  # seconds between two looks at the time


def _no_look() -> None:
    """Nobody wants to know."""


class TimeIsUp(Exception):
    """A call has used all the processor time that it may use; it goes on, and can only be ended with the process."""


class Calls:
    """One call after the other; `is_stuck` tells that one was left while it was still working."""

    def __init__(self) -> None:
        self.is_stuck = False

    def result(self, call: Callable[[], Result], seconds: float, look: Callable[[], object] = _no_look) -> Result:
        """What `call` returns or raises; `look` is called now and then meanwhile.

        Raises TimeIsUp once the process has worked `seconds` for it.

        Processor time is counted, as a machine that is busy otherwise makes no call suspect.
        """
        results: list[Result] = []
        failures: list[Exception] = []
        is_done = threading.Event()  # as a thread whose `join` was interrupted counts as ended in Python 3.11

        def work() -> None:
            try:
                results.append(call())
            except Exception as error:  # noqa: BLE001  # raised again, below, in the thread that waits
                failures.append(error)
            finally:
                is_done.set()

        try:
            threading.Thread(target=work, daemon=True).start()
            _wait(is_done, seconds, look)
        except BaseException:
            self.is_stuck = not is_done.is_set()
            raise
        if failures:
            raise failures[0]
        return results[0]


def _wait(is_done: threading.Event, seconds: float, look: Callable[[], object]) -> None:
    began = time.process_time()
    while not is_done.wait(_LOOK):
        if time.process_time() - began > seconds:
            raise TimeIsUp
        look()
