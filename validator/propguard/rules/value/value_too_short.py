"""value-too-short: fewer code points than `min_length`, but not empty."""

from __future__ import annotations

from typing import TYPE_CHECKING

from propguard.model.text import excerpt
from propguard.rules.rule import Example, Found, ValueRule, ValueSubject
from propguard.rules.sql import NEVER

if TYPE_CHECKING:
    from propguard.model.schema import Property


def find(subject: ValueSubject) -> Found | None:
    length, least = len(subject.value), subject.declared.min_length
    if not 0 < length < least:
        return None
    return Found(
        f"`{excerpt(subject.value)}` has {length} characters; a value of `{subject.key}` has at least {least}",
        context={"property": subject.declared.name, "length": length, "min_length": least},
    )


def sql(declared: Property) -> str:
    return NEVER if declared.min_length <= 1 else f"v != '' AND lengthUTF8(v) < {declared.min_length}"


RULE = ValueRule(
    id="value-too-short",
    summary="The value has fewer code points than `min_length`.",
    why="A value that is too short is usually cut off or a stand-in.",
    example=Example(
        schema="properties: {cost_center: {min_length: 4}}",
        bad='headers = {"Helicone-Property-cost_center": "cc"}',
        good='headers = {"Helicone-Property-cost_center": "cc-1402"}',
    ),
    find=find,
    sql=sql,
)
