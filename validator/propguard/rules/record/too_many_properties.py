"""too-many-properties: more properties than `limits.properties_per_request`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from propguard.model.finding import Severity
from propguard.rules.rule import Example, Found, RecordRule, RecordSubject, StoredKeys

if TYPE_CHECKING:
    from collections.abc import Iterator


def find(subject: RecordSubject) -> Iterator[tuple[str | None, Found]]:
    limit = subject.schema.limits.properties_per_request
    count = len(subject.stored)
    if limit is not None and count > limit:
        yield (
            None,
            Found(
                f"the record has {count} properties; a request may have {limit}",
                context={"count": count, "limit": limit},
            ),
        )


def sql(stored: StoredKeys) -> str | None:
    limit = stored.schema.limits.properties_per_request
    return None if limit is None else f"arrayFilter(k -> length(ks) > {limit}, array(''))"


RULE = RecordRule(
    id="too-many-properties",
    summary="The record has more properties than `limits.properties_per_request`.",
    why="A loop that writes a property per item ends as thousands of keys that nobody can read.",
    severity=Severity.WARNING,
    doors="WD",
    example=Example(
        schema="limits: {properties_per_request: 1}\nproperties:\n  environment: {enum: [production]}\n  project: {max_length: 40}",
        bad='{"project": "onboarding", "environment": "production"}',
        good='{"project": "onboarding"}',
        language="json",
    ),
    find=find,
    sql=sql,
)
