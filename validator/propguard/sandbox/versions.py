"""The latest version of every request, as a write reads it, and the versions that wait for the database.

A PUT on the platform reads the latest version, merges one property into it in memory and inserts a whole new row, whose
`updated_at` has whole seconds. Of versions of one second either may be read; here it is always the first of them, so that two
writes to one request in one second lose all but the last one of them, every time.

A look-up by request id takes ClickHouse milliseconds and SQLite microseconds, and thousands of writes a second are to be
answered. So the latest version also stands in SQLite, in a file: a million requests do not live in memory. The database gets
new versions in batches, before anything is asked of it.
"""

from __future__ import annotations

import json
import os
import sqlite3
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

BATCH = 20_000
BATCH_LENGTH = 32 << 20
"""So many versions, or so many characters of them, wait at most before they are handed to the database."""

BLANKED = ("prompt_id", "prompt_version", "request_referrer")
"""What a PUT does not carry over into the new version. Source: Helicone/helicone at 67df07b8."""

_SET_UP = (
    "PRAGMA journal_mode = OFF",  # what is left of it after a crash is nothing anybody wants
    "PRAGMA synchronous = OFF",
    "PRAGMA cache_size = -65536",
    "CREATE TABLE latest (request_id TEXT PRIMARY KEY, updated_at INTEGER NOT NULL, line TEXT NOT NULL) WITHOUT ROWID",
    "BEGIN",  # and never an end: pages are written when memory is full, not after every row
)


class Versions:
    """The versions of the requests of one organisation; `folder` holds what does not fit into memory."""

    def __init__(self, folder: str) -> None:
        self._latest = sqlite3.connect(os.path.join(folder, "latest.sqlite"), isolation_level=None)
        for statement in _SET_UP:
            self._latest.execute(statement)
        self._waiting: list[str] = []
        self._length = 0

    def add(self, row: Mapping[str, Any]) -> None:
        """A version of a request is stored; `row` has the table's columns, `updated_at` in seconds since 1970."""
        line = json.dumps(row)
        self._waiting.append(line)
        self._length += len(line)
        self._latest.execute(
            # Of two versions of one second the first one stays what is read.
            "INSERT INTO latest VALUES (?1, ?2, ?3) ON CONFLICT (request_id) "
            "DO UPDATE SET updated_at = ?2, line = ?3 WHERE updated_at < ?2",
            (row["request_id"], row["updated_at"], line),
        )

    def merge(self, request_id: str, key: str, value: str, second: int) -> bool:
        """A new version of a request has this property; false where there is no such request."""
        row = self.latest(request_id)
        if row is None:
            return False
        row["properties"][key] = value
        row["updated_at"] = second
        row.update(dict.fromkeys(BLANKED, ""))
        self.add(row)
        return True

    def latest(self, request_id: str) -> dict[str, Any] | None:
        """The version of a request that a write would read."""
        found = self._latest.execute("SELECT line FROM latest WHERE request_id = ?", (request_id,)).fetchone()
        return None if found is None else json.loads(found[0])

    def is_batch_full(self) -> bool:
        return len(self._waiting) >= BATCH or self._length >= BATCH_LENGTH

    def take_waiting(self) -> list[str]:
        """The versions that the database does not have yet, as lines of JSON; from now on they do not wait any more."""
        waiting, self._waiting, self._length = self._waiting, [], 0
        return waiting

    def forget(self) -> None:
        """There are no requests."""
        self.take_waiting()
        self._latest.execute("DELETE FROM latest")

    def close(self) -> None:
        self._latest.close()
