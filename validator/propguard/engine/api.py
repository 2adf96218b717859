"""Requests read over the platform's API, window by window, onto the disk; then the embedded engine judges them there."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from propguard.engine.embedded import EmbeddedEngine
from propguard.engine.matching import matching
from propguard.engine.spool import Spool
from propguard.engine.unread import NOTHING_UNREAD, UnreadRows
from propguard.engine.windows import Window
from propguard.errors import NotVerified
from propguard.helicone.flow import Clock, drive
from propguard.helicone.reading import Walk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from typing import Self

    from propguard.helicone.filters import Filter
    from propguard.helicone.session import Session
    from propguard.helicone.stored_request import StoredRequest

_STRETCH = 20_000
"""Requests of a file, about; fewer where they come slowly, so that little is read twice after an interruption."""
_STRETCH_SECONDS = 30.0


class ApiEngine:
    """The requests of `window`, which belong to the organisation of the API key of `session`.

    All of them are read, and those chosen for which `where` holds, when this is made; what a former attempt has read in the last day is not read again. Bodies are
    dropped as they come. `progress` is told how many there are, and back to which moment. A window that comes back empty is
    asked for otherwise before it is believed; where the answers still contradict each other, it is among `unverified`.

    Raises UsageError or HeliconeError; what was read until then is kept.
    """

    name = "api"

    def __init__(
        self,
        session: Session,
        *,
        window: Window = Window(),  # noqa: B008  # it cannot be changed
        where: Filter | None = None,
        clock: Clock | None = None,
        progress: Callable[[int, datetime], object] = lambda *_: None,
    ) -> None:
        self._session = session
        self._where = where
        self._clock = clock or Clock()
        self._progress = progress
        told = "|".join("" if at is None else at.isoformat() for at in window)
        folder = f"{session.account}-{hashlib.blake2b(told.encode(), digest_size=6).hexdigest()}"
        self._spool = Spool(folder)
        try:
            walk = self._walk(window)
            self._engine = EmbeddedEngine(())  # before the reading: where there is none, it would be in vain
        except BaseException:
            self._spool.close()
            raise
        try:
            self._read(walk)
            self._engine.read([self._spool.files])
        except BaseException:
            self.close()
            raise

    @property
    def shown(self) -> str:
        """What to call the source."""
        return f"api {self._session.base_url}"

    @property
    def unverified(self) -> tuple[Window, ...]:
        """Windows in which the platform shows nothing, which cannot be told from a failure."""
        return self._spool.unverified

    @property
    def source(self) -> str:
        return matching(self._engine.source, self._where)

    @property
    def everything(self) -> str:
        """What was read; what lies outside of the window was not."""
        return self._engine.source

    def query(self, sql: str) -> list[dict[str, object]]:
        """As the embedded engine's."""
        return self._engine.query(sql)

    def rows(self, sql: str) -> Iterator[dict[str, object]]:
        """As the embedded engine's."""
        return self._engine.rows(sql)

    def view(self, select: str, columns: str) -> str:
        """As the embedded engine's."""
        return self._engine.view(select, columns)

    def unread(self) -> UnreadRows:
        """None: the platform stores maps of texts only."""
        return NOTHING_UNREAD

    def close(self) -> None:
        """Close the connection and the database. What was read is kept for another attempt."""
        self._engine.close()
        self._spool.close()
        self._session.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """As `close`; what was read is removed where it has served its purpose."""
        if kind is None:
            self._spool.remove()
        self.close()

    def _walk(self, window: Window) -> Walk:
        """What is left to be read, after an empty stretch that marks where it begins."""
        covered = self._spool.covered
        walk = Walk(None, window.since, window.until if covered is None else covered.since, self._clock)
        if covered is None:
            self._spool.add((walk.position, walk.position), [])
        return walk

    def _read(self, walk: Walk) -> None:
        number = 0
        end = done = walk.position
        began = self._clock.monotonic()
        stretch: list[StoredRequest] = []
        try:
            while (batch := self._batch(walk)) is not None:
                stretch += batch
                number += len(batch)
                done = walk.position
                self._progress(number, done)
                if len(stretch) >= _STRETCH or self._clock.monotonic() - began > _STRETCH_SECONDS:
                    self._spool.add((done, end), stretch)
                    end, began, stretch = done, self._clock.monotonic(), []
            done = walk.position
        finally:
            if done < end:
                self._spool.add((done, end), stretch)

    def _batch(self, walk: Walk) -> list[StoredRequest] | None:
        """The next requests; null when there are no more. What cannot be verified is noted and passed over."""
        while True:
            try:
                return drive(walk.batch(), self._session, self._clock)
            except NotVerified as error:
                self._spool.doubt((error.since, error.until))
