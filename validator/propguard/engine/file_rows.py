"""All rows of the files that an engine reads, as one SELECT, and which of them cannot be read, with their lines."""

from __future__ import annotations

import contextlib
import csv
import math
import os
from typing import TYPE_CHECKING, NamedTuple

from propguard.engine.columns import ROWS
from propguard.engine.file_tables import ERRORS, TABLE
from propguard.engine.unread import MOST_EXAMPLES, UnreadRow, UnreadRows, added_up
from propguard.errors import EngineFailed
from propguard.model.text import visible
from propguard.rules.row import unparsed_row
from propguard.rules.sql import literal

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from propguard.engine.file_tables import FileTable
    from propguard.engine.local_files import LinkedFiles
    from propguard.engine.windows import Window

    Query = Callable[[str], list[dict[str, object]]]

_RECORDS = "record_errors"
_OFFSET = 3
"""The column of ClickHouse's list of errors that says at which record, from 1, it was."""


class _Group(NamedTuple):
    """Files that are read alike: `heads` are the beginnings of the table functions, `links` those of local files."""

    heads: list[str]
    links: list[str]

    def size(self, table: FileTable) -> float:
        """Bytes that come out of the files at most, as far as that can be known."""
        if self.heads or not table.is_as_large_as_it_looks:
            return math.inf
        return sum(map(os.path.getsize, self.links))


class _Stored(NamedTuple):
    """What the database has under `name`: the files of `group` whose table function begins with `head`."""

    table: FileTable
    group: _Group
    head: str
    name: str


class FileRows:
    """The rows of files that are added one after the other; those that are read alike are read by one table function."""

    def __init__(self, links: LinkedFiles) -> None:
        self._links = links
        self._groups: dict[FileTable, _Group] = {}
        self._stored: list[_Stored] = []

    def add(self, table: FileTable, head: str, link: str | None) -> None:
        """A file with its link, or an address on S3."""
        group = self._groups.setdefault(table, _Group([], []))
        if link is None:
            group.heads.append(head)
        else:
            group.links.append(link)

    def stored(self, query: Query, most: float) -> str:
        """A SELECT of every row, as `stored_rows` has it; of CSV those that can be taken apart.

        What the database is told of is a view of the files, or where they are `most` bytes at most the rows themselves, so
        that small files are read once and not by every statement. Raises what `query` raises.
        """
        for number, (table, group) in enumerate(self._groups.items()):
            size = group.size(table)
            is_small, most = size <= most, most - min(size, most)
            for head in self._heads(number, group):
                name = f"rows_{len(self._stored)}"
                kind, engine = ("TABLE", " ENGINE = Memory") if is_small else ("VIEW", "")
                query(f"CREATE {kind} {name} ({ROWS}){engine} AS {_filled(table.template, head, tolerant=True)}")
                self._stored.append(_Stored(table, group, head, name))
        return " UNION ALL ".join(f"SELECT * FROM {one.name}" for one in self._stored)

    def unread(self, query: Query, window: Window) -> UnreadRows:
        """The rows that cannot be read, those outside of `window` left out where their time is known."""
        conditions = " AND ".join(window.conditions("request_created_at"))
        inside = f" WHERE {conditions} OR request_created_at = toDateTime64(0, 3, 'UTC')" if conditions else ""
        parts = []
        for table, group, head, name in self._stored:
            if not table.newlines:
                parts.append(self._counted(table, head, name, query, inside))
                continue
            try:
                parts.append(self._counted(table, head, _rows(table, head), query, inside))
            except EngineFailed:
                parts += [self._taken_apart(table, link, query, inside) for link in group.links]
        return added_up(parts)

    def _heads(self, number: int, group: _Group) -> Sequence[str]:
        if len(group.links) <= 1:
            return (*group.heads, *(f"file({literal(link)}" for link in group.links))
        return (*group.heads, f"file({literal(self._links.gathered(number, group.links))}")

    def _taken_apart(self, table: FileTable, link: str, query: Query, inside: str) -> UnreadRows:
        """Of one CSV file, with the records that ClickHouse passes over because it cannot take them apart."""
        records = os.path.join(self._links.folder, _RECORDS)
        query(f"SET input_format_record_errors_file_path = {_setting(records)}")
        try:
            query(
                _filled(
                    f"SELECT sum(weight) AS n FROM ({table.template}) AS rows", f"file({literal(link)}", tolerant=True
                )
            )
        finally:
            query("SET input_format_record_errors_file_path = ''")
        skipped = _recorded(self._links.folder, table.delimiter)
        head = f"file({literal(link)}"
        return self._counted(table, head, _rows(table, head, tolerant=bool(skipped)), query, inside, skipped, link)

    def _counted(
        self,
        table: FileTable,
        head: str,
        rows: str,
        query: Query,
        inside: str,
        skipped: Sequence[int] = (),
        link: str = "",
    ) -> UnreadRows:
        """Of `rows`, which follow FROM; those of CSV that were `skipped` come to them."""
        (total,) = query(
            f"SELECT sum(weight) AS n_rows, sumIf(weight, reason != '') AS n_unread, sum(is_odd_time) AS n_odd, "
            f"argMinIf(place, row, is_odd_time = 1) AS odd_in, minIf(row, is_odd_time = 1) AS odd_row FROM {rows} AS rows{inside}"
        )
        found: list[tuple[str, int, str]] = []
        if _number(total["n_unread"]):
            found = [
                (str(row["place"]), _number(row["row"]), str(row["reason"]))
                for row in query(
                    f"SELECT place, row, reason FROM {rows} AS rows{inside}{' AND' if inside else ' WHERE'} reason != '' "
                    f"ORDER BY length(place), place, row LIMIT {MOST_EXAMPLES}"
                )
            ]
        lines = _Lines(table, head, query, skipped)
        examples = [(place, lines.of_row(row), reason) for place, row, reason in found]
        examples += [(link, lines.of_skipped(record), unparsed_row.OTHER_QUOTES) for record in skipped[:MOST_EXAMPLES]]
        odd_place = self._place(str(total["odd_in"]), lines.of_row(_number(total["odd_row"])), table)[0]
        return UnreadRows(
            _number(total["n_unread"]) + len(skipped),
            _number(total["n_rows"]) + len(skipped),
            tuple(
                UnreadRow(*self._place(place, line, table), reason)
                for place, line, reason in sorted(examples, key=lambda one: one[1])[:MOST_EXAMPLES]
            ),
            _number(total["n_odd"]),
            odd_place if _number(total["n_odd"]) else "",
        )

    def _place(self, place: str, number: int, table: FileTable) -> tuple[str, str, int | None]:
        """What to call a place, its file, and the line where it has one."""
        path = self._links.path_of(place) or place
        if table.noun == "line":
            return f"{visible(path)}:{number}", path, number
        return f"{table.noun} {number} of {visible(path)}", path, None


