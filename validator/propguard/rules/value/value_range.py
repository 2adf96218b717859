"""value-range: a number outside `minimum` and `maximum`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from propguard.model.text import excerpt
from propguard.rules.formats import NUMERIC_TYPES, TYPES, matcher
from propguard.rules.rule import Example, Found, ValueRule, ValueSubject
from propguard.rules.sql import NEVER, either, matches

if TYPE_CHECKING:
    from propguard.model.schema import Property


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


def sql(declared: Property) -> str:
    if declared.type not in NUMERIC_TYPES:
        return NEVER
    sides = ((declared.minimum, "<"), (declared.maximum, ">"))
    beyond = either(_beyond(float(bound), side) for bound, side in sides if bound is not None)
    return NEVER if beyond == NEVER else f"{matches('v', TYPES[declared.type])} AND ({beyond})"


def _beyond(bound: float, side: str) -> str:
    """Whether the number `v` is beyond `bound`, as Python rounds numbers.

    ClickHouse's own reading of a number may be off by the last bits, so that near the bound, where it matters, the
    number is read as JSON, which is rounded correctly; that again cannot read what is too large for a float.
    """
    near = max(abs(bound) * 1e-9, 1e-300)
    return f"if(abs(toFloat64OrZero(v) - {bound!r}) > {near!r}, toFloat64OrZero(v) {side} {bound!r}, JSONExtractFloat(v) {side} {bound!r})"


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
    sql=sql,
)
