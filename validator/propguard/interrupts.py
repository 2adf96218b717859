"""Ctrl-C at any time: while the program starts and while it ends, nothing is under way, and it just goes; in between it raises."""

from __future__ import annotations

import os
import signal

INTERRUPTED = 130


def leave_at_once() -> None:
    """From now on an interruption ends the program without a word, unless the program that started it ignores it."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _leave)


class Interruptible:
    """An interruption raises KeyboardInterrupt in here, so that what is under way is brought to an end."""

    def __enter__(self) -> None:
        self._is_ours = signal.getsignal(signal.SIGINT) is _leave
        if self._is_ours:
            signal.signal(signal.SIGINT, signal.default_int_handler)

    def __exit__(self, *_: object) -> None:
        if self._is_ours:
            signal.signal(signal.SIGINT, _leave)


def _leave(*_: object) -> None:
    os._exit(INTERRUPTED)
