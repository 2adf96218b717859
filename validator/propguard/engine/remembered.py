"""Answers kept on disk until an audit is done, so that one that broke off does not ask again what was answered."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from propguard.compilers.clickhouse import requests_statement
from propguard.engine.sealed import opened, sealed
from propguard.engine.windows import Window
from propguard.errors import TooMuchAsked, UsageError
from propguard.files import private_folder, read_ordinary, require_ordinary, write_private

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Protocol, Self

    from propguard.engine.protocol import Engine
    from propguard.engine.unread import UnreadRows
    from propguard.engine.windows import Divisible

    class _DivisibleEngine(Engine, Divisible, Protocol):
        def within(self, window: Window) -> _DivisibleEngine: ...


LASTS = 3600.0
"""Seconds for which an answer is used again; stored properties change."""


class Remembered:
    """`engine`, whose answers to `account`, a name for server and user, are kept; also that something was too much.

    They are used again only of the same requests: where the window has no end, it ends with the beginning of the first
    attempt, and of each window the requests are counted anew before anything else of it is believed. As they hold values,
    they are sealed with `key`. What cannot be kept is asked again.
    """

    def __init__(self, engine: _DivisibleEngine, account: str, key: bytes) -> None:
        digest = hashlib.blake2b(account.encode(), digest_size=10, person=b"propguard").hexdigest()
        self._key = key
        self._folder: str | None = None
        with contextlib.suppress(OSError):
            self._folder = private_folder("audit", digest)
        self._states: dict[str, list[dict[str, object]]] = {}
        self.begun: datetime | None = None
        """When an attempt began that this one goes on with; None where it is the first."""
        self._whole = engine
        try:
            self._engine = self._divisible = self._bounded(engine)
        except BaseException:
            engine.close()
            raise
        self.reused = 0
        """How many answers were not asked for again."""

    @property
    def name(self) -> str:
        return self._engine.name

    @property
    def source(self) -> str:
        return self._engine.source

    @property
    def everything(self) -> str:
        return self._whole.everything

    @property
    def longest_statement(self) -> int:
        return self._divisible.longest_statement

    @property
    def window(self) -> Window:
        return self._divisible.window

    def within(self, window: Window) -> Engine:
        """The requests of `window`; its answers are kept as well."""
        return _Part(self, self._divisible.within(window))

    def query(self, sql: str) -> list[dict[str, object]]:
        """As the engine's. Raises TooMuchAsked again where it did before."""
        return self.answer(self._engine, sql)

    def rows(self, sql: str) -> Iterator[dict[str, object]]:
        """As the engine's; rows are too many to be kept."""
        return self._engine.rows(sql)

    def view(self, select: str, columns: str) -> str:
        """As the engine's."""
        return self._engine.view(select, columns)

    def unread(self) -> UnreadRows:
        """As the engine's."""
        return self._engine.unread()

    def answer(self, engine: Engine, sql: str) -> list[dict[str, object]]:
        """The answer that is kept, where the requests are the same, or else the engine's."""
        counting = requests_statement(engine.source)
        state = self._states.get(counting)
        if state is None:
            state = self._states[counting] = self._asked(engine, counting, None)
        return state if sql == counting else self._asked(engine, sql, json.dumps(state))

    def _asked(self, engine: Engine, sql: str, state: str | None) -> list[dict[str, object]]:
        """Only a refusal is used again where there is no `state` to tell by that nothing has changed."""
        refusal, answer = self._path(sql), None if state is None else self._path(f"{state} {sql}")
        for path in (refusal, answer):
            kept = None if path is None else self._kept(path)
            if kept is not None:
                self.reused += 1
                if isinstance(kept, str):
                    raise TooMuchAsked(kept)
                return kept
        try:
            rows = engine.query(sql)
        except TooMuchAsked as error:
            self._keep(refusal, str(error))
            raise
        self._keep(answer, rows)
        return rows

    def _bounded(self, engine: _DivisibleEngine) -> _DivisibleEngine:
        """The engine, with an end of its window: that of a former attempt, or now, unless there are requests of later."""
        since, until = engine.window
        if until is not None:
            return engine
        path = self._path("until")
        try:
            kept = None if path is None else self._kept(path)
            if path is not None and isinstance(kept, str) and (since is None or since < datetime.fromisoformat(kept)):
                self.begun = datetime.fromtimestamp(os.path.getmtime(path), UTC)
                until = datetime.fromisoformat(kept)
            else:
                until = datetime.now(UTC).replace(microsecond=0) + timedelta(seconds=1)
                later = engine.within(Window(until, None))
                if (since is not None and since >= until) or later.query(requests_statement(later.source)):
                    return engine
                self._keep(path, until.isoformat())
            return engine.within(Window(since, until))
        except (OSError, ValueError, UsageError, TooMuchAsked):  # such as of a table without times
            return engine

    def close(self) -> None:
        """As the engine's. What was answered is kept for another attempt."""
        self._whole.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, *_: object) -> None:
        """As `close`; the answers are removed where they have served their purpose, and else an interruption has a note."""
        if kind is None and self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
        if isinstance(error, KeyboardInterrupt) and self._folder is not None and os.path.isdir(self._folder):
            error.add_note(
                f"answers so far are kept for {LASTS // 60:.0f} minutes; run the same command again to go on"
            )
        self.close()

    def _path(self, told: str) -> str | None:
        if self._folder is None:
            return None
        return os.path.join(self._folder, hashlib.blake2b(told.encode(), digest_size=16).hexdigest())

    def _keep(self, path: str | None, kept: list[dict[str, object]] | str) -> None:
        if path is not None:
            with contextlib.suppress(OSError):
                write_private(path, sealed(self._key, json.dumps(kept).encode()))

    def _kept(self, path: str) -> list[dict[str, object]] | str | None:
        """What is in a file; None where there is none, where it is too old, or was not written here."""
        try:
            if time.time() - require_ordinary(path).st_mtime > LASTS:
                return None
            content = opened(self._key, read_ordinary(path))
            kept: list[dict[str, object]] | str | None = None if content is None else json.loads(content)
        except (OSError, ValueError):
            return None
        return kept


class _Part:
    """A window of an engine, whose answers are kept with the others."""

    def __init__(self, whole: Remembered, engine: Engine) -> None:
        self._whole, self._engine = whole, engine

    @property
    def name(self) -> str:
        return self._engine.name

    @property
    def source(self) -> str:
        return self._engine.source

    @property
    def everything(self) -> str:
        return self._engine.everything

    def query(self, sql: str) -> list[dict[str, object]]:
        return self._whole.answer(self._engine, sql)

    def rows(self, sql: str) -> Iterator[dict[str, object]]:
        return self._engine.rows(sql)

    def view(self, select: str, columns: str) -> str:
        return self._engine.view(select, columns)

    def unread(self) -> UnreadRows:
        return self._engine.unread()

    def close(self) -> None:
        self._whole.close()
