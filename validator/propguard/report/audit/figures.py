"""Figures of an audit in words, and its days in as many stretches as there is room for."""

from __future__ import annotations

import math
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from propguard.audit.result import Day
    from propguard.model.profile import Seen

_EPOCH = date(1970, 1, 1)
_LAST_DAY = (date.max - _EPOCH).days


def percentage(part: float | None, whole: float = 1.0) -> str:
    """`9.8 %`; what is not nothing is never shown as nothing, nor what is not all as all. What is not known is a dash."""
    if part is None or whole <= 0:
        return "–"
    share = part / whole
    if 0 < share < 0.001:
        return "< 0.1 %"
    if 0.999 < share < 1:
        return "> 99.9 %"
    return f"{share * 100:.1f} %" if share not in {0, 1} else f"{share * 100:.0f} %"


def requests(number: int) -> str:
    """`1,204 requests`."""
    return f"{number:,} {'request' if number == 1 else 'requests'}"


def counted(number: int, name: str) -> str:
    """`2 errors`."""
    return f"{number:,} {name if number == 1 else name + 's'}"


def day_of(time: datetime | None) -> str:
    """The day (UTC) as `2026-01-31`; empty where it is not known."""
    return "" if time is None else time.astimezone(UTC).date().isoformat()


def days_of(seen: Seen) -> str:
    """`2026-01-31 to 2026-02-03`, or one day; empty where it is not known."""
    return _from_to(day_of(seen.first), day_of(seen.last))


class Stretch(NamedTuple):
    """Some days in a row, the requests of all of them, and how many of these have an error."""

    first: str
    last: str
    requests: int
    requests_with_error: int

    @property
    def name(self) -> str:
        return _from_to(self.first, self.last)


class Timeline(NamedTuple):
    """All days of an audit in stretches of `length` days; the last may be shorter."""

    length: int
    stretches: tuple[Stretch, ...]

    @property
    def most(self) -> int:
        """The requests of the stretch that has most, or 1 where none has any."""
        return max((one.requests for one in self.stretches), default=0) or 1

    @property
    def name(self) -> str:
        return _from_to(self.stretches[0].first, self.stretches[-1].last)

    @property
    def unit(self) -> str:
        return "a day" if self.length == 1 else f"{self.length} days"


def timeline(days: Sequence[Day], most: int) -> Timeline:
    """From the first day to the last, those without requests too, in at most `most` stretches."""
    if not days:
        return Timeline(1, ())
    first, last = days[0].day, days[-1].day
    length = math.ceil((last - first + 1) / most)
    sums = [[0, 0] for _ in range(math.ceil((last - first + 1) / length))]
    for one in days:
        of_stretch = sums[(one.day - first) // length]
        of_stretch[0] += one.requests
        of_stretch[1] += one.requests_with_error
    starts = range(first, last + 1, length)
    stretches = (
        Stretch(iso_day(start), iso_day(min(start + length - 1, last)), number, errors)
        for start, (number, errors) in zip(starts, sums, strict=True)
    )
    return Timeline(length, tuple(stretches))


def _from_to(first: str, last: str) -> str:
    return first if first == last or not last else f"{first} to {last}"


def iso_day(number: int) -> str:
    """`2026-01-31`, of a day counted from 1970."""
    return (_EPOCH + timedelta(days=max(0, min(number, _LAST_DAY)))).isoformat()
