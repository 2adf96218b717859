"""value-too-long: more code points than `max_length`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from propguard.model.text import excerpt
from propguard.rules.rule import Example, Found, ValueRule, ValueSubject

if TYPE_CHECKING:
    from propguard.model.schema import Property


def find(subject: ValueSubject) -> Found | None:
    length, most = len(subject.value), subject.declared.max_length
    if length <= most:
        return None
    return Found(
        f"`{excerpt(subject.value)}` is too long; a value of `{subject.key}` has at most {most} characters",
        context={"property": subject.declared.name, "length": length, "max_length": most},
    )


def sql(declared: Property) -> str:
    # A text has no more code points than bytes, and those need no counting.
    return f"length(v) > {declared.max_length} AND lengthUTF8(v) > {declared.max_length}"


RULE = ValueRule(
    id="value-too-long",
    summary="The value has more code points than `max_length` (or `limits.value_length`).",
    why="The platform recommends at most 1,000; long values are text that belongs in the request itself.",
    example=Example(
        schema="properties: {project: {max_length: 10}}",
        bad='headers = {"Helicone-Property-Project": "the whole onboarding flow"}',
        good='headers = {"Helicone-Property-Project": "onboarding"}',
    ),
    find=find,
    sql=sql,
)
