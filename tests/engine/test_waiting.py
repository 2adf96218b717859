"""Calls that take for ever are left, and interrupts are heard meanwhile."""

from __future__ import annotations

import signal
import threading
import time
from typing import TYPE_CHECKING

import pytest

from propguard.engine.embedded import EmbeddedEngine
from propguard.engine.waiting import Calls, TimeIsUp
from propguard.errors import EngineFailed

if TYPE_CHECKING:
    from pathlib import Path


def busy(seconds: float) -> str:
    """Work for so long."""
    end = time.process_time() + seconds
    while time.process_time() < end:
        pass
    return "done"


def test_a_call_returns_and_raises() -> None:
    """As if it were called here."""
    calls = Calls()
    assert calls.result(lambda: busy(0.01), 5) == "done"
    with pytest.raises(ZeroDivisionError):
        calls.result(lambda: 1 / 0, 5)
    assert not calls.is_stuck


def test_a_call_that_works_too_long_is_left() -> None:
    """It goes on, so whatever it has must not be closed."""
    calls, enough = Calls(), threading.Event()

    def work() -> None:
        while not enough.is_set():
            busy(0.01)

    with pytest.raises(TimeIsUp):
        calls.result(work, 0.05)
    assert calls.is_stuck
    enough.set()


def test_a_call_that_only_waits_is_not_left() -> None:
    """A busy machine makes no call suspect: what counts is work."""
    time.sleep(0.05)  # what another test has left is over
    assert Calls().result(lambda: time.sleep(0.15), 0.05) is None


def test_an_interrupt_is_heard() -> None:
    """While a call goes on that does not hear it."""
    wait = threading.Event()
    calls = Calls()
    threading.Timer(0.1, signal.raise_signal, [signal.SIGINT]).start()
    with pytest.raises(KeyboardInterrupt):
        calls.result(wait.wait, 60)
    assert calls.is_stuck
    wait.set()


def test_a_statement_that_takes_too_long_is_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It says how to allow more."""
    pytest.importorskip("chdb", reason="needs chdb")
    path = tmp_path / "rows.jsonl"
    path.write_text('{"properties": {}}\n')
    with EmbeddedEngine([str(path)], seconds=7) as engine:

        def is_up(_: object, __: object, seconds: float) -> None:
            assert seconds == 7
            raise TimeIsUp

        monkeypatch.setattr(Calls, "result", is_up)
        with pytest.raises(EngineFailed, match=r"more than 7 seconds of work.*--max-seconds N"):
            engine.query("SELECT 1 AS one")
