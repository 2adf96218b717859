"""value-type: text that does not parse as the declared type."""

from __future__ import annotations

from typing import TYPE_CHECKING

from propguard.model.text import excerpt
from propguard.rules.formats import TYPES, matcher
from propguard.rules.rule import Example, Found, ValueRule, ValueSubject
from propguard.rules.sql import NEVER, matches

if TYPE_CHECKING:
    from propguard.model.schema import Property

_WORDS = {
    "integer": "an integer such as `42`",
    "number": "a number such as `0.5`",
    "boolean": "exactly `true` or `false`",
}


def find(subject: ValueSubject) -> Found | None:
    wanted = subject.declared.type
    if wanted not in TYPES or matcher(TYPES[wanted]).match(subject.value):
        return None
    lowered = subject.value.lower()
    suggestion = lowered if wanted == "boolean" and lowered in {"true", "false"} else None
    return Found(
        f"`{excerpt(subject.value)}` is not a value of `{subject.key}`, which is {_WORDS[wanted]}",
        suggestion=suggestion,
        context={"property": subject.declared.name, "type": wanted},
    )


def sql(declared: Property) -> str:
    return f"NOT {matches('v', TYPES[declared.type])}" if declared.type in TYPES else NEVER


RULE = ValueRule(
    id="value-type",
    summary="The value does not parse as the property's `type`.",
    why="Numbers are JSON's (no `nan`, `inf`, leading `+`), booleans exactly `true` or `false`: anything else breaks sums and splits groups.",
    fix="unsafe",
    example=Example(
        schema="properties: {quality_score: {type: number}}",
        bad='headers = {"Helicone-Property-quality_score": "high"}',
        good='headers = {"Helicone-Property-quality_score": "0.93"}',
    ),
    find=find,
    sql=sql,
)
