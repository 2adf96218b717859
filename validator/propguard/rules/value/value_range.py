"""value-range: a number outside `minimum` and `maximum`."""

from __future__ import annotations

from propguard.model.text import excerpt
from propguard.rules.formats import NUMERIC_TYPES, TYPES, matcher
from propguard.rules.rule import Example, Found, ValueRule, ValueSubject


def find(subject: ValueSubject) -> Found | None:
    declared = subject.declared
    if declared.minimum is None and declared.maximum is None:
        return None
    if declared.type not in NUMERIC_TYPES or not matcher(TYPES[declared.type]).match(subject.value):
        return None
    number = float(subject.value)
    if declared.minimum is not None and number < declared.minimum:
        bound = f"at least {declared.minimum:g}"
    elif declared.maximum is not None and number > declared.maximum:
        bound = f"at most {declared.maximum:g}"
    else:
        return None
    return Found(
        f"`{excerpt(subject.value)}` is out of range; a value of `{subject.key}` is {bound}",
        context={"property": declared.name, "minimum": declared.minimum, "maximum": declared.maximum},
    )


RULE = ValueRule(
    id="value-range",
    summary="The number is below `minimum` or above `maximum`.",
    why="A score of 93 among scores from 0 to 1 spoils every average.",
    example=Example(
        schema="properties: {quality_score: {type: number, minimum: 0, maximum: 1}}",
        bad='headers = {"Helicone-Property-quality_score": "93"}',
        good='headers = {"Helicone-Property-quality_score": "0.93"}',
    ),
    find=find,
)
