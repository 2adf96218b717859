"""value-format: not in the declared format."""

from __future__ import annotations

from typing import TYPE_CHECKING

from propguard.model.text import excerpt
from propguard.rules.formats import FORMATS, matcher
from propguard.rules.rule import Example, Found, ValueRule, ValueSubject
from propguard.rules.sql import NEVER, matches

if TYPE_CHECKING:
    from propguard.model.schema import Property

_EXAMPLES = {
    "date": "2026-01-31",
    "date-time": "2026-01-31T09:30:00Z",
    "uuid": "f81d4fae-7dec-41d0-a765-00a0c91e6bf6",
    "semver": "1.4.0",
    "email": "team@example.com",
    "uri": "https://example.com/a",
    "ipv4": "192.0.2.1",
    "ipv6": "2001:db8::1",
    "duration": "PT30S",
}


def find(subject: ValueSubject) -> Found | None:
    wanted = subject.declared.format
    if wanted is None or matcher(FORMATS[wanted]).match(subject.value):
        return None
    return Found(
        f"`{excerpt(subject.value)}` is not a {wanted}, as a value of `{subject.key}` is (for example `{_EXAMPLES[wanted]}`)",
        context={"property": subject.declared.name, "format": wanted, "example": _EXAMPLES[wanted]},
    )


def sql(declared: Property) -> str:
    return NEVER if declared.format is None else f"NOT {matches('v', FORMATS[declared.format])}"


RULE = ValueRule(
    id="value-format",
    summary="The value is not in the property's `format`.",
    why="One format sorts, compares and joins; two do not.",
    example=Example(
        schema="properties: {version: {format: semver}}",
        bad='headers = {"Helicone-Property-Version": "v1.4"}',
        good='headers = {"Helicone-Property-Version": "1.4.0"}',
    ),
    find=find,
    sql=sql,
)
