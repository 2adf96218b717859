"""The bar of a long run: for people at a terminal, and gone in the end."""

from __future__ import annotations

import contextlib
import io

import pytest

from propguard.cli.progress import Progress, duration
from propguard.cli.reading import Passes


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every look at the clock finds half a second gone, in an ordinary terminal."""
    ticks = iter(range(1000))
    monkeypatch.setattr("propguard.cli.progress.time.monotonic", lambda: next(ticks) / 2)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("CI", raising=False)


def shown(stream: io.StringIO, *steps: tuple[int, int]) -> str:
    with Progress(stream) as bar:
        for done, total in steps:
            bar.advance(done, total)
    return stream.getvalue()


def test_a_short_run_shows_nothing() -> None:
    """What is over within a second leaves no trace, not even an erased one."""
    assert shown(Terminal()) == ""
    assert shown(Terminal(), (1, 4)) == ""


def test_a_long_run_shows_how_far_it_is_and_erases_it() -> None:
    """One line that is written over, and taken away when the block ends."""
    text = shown(Terminal(), (1, 4000), (1000, 4000), (4000, 4000))
    lines = text.split("\r\x1b[K")
    assert lines == [
        "",
        "━━━━━━╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌  25%  1,000 of 4,000 files",
        "━" * 24 + " 100%  4,000 of 4,000 files",
        "",
    ]


def test_it_is_erased_when_the_run_fails() -> None:
    """The sentence about the failure stands on a clean line."""
    stream = Terminal()
    with contextlib.suppress(KeyboardInterrupt), Progress(stream) as bar:
        bar.advance(1, 4)
        bar.advance(2, 0)
        raise KeyboardInterrupt
    assert stream.getvalue().endswith("\r\x1b[K")


def test_pipes_and_logs_are_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """No bar where nobody looks: no terminal, a terminal that cannot move its cursor, a CI with a terminal."""
    steps = ((1, 4), (2, 4), (3, 4), (4, 4))
    assert shown(io.StringIO(), *steps) == ""
    monkeypatch.setenv("TERM", "dumb")
    assert shown(Terminal(), *steps) == ""
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("CI", "true")
    assert shown(Terminal(), *steps) == ""


def test_a_terminal_that_goes_away_stops_nothing() -> None:
    """Whoever closed the window does not end the run."""
    stream = Terminal()
    with Progress(stream) as bar:
        stream.close()
        bar.advance(1, 4)
        bar.advance(2, 4)


def test_a_timed_run_shows_its_rate_and_what_is_left() -> None:
    """The clock of these tests gives half a second to every look at it."""
    stream = Terminal()
    with Progress(stream, unit="rows", timed=True) as bar:
        bar.advance(1, 4000)
        bar.advance(10, 4000)
        bar.advance(1000, 4000)
    assert "10 of 4,000 rows, 6.7/s, 9 min 58 s left" in stream.getvalue()
    assert "1,000 of 4,000 rows, 500.0/s, 6 s left" in stream.getvalue()


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(-1, "0 s"), (0.4, "0 s"), (59.6, "1 min 0 s"), (3725, "1 h 2 min"), (86400, "1 d 0 h"), (300_000, "3 d 11 h")],
)
def test_a_time_to_wait_is_told_in_its_two_largest_units(seconds: float, text: str) -> None:
    assert duration(seconds) == text


def lines_of(stream: io.StringIO) -> list[str]:
    return [line for line in stream.getvalue().split("\r\x1b[K") if line]


def test_of_an_unknown_number_it_shows_how_many_and_how_fast() -> None:
    stream = Terminal()
    with Progress(stream, unit="rows", timed=True) as bar:
        for done in (500, 1500, 4000):
            bar.count(done)
    assert lines_of(stream) == ["1,500 rows, 1,000.0/s", "4,000 rows, 2,000.0/s"]


def test_rows_that_several_statements_read_are_one_total() -> None:
    """How many there are is known after the first statement; the number only grows, and nothing stands there in between."""
    stream = Terminal()
    with Progress(stream, unit="rows", timed=True) as bar:
        report = Passes(bar, 2)
        for number, rows, is_end in [
            (0, 100, False),
            (0, 500, False),
            (0, 1000, True),
            (1, 200, False),
            (1, 1000, False),
        ]:
            report(number, rows, is_end)
            assert not is_end or stream.getvalue().endswith("\r\x1b[K")
    assert lines_of(stream) == [
        "500 rows, 333.3/s",
        "━━━━━━━━━━━━━━╌╌╌╌╌╌╌╌╌╌  60%  1,200 of 2,000 rows in 2 passes, 600.0/s, 1 s left",
        "━━━━━━━━━━━━━━━━━━━━━━━━ 100%  2,000 of 2,000 rows in 2 passes, 800.0/s, 0 s left",
    ]