class _Lines:
    """The lines, from 1, at which rows of a file begin."""

    def __init__(self, table: FileTable, head: str, query: Query, skipped: Sequence[int]) -> None:
        self._table, self._head, self._query, self._skipped = table, head, query, skipped

    def of_row(self, row: int) -> int:
        """Of a row by its number among those that could be taken apart, from 0."""
        record = row + 1
        for one in self._skipped:
            record += one <= record
        return record + self._before(row)

    def of_skipped(self, record: int) -> int:
        """Of a record that could not be taken apart, by its number among all."""
        return record + self._before(record - 1 - sum(one < record for one in self._skipped))

    def _before(self, row: int) -> int:
        """The lines of the header, and those that rows before this one take beyond one each."""
        if not self._table.newlines:
            return self._table.header
        sql = _filled(self._table.newlines, self._head, tolerant=bool(self._skipped))
        (answer,) = self._query(f"SELECT sum(newlines) AS n FROM ({sql}) AS rows WHERE row < {row}")
        return self._table.header + _number(answer["n"])


def _rows(table: FileTable, head: str, *, tolerant: bool = False) -> str:
    """What follows FROM to read a file anew."""
    return f"({_filled(table.template, head, tolerant=tolerant)})"


def _filled(template: str, head: str, *, tolerant: bool) -> str:
    return template.replace(TABLE, head).replace(ERRORS, str(int(tolerant)))


def _recorded(folder: str, delimiter: str) -> list[int]:
    """The records that ClickHouse has noted as broken; its notes hold rows, so they are removed."""
    found: set[int] = set()
    for name in os.listdir(folder):
        if not name.startswith(_RECORDS):
            continue
        path = os.path.join(folder, name)
        with open(path, encoding="utf-8", errors="replace", newline="") as stream, contextlib.suppress(csv.Error):
            found.update(
                int(row[_OFFSET])
                for row in csv.reader(stream, delimiter=delimiter)
                if len(row) > _OFFSET and row[_OFFSET].isdecimal()
            )
        os.unlink(path)
    return sorted(found)


def _number(value: object) -> int:
    """A number of an answer; None is a sum of nothing."""
    return 0 if value is None else int(str(value))


def _setting(text: str) -> str:
    """A text as the value of a setting, where no expression may stand."""
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"
