"""stale-property: a declared property that requests had, and have no longer."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from propguard.rules.rule import DataRule, Example, Found, FoundInData

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from propguard.model.profile import KeyProfile
    from propguard.rules.rule import DataSubject

SILENCE = timedelta(days=45)
"""So long must nobody have written it: longer than from one monthly run to the next."""

SHORTEST_WINDOW = 2 * SILENCE
"""In less data than that, silence says nothing."""

_TIMES_THE_GAP = 10
"""How much longer than its usual gap a property must be silent."""


def find(subject: DataSubject) -> Iterator[FoundInData]:
    begin, end = subject.window
    if begin is None or end is None or end - begin < SHORTEST_WINDOW:
        return
    for profile in subject.profiles:
        declared = subject.declared(profile)
        last = profile.seen.last
        if declared is None or declared.deprecated is not None or last is None or not _is_silent(profile, last, end):
            continue
        day, days = last.date().isoformat(), (end - last).days
        found = Found(
            f"no request has had `{profile.key}` since {day}, {days} days before the end of the data; write it again, or declare it "
            "`deprecated`",
            context={"property": declared.name, "last_seen": day, "days": days},
        )
        yield FoundInData(profile.key, found, profile.requests, profile.seen)


def _is_silent(profile: KeyProfile, last: datetime, end: datetime) -> bool:
    """Whether it has been silent for SILENCE, and far longer than it ever is between two requests on average."""
    first = profile.seen.first or last
    gap = (last - first) / max(1, profile.requests - 1)
    return end - last >= max(SILENCE, _TIMES_THE_GAP * gap)


RULE = DataRule(
    id="stale-property",
    summary="A declared property has not been written for a long time.",
    why="A deployment that dropped a property breaks every report by it without an error anywhere. It is stale after "
    f"{SILENCE.days} days without a request, and {_TIMES_THE_GAP} times as long as from one of its requests to the next on average, "
    f"counted back from the last request of all, in data of {SHORTEST_WINDOW.days} days or more. Deprecated properties are meant to go.",
    example=Example(
        schema="properties: {app: {max_length: 40}, stage: {max_length: 40}}",
        bad='{"key": "app", "values": {"chat": 900}, "first_seen": "2026-01-01", "last_seen": "2026-06-30"}\n'
        '{"key": "stage", "values": {"beta": 400}, "first_seen": "2026-01-01", "last_seen": "2026-03-31"}',
        good='{"key": "app", "values": {"chat": 900}, "first_seen": "2026-01-01", "last_seen": "2026-06-30"}\n'
        '{"key": "stage", "values": {"beta": 400}, "first_seen": "2026-01-01", "last_seen": "2026-06-29"}',
        language="keys",
    ),
    find=find,
)
