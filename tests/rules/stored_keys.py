"""Stored data as the rules about data see it, written as the examples of the rule book are."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from propguard.model.earlier import EarlierAudit
from propguard.model.names import Names
from propguard.model.profile import KeyProfile, Seen, ValueCount, earliest_and_latest
from propguard.rules.rule import DataSubject
from tests.strategies import TODAY

if TYPE_CHECKING:
    from collections.abc import Mapping

    from propguard.model.schema import PropertySchema

BEGIN, END = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 6, 30, tzinfo=UTC)
ALWAYS = Seen(BEGIN, END)


def profile(key: str, values: Mapping[str, int], *, distinct: int | None = None, seen: Seen = ALWAYS) -> KeyProfile:
    """A key with these values and their requests."""
    tops = tuple(ValueCount(value, count) for value, count in values.items())
    number = len(tops) if distinct is None else distinct
    return KeyProfile(key, False, sum(values.values()), number, 0, 1.0, seen, tops)


def earlier(*profiles: KeyProfile, are_all_keys: bool = True) -> EarlierAudit:
    """An audit that knew these keys."""
    keys = {one.key: one for one in profiles}
    return EarlierAudit({}, {}, sum(one.requests for one in profiles), keys, are_all_keys)


def stored(schema: PropertySchema, *profiles: KeyProfile, before: EarlierAudit | None = None) -> DataSubject:
    """Data that holds these keys and no others."""
    window = earliest_and_latest(one.seen for one in profiles)
    return DataSubject(profiles, Names(schema, "data"), schema, window, TODAY, before)


def as_written(schema: PropertySchema, rows: str) -> DataSubject:
    """What the example of a rule shows: JSON, one key a line."""
    read = [json.loads(line) for line in rows.splitlines()]
    now = [
        profile(row["key"], row["values"], seen=Seen(_day(row.get("first_seen")), _day(row.get("last_seen"))))
        for row in read
    ]
    then = [profile(row["key"], row["before"]) for row in read if "before" in row]
    return stored(schema, *now, before=earlier(*then) if then else None)


def _day(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text).replace(tzinfo=UTC)
