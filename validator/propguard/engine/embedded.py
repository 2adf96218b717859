"""Embedded ClickHouse over files: Parquet, JSONL and CSV, compressed or not, by name, by pattern or on S3. The owner of chDB."""

from __future__ import annotations

import contextlib
import json
import math
import os
import re
import sys
import threading
from typing import TYPE_CHECKING, Any, Self

from propguard.engine.clickhouse_settings import UNCOMPILED
from propguard.engine.columns import EMPTY, readable
from propguard.engine.failures import failure
from propguard.engine.file_rows import FileRows
from propguard.engine.file_tables import file_table
from propguard.engine.local_files import LinkedFiles, files_at
from propguard.engine.memory import default_memory
from propguard.engine.rows_read import RowsRead
from propguard.engine.waiting import Calls, TimeIsUp
from propguard.engine.windows import Window
from propguard.errors import EngineFailed, UsageError
from propguard.model.text import visible
from propguard.rules.sql import literal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from propguard.engine.unread import UnreadRows

_ADDRESS = re.compile(r"s3://[A-Za-z0-9][A-Za-z0-9._-]+/[^/]")

_SECONDS, _SECONDS_PER_BYTE = 60, 30 / (1 << 20)
"""Of processor time for one statement: what is more than ten times what any file was seen to take."""

_MOST_STORED = 4 << 20
"""Bytes of files that are read once, and kept in memory: some thirty times as many where their lines are very short."""

_one_at_a_time = threading.Lock()
"""chDB has one database per process."""


