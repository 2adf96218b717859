"""Windows of time, divided until a database can answer them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from propguard.engine.windows import Window, divided
from propguard.errors import TooMuchAsked
from propguard.helicone.times import BEGINNING
from tests.engine.doubles import PlainEngine

NOW = datetime(2026, 7, 1, tzinfo=UTC)


class Database(PlainEngine):
    """Holds requests of these times, and answers about so many at once."""

    name = "double"
    longest_statement = 1 << 20
    source = everything = ""

    def __init__(self, times: list[datetime], most: int, window: Window = Window()) -> None:  # noqa: B008  # constant
        self.times, self.most, self.window = times, most, window

    def within(self, window: Window) -> Database:
        return Database(self.times, self.most, window)

    def query(self, sql: str) -> list[dict[str, object]]:
        since, until = self.window
        found = [at for at in self.times if (since is None or at >= since) and (until is None or at < until)]
        if len(found) > self.most:
            raise TooMuchAsked("too much")
        return [{"at": at} for at in found]


def test_each_request_in_one_window() -> None:
    """However it is divided, every request is answered once, oldest first, those before and after everything too."""
    times = [NOW - timedelta(minutes=7 * number) for number in range(500)]
    times = sorted([*times, BEGINNING - timedelta(days=400), NOW + timedelta(minutes=3)])
    answers = list(divided(Database(times, 40), lambda engine: engine.query(""), now=NOW))
    assert [row["at"] for _, rows in answers for row in rows] == times
    assert len(answers) > 10
    assert answers[0][0].since is None
    assert answers[-1][0].until is None


def test_what_is_not_too_much_is_asked_once() -> None:
    own = Window(NOW - timedelta(days=1), NOW)
    assert [window for window, _ in divided(Database([], 1, own), lambda engine: engine.query(""))] == [own]


def test_a_minute_is_not_divided() -> None:
    """What is too much even then is an error."""
    with pytest.raises(TooMuchAsked):
        list(divided(Database([NOW] * 3, 2), lambda engine: engine.query(""), now=NOW))
