"""The rows of a run and what has become of each, in a private database of SQLite's that is gone with the process.

It takes the memory of a few thousand rows however many there are: what does not fit goes into a temporary file, which
holds numbers, offsets and digests, and the key and value of rows that a fix has changed.
"""

from __future__ import annotations

import json
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, NamedTuple

from propguard.client.journal import Outcome
from propguard.client.rows import json_object
from propguard.client.schedule import Row
from propguard.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from propguard.client.journal import Journal
    from propguard.client.rows import GivenRow, Line, RowFile

_AT_ONCE = 512
_CACHE = "-8000"  # kibibytes

_TABLES = """
    CREATE TABLE plan.given (
        number INTEGER PRIMARY KEY, offset INTEGER, length INTEGER, request INTEGER, target INTEGER, digest BLOB, sent TEXT
    );
    CREATE TABLE plan.row (
        number INTEGER PRIMARY KEY, offset INTEGER, length INTEGER, request INTEGER, target INTEGER, digest BLOB,
        occurrence INTEGER, sent TEXT, outcome INTEGER, sequence INTEGER, error TEXT
    );
    CREATE TABLE plan.known (
        digest BLOB, occurrence INTEGER, sequence INTEGER, outcome INTEGER,
        PRIMARY KEY (digest, occurrence)
    ) WITHOUT ROWID;
    CREATE TABLE plan.first (position INTEGER PRIMARY KEY, number INTEGER, rows INTEGER);
    CREATE TABLE plan.told (position INTEGER PRIMARY KEY, number INTEGER);
    CREATE VIEW plan.detail AS
        SELECT number, offset, length, request, target, digest, occurrence, sent, 0 AS left, outcome FROM row;
    CREATE VIEW plan.to_write AS
        SELECT position, detail.*, rows FROM first CROSS JOIN detail USING (number);
    CREATE VIEW plan.to_read_back AS
        SELECT position, detail.* FROM told CROSS JOIN detail USING (number);
"""

_REMEMBER = """
    INSERT INTO plan.known SELECT digest, occurrence, max(sequence), outcome FROM main.entry GROUP BY digest, occurrence
"""

_ARRANGE = """
    INSERT INTO plan.row
    SELECT given.number, offset, length, request, given.target, given.digest, given.occurrence, sent,
        CASE WHEN given.digest IS NULL THEN :dropped ELSE coalesce(known.outcome, :pending) END, known.sequence, NULL
    FROM (SELECT *, row_number() OVER (PARTITION BY digest ORDER BY number) AS occurrence FROM plan.given) AS given
    LEFT JOIN plan.known USING (digest, occurrence)
    ORDER BY given.number
"""

_LAST_ONE_WINS = """
    WITH latest AS (SELECT target, max(sequence) AS sequence FROM main.entry GROUP BY target),
        last AS (SELECT target, max(number) AS number, min(outcome) AS least FROM plan.row WHERE outcome < :dropped GROUP BY target)
    UPDATE plan.row SET outcome = :pending WHERE number IN (
        SELECT last.number FROM last CROSS JOIN plan.row AS row ON row.number = last.number
        LEFT JOIN latest ON latest.target = last.target
        WHERE row.outcome > :pending AND (last.least = :pending OR latest.sequence > row.sequence)
    )
"""

_FIRST = """
    INSERT INTO plan.first (number, rows)
    SELECT min(number) AS first, count(*) AS rows FROM plan.row WHERE outcome <= :parked GROUP BY request ORDER BY rows DESC, first
"""

_TOLD = """
    INSERT INTO plan.told (number)
    SELECT max(number) AS last FROM plan.row WHERE outcome IN (:written, :verified) GROUP BY request, target
    HAVING max(CASE outcome WHEN :written THEN number END) = last ORDER BY request, last
"""


class Extent(NamedTuple):
    """How much is to be done: rows, the requests that they are for, and the most rows of one request."""

    writes: int
    requests: int
    longest: int


