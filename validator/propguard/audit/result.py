"""What an audit found, as values: the shapes of section 4 of the contract, before any rendering."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from propguard.model.finding import Severity, Violation


class Seen(NamedTuple):
    """When something was first and last seen; null where the source has no times."""

    first: datetime | None
    last: datetime | None


@dataclass(frozen=True, slots=True)
class ValueCount:
    """A value, masked where it is a secret, and how many requests have it; `suggestion` is what it should be."""

    value: str
    count: int
    suggestion: str | None = None


@dataclass(frozen=True, slots=True)
class DataFinding:
    """One rule broken at one key in stored data; or, where more than MOST_KEYS_OF_A_RULE keys break it, at all of them.

    `violation` says it in the words of the rule, for the value that is met most; its key is null for records as a whole and
    for many keys. `count` is requests.
    """

    violation: Violation
    count: int
    values: tuple[ValueCount, ...]
    request_ids: tuple[str, ...]
    seen: Seen

    @property
    def severity(self) -> Severity:
        return self.violation.severity


@dataclass(frozen=True, slots=True)
class KeyProfile:
    """What is known of one stored key, or of a declared one that no request has.

    `violations` is requests with an error at it. `score` is 1 − violations ÷ requests that have it or should.
    """

    key: str
    declared: bool
    requests: int
    distinct: int
    violations: int
    score: float
    seen: Seen
    top_values: tuple[ValueCount, ...]


class Day(NamedTuple):
    """How many requests one day (UTC) has."""

    day: int
    requests: int


@dataclass(frozen=True, slots=True)
class AuditResult:
    """An audit of one source. `score` is 1 − `requests_with_error` ÷ `requests`.

    `keys` are those with the most requests, declared ones in any case; `properties` is how many there are in all.
    `days` are those that have requests, in order, counted from 1970.
    """

    source: str
    engine: str
    schema: str
    window: Seen
    requests: int
    requests_with_error: int
    properties: int
    score: float
    findings: tuple[DataFinding, ...]
    keys: tuple[KeyProfile, ...]
    days: tuple[Day, ...]


def seen(row: Mapping[str, object]) -> Seen:
    """What `first_seen` and `last_seen` of an answer say."""
    return Seen(_time(row["first_seen"]), _time(row["last_seen"]))


def earliest_and_latest(times: list[Seen]) -> Seen:
    """From the first to the last of all."""
    return Seen(
        min((one.first for one in times if one.first is not None), default=None),
        max((one.last for one in times if one.last is not None), default=None),
    )


def _time(milliseconds: object) -> datetime | None:
    number = int(str(milliseconds))
    return datetime.fromtimestamp(number / 1000, UTC) if number > 0 else None
