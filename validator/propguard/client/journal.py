"""What the platform is known to have written, kept beside the file of rows, so that a run can be continued.

The journal holds digests and numbers: neither keys nor values, neither request ids nor the API key. A row is in it once
the platform has answered that it is written, never before; what was answered last may be missing after a power loss and
is then written again.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from enum import IntEnum
from typing import TYPE_CHECKING, Self

from propguard.errors import UsageError, system_reason
from propguard.files import require_ordinary

if TYPE_CHECKING:
    from collections.abc import Iterator

    from propguard.client.schedule import Row

_SUFFIX = ".propguard-journal"
_APPLICATION = 0x70726F70  # "prop": says to `file`, and to us, whose database this is
_FORMAT = 1


class Outcome(IntEnum):
    """What has become of a row; the journal keeps those that are written, and of the others none."""

    PENDING = 0
    PARKED = 1
    WRITTEN = 2
    VERIFIED = 3
    REFUSED = 4
    FAILED = 5
    NOT_FOUND = 6
    DROPPED = 7


def journal_path(path: str) -> str:
    """Where the journal of the file at `path` lies: beside it, whatever link leads there."""
    return os.path.realpath(path) + _SUFFIX


class Journal:
    """The journal at `path`, made where there is none; of nothing at all, gone when it is closed, where `path` is null.

    It is locked as long as it is open: UsageError where another run has it, where it cannot be read or made, and where it
    is none of ours. What fails later, such as a full disk, is a UsageError, too.
    """

    def __init__(self, path: str | None) -> None:
        self.path = path
        if path is not None:
            _require_files(path)
        self.is_continued = path is not None and os.path.exists(path)
        """Whether another run may have written a moment ago."""
        with self.told():
            self.connection = sqlite3.connect(path or "", timeout=0, isolation_level=None)
            try:
                self._open()
            except BaseException:
                self.connection.close()
                raise
        self._kept: list[tuple[bytes, int, int, int]] = []

    def _open(self) -> None:
        """Locked first: an exclusive lock needs no shared memory beside the file, and goes with the process."""
        run = self.connection.execute
        run("PRAGMA locking_mode = EXCLUSIVE")
        run("PRAGMA journal_mode = WAL")
        run("PRAGMA synchronous = NORMAL")
        run("BEGIN EXCLUSIVE")
        ((application,),) = run("PRAGMA application_id")
        ((version,),) = run("PRAGMA user_version")
        ((tables,),) = run("SELECT count(*) FROM main.sqlite_master")
        if tables and application != _APPLICATION:
            raise UsageError(f"{self.path} is no journal of propguard; move it away, then run again")
        if tables and version != _FORMAT:
            raise UsageError(
                f"{self.path} was made by another version of propguard; use that one, or delete the journal to write every row again"
            )
        if not tables:
            run(
                """
                CREATE TABLE main.entry (
                    sequence INTEGER PRIMARY KEY,  -- entries are only ever added, and the last one about a row holds
                    digest BLOB NOT NULL,          -- of the base URL, the request, the key and the value
                    occurrence INTEGER NOT NULL,   -- which of the rows with that digest, in the order of the file
                    target INTEGER NOT NULL,       -- digest of the base URL, the request and the key
                    outcome INTEGER NOT NULL       -- written, verified, or pending for what was lost
                )
                """
            )
            run(f"PRAGMA application_id = {_APPLICATION}")
            run(f"PRAGMA user_version = {_FORMAT}")
        run("COMMIT")

    def keep(self, row: Row, outcome: Outcome) -> None:
        """The platform has answered that the row is written, or was seen to hold it, or to have lost it.

        On the disk after `commit`.
        """
        self._kept.append((row.digest, row.occurrence, row.target, int(outcome)))

    def commit(self) -> None:
        """What was kept so far survives the end of the process."""
        if self._kept:
            if not self.connection.in_transaction:  # as it is after a full disk
                self.connection.execute("BEGIN")
            self.connection.executemany(
                "INSERT INTO main.entry (digest, occurrence, target, outcome) VALUES (?, ?, ?, ?)", self._kept
            )
            self.connection.execute("COMMIT")
            self._kept.clear()

    @contextlib.contextmanager
    def told(self) -> Iterator[None]:
        """What SQLite complains about comes out as a UsageError that says what to do."""
        try:
            yield
        except sqlite3.Error as error:
            raise UsageError(self._complaint(error)) from None

    def _complaint(self, error: sqlite3.Error) -> str:
        name = str(getattr(error, "sqlite_errorname", ""))
        where = self.path or "the temporary folder"
        for start, sentence in _COMPLAINTS.items():
            if name.startswith(start):
                return sentence.format(where=where, error=error)
        return f"the journal {where} cannot be used ({error}); delete it, and every row is written again"

    def close(self) -> None:
        """What was kept is on the disk, and the lock is gone."""
        with self.told():
            try:
                self.commit()
            finally:
                self.connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _require_files(path: str) -> None:
    """Raises UsageError for what SQLite would wait for without end: a pipe or a device in the place of one of its files."""
    for name in (path, *(f"{path}-{ending}" for ending in ("wal", "shm", "journal"))):
        try:
            require_ordinary(name)
        except FileNotFoundError:
            continue
        except OSError as error:
            raise UsageError(
                f"the journal {name} cannot be used: {system_reason(error)}; move it away, then run again"
            ) from None


_COMPLAINTS = {
    "SQLITE_BUSY": "another `propguard apply` is at work on this file and holds its journal {where}; wait until it has ended",
    "SQLITE_CANTOPEN": "the journal {where} cannot be made or opened; is its folder there, and may it be written to?",
    "SQLITE_READONLY": "the journal {where} may not be written to; put the file where a journal can lie beside it",
    "SQLITE_FULL": "there is no room for the journal {where}; make some, then run again",
    "SQLITE_IOERR": "the journal {where} cannot be read or written ({error}); see to the disk, then run again",
}