class Plan:
    """The rows of `file`, for one base URL. First `add` or `leave_out` each row, then `arrange`; then the rest.

    Errors of the database are sqlite3's; whoever holds the journal translates them.
    """

    def __init__(self, journal: Journal, file: RowFile, base_url: str) -> None:
        self._connection = journal.connection
        self._file = file
        self._salt = blake2b(base_url.encode(), digest_size=32).digest()
        self._given: list[tuple[object, ...]] = []
        run = self._connection.execute
        run("ATTACH DATABASE '' AS plan")
        for setting in ("journal_mode = OFF", "synchronous = OFF", f"cache_size = {_CACHE}"):
            run(f"PRAGMA plan.{setting}")
        for statement in _TABLES.split(";"):
            run(statement)

    def add(self, line: Line, row: GivenRow, sent: tuple[str, str]) -> None:
        """A row that is to be written, as `sent`: its key and value, or what a fix has made of them."""
        request, target, digest = self._digests(row.request_id, *sent)
        changed = None if sent == (row.key, row.value) else json.dumps(sent)
        self._put((line.number, line.offset, line.length, request, target, digest, changed))

    def leave_out(self, line: Line) -> None:
        """A row that is not to be written."""
        self._put((line.number, line.offset, line.length, None, None, None, None))

    def _put(self, values: tuple[object, ...]) -> None:
        self._given.append(values)
        if len(self._given) >= _AT_ONCE:
            self._flush()

    def _flush(self) -> None:
        self._connection.execute("BEGIN")
        self._connection.executemany("INSERT INTO plan.given VALUES (?, ?, ?, ?, ?, ?, ?)", self._given)
        self._connection.execute("COMMIT")
        self._given.clear()

    def _digests(self, request_id: str, key: str, value: str) -> tuple[int, int, bytes]:
        """Of the request, of the property in it, and of the whole; a UUID means the same in capitals."""
        request = blake2b(request_id.lower().encode(), key=self._salt, digest_size=16)
        target = request.copy()
        target.update(b"/%d:%s" % (len(key), key.encode()))
        whole = target.copy()
        whole.update(b"=" + value.encode())
        return _number(request.digest()), _number(target.digest()), whole.digest()

    def arrange(self) -> Extent:
        """Every row knows what the journal says of it; gives how much is left to do.

        Where an earlier row of a property is still to be written, or another value was written later than the last one
        of the file, that last one is written again: it is the last value that wins.
        """
        self._flush()
        values = {outcome.name.lower(): int(outcome) for outcome in Outcome}
        run = self._connection.execute
        run("BEGIN")
        run(_REMEMBER)
        run(_ARRANGE, values)
        run("DROP TABLE plan.given")
        run("DROP TABLE plan.known")
        run(_LAST_ONE_WINS, values)
        run("CREATE INDEX plan.by_request ON row (request, number)")
        run("COMMIT")
        ((writes, requests, longest),) = run(
            "SELECT coalesce(sum(rows), 0), count(*), coalesce(max(rows), 0) FROM"
            " (SELECT count(*) AS rows FROM plan.row WHERE outcome = 0 GROUP BY request)"
        )
        return Extent(writes, requests, longest)

    def begin_pass(self) -> int:
        """From now on `first_rows` gives what is not written yet, longest requests first; gives how many requests."""
        run = self._connection.execute
        run("DELETE FROM plan.first")
        run(_FIRST, {"parked": int(Outcome.PARKED)})
        ((requests,),) = run("SELECT count(*) FROM plan.first")
        return int(requests)

    def first_rows(self) -> Iterator[Row]:
        """The first row of every request that has any left to write."""
        for *row, _outcome, rows in self._paged(
            "SELECT * FROM plan.to_write WHERE position > ? ORDER BY position LIMIT ?"
        ):
            yield Row(*row)._replace(left=rows - 1)

    def following(self, row: Row) -> Row | None:
        """The next row of the same request that is not written yet."""
        found = self._connection.execute(
            "SELECT * FROM plan.detail WHERE request = ? AND number > ? AND outcome <= ? ORDER BY number LIMIT 1",
            (row.request, row.number, int(Outcome.PARKED)),
        ).fetchone()
        return None if found is None else Row(*found[:-1])._replace(left=row.left - 1)

    def begin_reading_back(self) -> int:
        """From now on `told_rows` gives the last row of every property that is written and not verified; how many."""
        run = self._connection.execute
        run("DELETE FROM plan.told")
        run(_TOLD, {"written": int(Outcome.WRITTEN), "verified": int(Outcome.VERIFIED)})
        ((properties,),) = run("SELECT count(*) FROM plan.told")
        return int(properties)

    def told_rows(self) -> Iterator[Row]:
        """What the platform should hold: those of one request one after the other."""
        for *row, _outcome in self._paged(
            "SELECT * FROM plan.to_read_back WHERE position > ? ORDER BY position LIMIT ?"
        ):
            yield Row(*row)

    def earlier_rows(self, row: Row) -> list[Row]:
        """The rows that wrote the same property before, and are not verified either."""
        found = self._connection.execute(
            "SELECT * FROM plan.detail WHERE request = ? AND number < ? AND target = ? AND outcome = ?",
            (row.request, row.number, row.target, int(Outcome.WRITTEN)),
        )
        return [Row(*values[:-1]) for values in found]

    def _paged(self, select: str) -> Iterator[list[Any]]:
        """The rows of `select`, whose first column is a position, without it; what is read may be changed meanwhile."""
        position = 0
        while page := self._connection.execute(select, (position, _AT_ONCE)).fetchall():
            for _, *values in page:
                yield values
            position = page[-1][0]

    def write_of(self, row: Row) -> tuple[str, str, str]:
        """The request id, key and value that are sent for a row. UsageError where the file has been changed."""
        _, write = self._read_again(row.number, row.offset, row.length, row.digest, row.sent)
        return write

    def _read_again(
        self, number: int, offset: int, length: int, digest: bytes | None, sent: str | None
    ) -> tuple[dict[str, object], tuple[str, str, str]]:
        """A row as it stands in the file, and what is sent for it. UsageError where the file has been changed."""
        try:
            given: Any = json_object(self._file.text_at(offset, length))
            request_id, key, value = given["request_id"], given["key"], given["value"]
            if sent is not None:
                key, value = json.loads(sent)
            if digest is None or self._digests(request_id, key, value)[2] == digest:
                return given, (request_id, key, value)
        except (ValueError, RecursionError, LookupError, TypeError, AttributeError):  # whatever stands there now
            pass
        raise UsageError(f"{self._file.path} was changed while it was applied (row {number}); run again")

    def settle(self, row: Row, outcome: Outcome, error: str | None = None) -> None:
        """What has become of a row."""
        self._connection.execute(
            "UPDATE plan.row SET outcome = ?, error = ? WHERE number = ?", (int(outcome), error, row.number)
        )

    def give_up_parked(self) -> None:
        """What is parked, and what waits behind it, is not found."""
        self._connection.execute(
            "UPDATE plan.row SET outcome = ?, error = coalesce(error, ?) WHERE outcome <= ?",
            (int(Outcome.NOT_FOUND), "an earlier row of this request was not found", int(Outcome.PARKED)),
        )

    def counts(self) -> dict[Outcome, int]:
        """How many rows have come to what."""
        found = self._connection.execute("SELECT outcome, count(*) FROM plan.row GROUP BY outcome")
        return {Outcome(outcome): number for outcome, number in found}

    def errors(self) -> Iterator[tuple[int, Outcome, str]]:
        """The number of every row with which something is wrong, with what has become of it and why."""
        for number, outcome, error in self._paged(
            "SELECT number, number, outcome, error FROM plan.row WHERE number > ? AND error IS NOT NULL ORDER BY number LIMIT ?"
        ):
            yield number, Outcome(outcome), error

    def outcomes(self) -> Iterator[tuple[dict[str, object], Outcome, str | None]]:
        """Every row as it stands in the file, in its order, with what has become of it and why.

        Raises UsageError where the file has been changed.
        """
        for *row, outcome, error in self._paged(
            "SELECT number, number, offset, length, digest, sent, outcome, error FROM plan.row WHERE number > ? ORDER BY number LIMIT ?"
        ):
            given, _ = self._read_again(*row)
            yield given, Outcome(outcome), error


def _number(digest: bytes) -> int:
    return int.from_bytes(digest[:8], "little", signed=True)
