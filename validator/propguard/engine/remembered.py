"""Answers kept on disk until an audit is done, so that one that broke off does not ask again what was answered."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import time
from typing import TYPE_CHECKING

from propguard.errors import TooMuchAsked
from propguard.files import cache_folder, write_whole

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Protocol, Self

    from propguard.engine.protocol import Engine
    from propguard.engine.unread import UnreadRows
    from propguard.engine.windows import Divisible, Window

    class _DivisibleEngine(Engine, Divisible, Protocol): ...


LASTS = 3600.0
"""Seconds for which an answer is used again; stored properties change."""


class Remembered:
    """`engine`, whose answers to `account`, a name for server and user, are kept; also that something was too much.

    They hold values, so that nobody but the user may read them. What cannot be kept is asked again.
    """

    def __init__(self, engine: _DivisibleEngine, account: str) -> None:
        digest = hashlib.blake2b(account.encode(), digest_size=10, person=b"propguard").hexdigest()
        self._engine: Engine = engine
        self._divisible: Divisible = engine
        self._folder = os.path.join(cache_folder(), "audit", digest)
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
        return self._engine.everything

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

    def unread(self) -> UnreadRows:
        """As the engine's."""
        return self._engine.unread()

    def answer(self, engine: Engine, sql: str) -> list[dict[str, object]]:
        """The answer that is kept, or else the engine's."""
        path = os.path.join(self._folder, hashlib.blake2b(sql.encode(), digest_size=16).hexdigest())
        kept = _kept(path)
        if kept is not None:
            self.reused += 1
        else:
            try:
                kept = engine.query(sql)
            except TooMuchAsked as error:
                kept = str(error)
            self._keep(path, kept)
        if isinstance(kept, str):
            raise TooMuchAsked(kept)
        return kept

    def close(self) -> None:
        """As the engine's. What was answered is kept for another attempt."""
        self._engine.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """As `close`; the answers are removed where they have served their purpose."""
        if kind is None:
            shutil.rmtree(self._folder, ignore_errors=True)
        self.close()

    def _keep(self, path: str, kept: list[dict[str, object]] | str) -> None:
        with contextlib.suppress(OSError):
            os.makedirs(self._folder, mode=0o700, exist_ok=True)
            write_whole(path, json.dumps(kept).encode(), lasting=False)


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

    def unread(self) -> UnreadRows:
        return self._engine.unread()

    def close(self) -> None:
        self._whole.close()


def _kept(path: str) -> list[dict[str, object]] | str | None:
    """The answer in a file; null where there is none, or it is too old."""
    try:
        if time.time() - os.path.getmtime(path) > LASTS:
            return None
        with open(path, "rb") as stream:
            kept: list[dict[str, object]] | str = json.load(stream)
    except (OSError, ValueError):
        return None
    return kept
