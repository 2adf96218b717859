"""What an audit found, as values: the shapes of section 4 of the contract, before any rendering."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from propguard.engine.unread import NOTHING_UNREAD
from propguard.model.profile import Seen

if TYPE_CHECKING:
    from collections.abc import Mapping

    from propguard.engine.unread import UnreadRows
    from propguard.model.finding import Related, Severity, Violation
    from propguard.model.profile import KeyProfile, ValueCount


@dataclass(frozen=True, slots=True)
class DataFinding:
    """One rule broken at one key in stored data; or, where more than MOST_KEYS_OF_A_RULE keys break it, at all of them.

    `violation` says it in the words of the rule, for the value that is met most; its key is null for records as a whole and
    for many keys. `count` is requests; `related` are places in files.
    """

    violation: Violation
    count: int
    values: tuple[ValueCount, ...]
    request_ids: tuple[str, ...]
    seen: Seen
    related: tuple[Related, ...] = ()

    @property
    def severity(self) -> Severity:
        return self.violation.severity


class Day(NamedTuple):
    """How many requests one day (UTC) has, and how many of them have an error."""

    day: int
    requests: int
    requests_with_error: int = 0


@dataclass(frozen=True, slots=True)
class AuditResult:
    """An audit of one source. `score` is 1 − `requests_with_error` ÷ `requests`, or None where nothing was judged.

    `keys` are those with the most requests, declared ones in any case; `properties` is how many there are in all.
    `days` are those that have requests, in order, counted from 1970. `notices` say what could not be seen, or was seen
    otherwise than asked for.
    """

    source: str
    engine: str
    schema: str
    window: Seen
    requests: int
    requests_with_error: int
    properties: int
    score: float | None
    findings: tuple[DataFinding, ...]
    keys: tuple[KeyProfile, ...]
    days: tuple[Day, ...]
    notices: tuple[str, ...] = ()
    nothing_judged: str | None = None
    """Why nothing was judged, and what the source holds; None where something was."""
    unread: UnreadRows = NOTHING_UNREAD
    """The rows that could not be read, which are none of the `requests`."""


def seen(row: Mapping[str, object]) -> Seen:
    """What `first_seen` and `last_seen` of an answer say."""
    return Seen(_time(row["first_seen"]), _time(row["last_seen"]))


def _time(milliseconds: object) -> datetime | None:
    number = int(str(milliseconds))
    return datetime.fromtimestamp(number / 1000, UTC) if number > 0 else None
