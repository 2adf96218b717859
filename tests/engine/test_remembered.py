"""Answers of an audit that broke off."""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from propguard.engine.remembered import LASTS, Remembered
from propguard.engine.unread import UnreadRows
from propguard.engine.windows import Window, divided
from propguard.errors import EngineFailed, TooMuchAsked
from propguard.files import cache_folder

if TYPE_CHECKING:
    from collections.abc import Iterator


NOW = datetime(2026, 6, 1, tzinfo=UTC)


class Database:
    """Counts what it is asked; the whole is too much for it, and it dies after so many answers."""

    name = "double"
    longest_statement = 1 << 20
    everything = "SELECT everything"

    def __init__(self, lasts: int, window: Window = Window(), asked: list[str] | None = None) -> None:  # noqa: B008  # constant
        self.lasts, self.window, self.asked = lasts, window, [] if asked is None else asked

    @property
    def source(self) -> str:
        return f"SELECT {self.window}"

    def within(self, window: Window) -> Database:
        return Database(self.lasts, window, self.asked)

    def query(self, sql: str) -> list[dict[str, object]]:
        if len(self.asked) >= self.lasts:
            raise EngineFailed("broke the connection off")
        self.asked.append(sql)
        if self.window == Window():
            raise TooMuchAsked("too much")
        return [{"of": sql}]

    def rows(self, sql: str) -> Iterator[dict[str, object]]:
        return iter(self.query(sql))

    def unread(self) -> UnreadRows:
        return UnreadRows()

    def close(self) -> None: ...


def files() -> list[Path]:
    return [path for path in Path(cache_folder()).rglob("*") if path.is_file()]


def asked_of(database: Database) -> list[object]:
    with Remembered(database, "clickhouse://u@h") as engine:
        return [answer for _, answer in divided(engine, lambda part: part.query(part.source), now=NOW)]


def test_going_on() -> None:
    """After a failure nothing is asked twice, not even what was too much; after a success nothing is kept."""
    whole = asked_of(Database(99))
    assert len(whole) == 2
    assert not files()
    with pytest.raises(EngineFailed):
        asked_of(Database(2))
    assert len(files()) == 2
    again = Database(99)
    assert asked_of(again) == whole
    assert len(again.asked) == 1
    assert not files()


def test_who_may_read_them() -> None:
    with pytest.raises(EngineFailed):
        asked_of(Database(2))
    assert files()[0].parent.stat().st_mode & 0o077 == 0


def test_old_answers() -> None:
    """Stored properties change, so that an answer is not used for ever; one that cannot be read is none."""
    for change in (lambda path: os.utime(path, (0, time.time() - LASTS - 1)), lambda path: path.write_text("[{")):
        with pytest.raises(EngineFailed):
            asked_of(Database(2))
        for path in files():
            change(path)
        again = Database(99)
        asked_of(again)
        assert len(again.asked) == 3


def test_somebody_elses_answers() -> None:
    """Another account on the same server is asked anew."""
    with pytest.raises(EngineFailed):
        asked_of(Database(2))
    other = Database(99)
    with Remembered(other, "clickhouse://v@h") as engine:
        list(divided(engine, lambda part: part.query(part.source), now=NOW))
    assert len(other.asked) == 3
