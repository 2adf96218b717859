"""Answers of an audit that broke off."""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from propguard.compilers.clickhouse import requests_statement
from propguard.engine.remembered import LASTS, Remembered
from propguard.engine.windows import Window, divided
from propguard.errors import EngineFailed, TooMuchAsked
from propguard.files import cache_folder
from tests.engine.doubles import PlainEngine

if TYPE_CHECKING:
    from collections.abc import Callable

ALWAYS = Window()
NOW = datetime(2026, 6, 1, tzinfo=UTC)
VALUE = "a value that somebody stored"


class Database(PlainEngine):
    """Holds a number of requests, and remembers what it is asked.

    Six months of them are too much for it, and it breaks down after so many answers.
    """

    name = "double"
    longest_statement = 1 << 20
    everything = "SELECT everything"
    end: BaseException = EngineFailed("broke the connection off")

    def __init__(
        self, lasts: int = 99, requests: int = 3, window: Window = ALWAYS, asked: list[str] | None = None
    ) -> None:
        self.lasts, self.requests, self.window = lasts, requests, window
        self.asked = [] if asked is None else asked

    @property
    def source(self) -> str:
        return f"SELECT {self.window}"

    def within(self, window: Window) -> Database:
        return type(self)(self.lasts, self.requests, window, self.asked)

    def query(self, sql: str) -> list[dict[str, object]]:
        if self.window.until is None:
            return []  # nothing is of tomorrow
        if len(self.asked) >= self.lasts:
            raise self.end
        self.asked.append(sql)
        if self.window.since is None and self.window.until > NOW:
            raise TooMuchAsked("too much")
        return [{"day": 1, "requests": self.requests}] if " AS day," in sql else [{"v": VALUE}]


def files() -> list[Path]:
    return [path for path in Path(cache_folder()).rglob("*") if not path.is_dir()]


def asked_of(database: Database, key: bytes = b"key") -> Remembered:
    """Ask every window how many requests it has, and then for its values."""
    with Remembered(database, "clickhouse://u@h", key) as engine:
        list(
            divided(
                engine,
                lambda part: (
                    part.query(requests_statement(part.source)),
                    part.query(f"SELECT v FROM ({part.source})"),
                ),
                now=NOW,
            )
        )
    return engine


def interrupted(lasts: int = 3) -> None:
    """An audit that breaks off after the whole was too much, and the first window gave both of its answers."""
    with pytest.raises(EngineFailed):
        asked_of(Database(lasts))


class Interrupted(Database):
    """Somebody presses Ctrl-C after so many answers."""

    end = KeyboardInterrupt()


def test_an_interruption_tells_what_is_kept() -> None:
    """In the message that ends the command."""
    with pytest.raises(KeyboardInterrupt) as caught:
        asked_of(Interrupted(3))
    assert caught.value.__notes__ == ["answers so far are kept for 60 minutes; run the same command again to go on"]


def values_asked(database: Database) -> int:
    return sum("SELECT v" in sql for sql in database.asked)


def test_nothing_is_kept_after_a_success() -> None:
    whole = Database()
    asked_of(whole)
    assert (values_asked(whole), files()) == (2, [])


def test_going_on() -> None:
    """What is counted anew and is the same has the answers that it had, and what was too much is not tried again."""
    interrupted()
    again = Database()
    engine = asked_of(again)
    assert (values_asked(again), len(again.asked)) == (1, 3)
    assert engine.begun is not None
    assert engine.begun.timestamp() == pytest.approx(time.time(), abs=60)
    assert engine.reused == 2
    assert files() == []


def test_requests_that_came_in_between() -> None:
    """Old answers about other requests are none: what is added up would be about no state that there ever was."""
    interrupted()
    again = Database(requests=53)
    asked_of(again)
    assert values_asked(again) == 2


def test_the_end_of_the_window_stays() -> None:
    """It is that of the first attempt, as what comes later is in none of its answers."""
    interrupted()
    first = {path.name for path in files()}
    with pytest.raises(EngineFailed):
        asked_of(Database(1))
    assert {path.name for path in files()} == first


def test_a_window_with_requests_of_tomorrow_has_no_end() -> None:
    """Nothing may be left out because a clock is wrong."""

    class Early(Database):
        def within(self, window: Window) -> Early:
            return Early(window=window)

        def query(self, sql: str) -> list[dict[str, object]]:
            return [{"day": 99_999, "requests": 1}]

    with Remembered(Early(), "clickhouse://u@h", b"key") as engine:
        assert engine.window == ALWAYS


def test_who_may_read_them() -> None:
    """Nobody but the user may read the files, and nobody without the credentials what is in them."""
    interrupted()
    assert len(files()) == 3
    for path in files():
        assert path.stat().st_mode & 0o077 == 0
        assert path.parent.stat().st_mode & 0o077 == 0
        assert b"somebody stored" not in path.read_bytes()
    other = Database()
    asked_of(other, key=b"another")
    assert values_asked(other) == 2


def test_an_open_folder_is_closed() -> None:
    """Whatever made it: an old program, or a stranger's umask."""
    interrupted()
    folder = files()[0].parent
    folder.chmod(0o777)
    asked_of(Database())
    interrupted()
    assert files()[0].parent.stat().st_mode & 0o077 == 0


def test_a_folder_that_is_a_link_is_not_used(tmp_path: Path) -> None:
    interrupted()
    folder = files()[0].parent
    for path in files():
        path.unlink()
    folder.rmdir()
    folder.symlink_to(tmp_path)
    interrupted()
    assert list(tmp_path.iterdir()) == []


def spoilt(path: Path) -> None:
    path.write_text("[{")


def aged(path: Path) -> None:
    os.utime(path, (0, time.time() - LASTS - 1))


def piped(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


@pytest.mark.parametrize("change", [spoilt, aged, piped])
def test_what_cannot_be_used_is_asked_again(change: Callable[[Path], None]) -> None:
    """One that is too old, that was not written here, or that is a pipe from which nothing will ever come."""
    interrupted()
    for path in files():
        change(path)
    again = Database()
    asked_of(again)
    assert values_asked(again) == 2
