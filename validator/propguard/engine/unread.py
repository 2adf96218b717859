"""Rows of a source that cannot be read as requests with properties: how many, and where some of them stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from propguard.model.text import visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

MOST_EXAMPLES = 3


class UnreadRow(NamedTuple):
    """A row that cannot be read: what to call its place, its file, its line where it has one, and a clause that says why."""

    place: str
    path: str
    line: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class UnreadRows:
    """`count` of the `rows` of a source cannot be read; `examples` are the first few.

    The times of `odd_times` rows make no sense, one of which is at `odd_place`; those rows count as without a time.
    """

    count: int = 0
    rows: int = 0
    examples: tuple[UnreadRow, ...] = ()
    odd_times: int = 0
    odd_place: str = ""

    def reason_to_fail(self, most: float) -> str | None:
        """A clause where they are more than the share `most` of all rows."""
        if self.count <= most * self.rows:
            return None
        rows = "row" if self.rows == 1 else "rows"
        return f"{self.count:,} of {self.rows:,} {rows} could not be read, more than the share that --max-unreadable {most:g} allows"


NOTHING_UNREAD = UnreadRows()


def added_up(parts: Iterable[UnreadRows]) -> UnreadRows:
    """What the parts of a source are together."""
    found = list(parts)
    return UnreadRows(
        sum(one.count for one in found),
        sum(one.rows for one in found),
        tuple(example for one in found for example in one.examples)[:MOST_EXAMPLES],
        sum(one.odd_times for one in found),
        next((one.odd_place for one in found if one.odd_times), ""),
    )


def unread_requests(query: Callable[[str], list[dict[str, object]]], every: str) -> UnreadRows:
    """Of the SELECT `every`, as `stored_rows` makes it of a table whose rows have no place but the id of their request."""
    (total,) = query(
        "SELECT count() AS n_rows, countIf(reason != '') AS n_unread, countIf(is_odd_time = 1) AS n_odd, "
        f"anyIf(request_id, is_odd_time = 1) AS odd_in FROM ({every}) AS rows ORDER BY n_rows"
    )
    examples = []
    if int(str(total["n_unread"])):
        rows = query(
            f"SELECT request_id, reason FROM ({every}) AS rows WHERE reason != '' ORDER BY request_id, reason LIMIT {MOST_EXAMPLES}"
        )
        examples = [
            UnreadRow(f"request {visible(str(row['request_id']))}", "", None, str(row["reason"])) for row in rows
        ]
    odd = int(str(total["n_odd"]))
    return UnreadRows(
        int(str(total["n_unread"])),
        int(str(total["n_rows"])),
        tuple(examples),
        odd,
        f"request {visible(str(total['odd_in']))}" if odd else "",
    )