class EmbeddedEngine:
    """A ClickHouse in this process that reads `files`: paths, patterns, or `s3://` addresses.

    `columns` names those to read for `request_id`, `request_created_at` and `properties`, where they are not called so.
    `memory` is in bytes, else a share of the machine's; `seconds` of processor time are for one statement, else more for
    larger files. `on_rows` is told what `RowsRead` reports of statements about the rows. Only requests of `window` are read; `everything` is what that leaves
    out, too. A file without rows and a pattern that no file has are among `notices`. Raises UsageError or EngineFailed where
    the files cannot be read as requests with properties.
    """

    name = "embedded"

    def __init__(
        self,
        files: Sequence[str],
        *,
        columns: Mapping[str, str] | None = None,
        memory: int | None = None,
        threads: int | None = None,
        window: Window = Window(),  # noqa: B008  # it cannot be changed
        seconds: int | None = None,
        on_rows: Callable[[int, int, bool], object] | None = None,
    ) -> None:
        self._calls = Calls()
        self._told_seconds, self._seconds = seconds, float(seconds or _SECONDS)
        self._columns, self._window = columns or {}, window
        self._memory = default_memory() if memory is None else memory
        self._links = LinkedFiles()
        database = os.path.join(self._links.folder, "database")
        try:
            self._session = _open(database)
        except BaseException:
            self._links.close()
            raise
        self._rows_read = None if on_rows is None else RowsRead(on_rows, lambda: _session(database))
        self._is_read = False
        self._rows = FileRows(self._links)
        self._views = 0
        self.source = self.everything = EMPTY
        self.notices: list[str] = []
        try:
            for setting, value in _settings(self._memory, threads).items():
                self._run(f"SET {setting} = {value}", "Null")
            self.read(files)
        except BaseException:
            self.close()
            raise

    def read(self, files: Sequence[str]) -> None:
        """Look at the beginning of each of the files, which are the source from then on; none may be there before."""
        for file in files:
            if not file.startswith("s3://"):
                paths = files_at(file)
                if not paths:
                    self.notices.append(f"no file that {visible(file)} matches holds a row")
                for path in paths:
                    self._add(path, self._links.link(path))
            elif _ADDRESS.match(file):
                self._add(file, None)
            else:
                raise UsageError("an address on S3 is written s3://BUCKET/PATH, without user and password")
        every = self._rows.stored(self.query, min(_MOST_STORED, self._memory // 64))
        if every:
            self.everything = readable(every)
            self.source = readable(every, self._window.conditions("request_created_at"))
        self._is_read = True

    def query(self, sql: str) -> list[dict[str, object]]:
        """The rows of the answer. Raises EngineFailed; KeyboardInterrupt is raised while the database still works."""
        self._begin()
        return [_row(line) for line in self._run(sql, "JSONEachRow").splitlines() if line]

    def rows(self, sql: str) -> Iterator[dict[str, object]]:
        """The rows of the answer, one after the other, in the memory of some thousands. Raises EngineFailed."""
        self._begin()
        answer = self._waited(lambda: self._session.send_query(sql, "JSONEachRow"))
        try:
            while (piece := self._waited(answer.fetch)) is not None and (lines := piece.bytes()):
                yield from (_row(line) for line in bytes(lines).split(b"\n") if line)
        finally:
            if not self._calls.is_stuck:
                with contextlib.suppress(Exception):  # what is at its end cannot be stopped any more
                    answer.cancel()

    def view(self, select: str, columns: str) -> str:
        """The name of a view. Raises EngineFailed."""
        self._views += 1
        name = f"view_{self._views}"
        self._run(f"CREATE VIEW {name} ({columns}) AS {select}", "Null")
        return name

    def unread(self) -> UnreadRows:
        """The rows in the window that cannot be read. Raises EngineFailed."""
        return self._rows.unread(self.query, self._window)

    def close(self) -> None:
        """Let another database be opened in this process."""
        if self._session is not None:
            session, self._session = self._session, None
            if self._rows_read is not None:
                self._rows_read.close()
            if not self._calls.is_stuck:  # it would only be closed when the statement is done, which may be never
                with contextlib.suppress(Exception):  # what cannot be closed is left to the end of the process
                    session.close()
                _one_at_a_time.release()
            self._links.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _add(self, file: str, link: str | None) -> None:
        shown = visible(file)
        head = f"s3({literal(file)}" if link is None else f"file({literal(link)}"
        try:
            size = math.inf if link is None else os.path.getsize(link)
            if self._told_seconds is None:
                self._seconds += _SECONDS_PER_BYTE * size
            table = file_table(file, head, self.query, self._columns, is_empty=size == 0)
        except EngineFailed as error:
            said = str(error)
            raise UsageError(said if shown in said else f"cannot read {shown}: {said}") from None
        if table is None:
            self.notices.append(f"{shown} holds no rows")
        else:
            self._rows.add(table, head, link)

    def _begin(self) -> None:
        if self._rows_read is not None and self._is_read:
            self._rows_read.begin()

    def _run(self, sql: str, output: str) -> bytes:
        """The answer as text."""
        answer = self._waited(lambda: self._session.query(sql, output))
        if self._rows_read is not None and self._is_read:
            self._rows_read.end(int(answer.storage_rows_read()))
        return bytes(answer.bytes())

    def _waited(self, call: Callable[[], Any]) -> Any:
        """What `call` of the database returns. Raises EngineFailed; an interrupt is heard while it works."""
        try:
            if self._rows_read is not None and self._is_read:
                return self._calls.result(call, self._seconds, self._rows_read.look)
            return self._calls.result(call, self._seconds)
        except TimeIsUp:
            raise EngineFailed(
                f"reading the source takes more than {self._seconds:,.0f} seconds of work, which is more than files of this size "
                "should take: they may be damaged, or allow more with --max-seconds N"
            ) from None
        except Exception as error:  # noqa: BLE001  # chDB raises what it likes
            raise failure(error, self._memory, self._shown) from None

    def _shown(self, name: str) -> str | None:
        path = self._links.path_of(name)
        return None if path is None else visible(path)


def _row(line: bytes) -> dict[str, object]:
    """A row of an answer; names of columns may hold bytes that are no UTF-8, which are replaced."""
    row: dict[str, object] = json.loads(line.decode(errors="replace"))
    return row


def _settings(memory: int, threads: int | None) -> dict[str, object]:
    settings: dict[str, object] = {
        "session_timezone": "'UTC'",
        "max_query_size": 64 << 20,
        "max_ast_elements": 10_000_000,
        "max_expanded_ast_elements": 10_000_000,
        "max_bytes_before_external_sort": 64 << 20,
        "max_bytes_ratio_before_external_sort": 0,
        "max_memory_usage": memory,
        "max_untracked_memory": 1 << 20,
        "input_format_parallel_parsing": 0,  # it takes no time off, and several times the memory beside what is counted
        **UNCOMPILED,
    }
    if threads is not None:
        settings["max_threads"] = threads
    return settings


def _open(folder: str) -> Any:
    """A session, with what it spills to the disk in `folder`. Raises UsageError where chDB is not installed, or another audit goes on in this process."""
    try:
        import chdb.session  # noqa: F401  # it may not be there
    except ImportError:
        if sys.platform == "win32":
            raise UsageError(
                "files cannot be audited on Windows, where ClickHouse has no embedded engine; audit a clickhouse:// server"
            ) from None
        raise UsageError("auditing files needs the embedded ClickHouse: pip install 'propguard[audit]'") from None
    if not _one_at_a_time.acquire(blocking=False):
        raise UsageError("another audit goes on in this process, which can have one embedded ClickHouse only")
    try:
        return _session(folder)
    except Exception as error:  # noqa: BLE001  # chDB raises what it likes, and that is said in one sentence
        _one_at_a_time.release()
        raise EngineFailed(f"the embedded ClickHouse cannot be started ({type(error).__name__})") from None


def _session(folder: str) -> Any:
    """A session of the one database that this process has."""
    from chdb.session import Session

    open_session: Any = Session  # chDB has no types
    return open_session(folder)
