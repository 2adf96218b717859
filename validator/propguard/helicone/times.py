"""Moments as users give them, and as the platform compares them: in whole seconds of UTC."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

from propguard.errors import UsageError
from propguard.model.text import excerpt, visible

BEGINNING = datetime(2022, 1, 1, tzinfo=UTC)
"""Before the platform was."""

_AGE = re.compile(r"(\d{1,9})([smhdw])", re.ASCII)
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800}
_MOST_SECONDS = 50 * 366 * 86_400  # and no overflow
_FIRST, _LAST = datetime(1970, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)  # what its column of times can hold


def moment(value: object, name: str) -> datetime:
    """The moment in UTC that a datetime, a date or an ISO 8601 text is; what has no time zone is UTC, a date its midnight.

    Raises UsageError, which calls the value `name`, for anything else.
    """
    told = value
    if isinstance(told, str):
        try:
            told = datetime.fromisoformat(told.strip())
        except ValueError:
            raise UsageError(
                f"{name} is `{excerpt(visible(str(value)))}`, which is no time; write it as 2026-01-31 or 2026-01-31T09:30:00Z"
            ) from None
    if isinstance(told, datetime):
        try:
            return told.replace(tzinfo=UTC) if told.tzinfo is None else told.astimezone(UTC)
        except OverflowError:
            return _FIRST if told.year < _FIRST.year else _LAST
    if isinstance(told, date):
        return datetime(told.year, told.month, told.day, tzinfo=UTC)
    raise UsageError(f"{name} must be a datetime, a date or a text such as 2026-01-31, not {type(value).__name__}")


def moment_or_age(value: str, name: str, now: datetime) -> datetime:
    """As `moment`; `12h` is twelve hours before `now` (s, m, h, d, w), in days and weeks from the midnight before that.

    So the same words mean the same all day, and what broke off can be gone on with.
    """
    match = _AGE.fullmatch(value.strip())
    if match is None:
        return moment(value, name)
    then = max(_FIRST, now - timedelta(seconds=min(int(match[1]) * _SECONDS[match[2]], _MOST_SECONDS)))
    return then.replace(hour=0, minute=0, second=0, microsecond=0) if match[2] in "dw" else then


def floor(at: datetime) -> datetime:
    """The whole second that `at` is in."""
    return at.replace(microsecond=0)


def ceiling(at: datetime) -> datetime:
    """The first whole second that is not before `at`."""
    whole = floor(at)
    return whole if whole == at or whole >= _LAST else whole + timedelta(seconds=1)


def platform_time(at: datetime) -> str:
    """A whole second as the platform takes it in a filter, within what it can compare."""
    return min(max(at, _FIRST), _LAST).strftime("%Y-%m-%dT%H:%M:%S.000Z")
