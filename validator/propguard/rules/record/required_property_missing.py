"""required-property-missing: a record without a property that every record must have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from propguard.rules.rule import Example, Found, RecordRule, RecordSubject, StoredKeys
from propguard.rules.sql import has_one_of, literal

if TYPE_CHECKING:
    from collections.abc import Iterator


def find(subject: RecordSubject) -> Iterator[tuple[str | None, Found]]:
    present = {declared.name for declared in map(subject.names.declared, subject.stored) if declared is not None}
    for name, declared in subject.schema.properties.items():
        if declared.required and name not in present:
            yield name, Found(f"the required property `{name}` is missing", context={"property": name})


def sql(stored: StoredKeys) -> str | None:
    required = [declared for declared in stored.schema.properties.values() if declared.required]
    if not required:
        return None
    names = ", ".join(literal(declared.name) for declared in required)
    absent = ", ".join(f"NOT {has_one_of(stored.names.spellings(declared.name))}" for declared in required)
    return f"arrayFilter((name, absent) -> absent, array({names}), array({absent}))"


RULE = RecordRule(
    id="required-property-missing",
    summary="A property that is `required` is absent from the record.",
    why="A bill or a chart by a property is only as good as its coverage. One PUT, `add` and `check KEY=VALUE` write one "
    "property each and are never judged by this.",
    doors="WD",
    example=Example(
        schema="properties:\n  environment: {enum: [production], required: true}\n  project: {max_length: 40}",
        bad='{"project": "onboarding"}',
        good='{"project": "onboarding", "environment": "production"}',
        language="json",
    ),
    find=find,
    sql=sql,
)
