"""high-cardinality: more different values than the property is meant to have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from propguard.rules.rule import DataRule, Example, Found, FoundInData

if TYPE_CHECKING:
    from collections.abc import Iterator

    from propguard.model.schema import Property
    from propguard.rules.rule import DataSubject

MOST_OF_LOW = 100
"""How many different values `cardinality: low` allows: as many as a table or the legend of a chart can still show."""

_COUNTED_EXACTLY = 1_000
_ERROR_OF_ESTIMATE = 0.05
"""A database estimates how many values there are where they are many; it is good to one in a hundred, and within this."""


def most_values(declared: Property) -> int | None:
    """How many different values the property is meant to have; null where any number will do."""
    stated = declared.cardinality
    if stated is None and declared.enum is None and declared.type != "boolean":
        return None
    if stated == "high":
        return None
    return max(MOST_OF_LOW, len(declared.enum or ())) if stated in {None, "low"} else int(stated or 0)


def find(subject: DataSubject) -> Iterator[FoundInData]:
    for profile in subject.profiles:
        declared = subject.declared(profile)
        most = None if declared is None else most_values(declared)
        if declared is None or most is None:
            continue
        surely = (
            profile.distinct if profile.distinct <= _COUNTED_EXACTLY else profile.distinct * (1 - _ERROR_OF_ESTIMATE)
        )
        if surely <= most:
            continue
        stated = "low" if declared.cardinality is None else declared.cardinality
        meant = f"{stated}, at most {most}" if stated == "low" else f"{stated}"
        found = Found(
            f"`{profile.key}` has {profile.distinct} different values, and its cardinality is {meant}; write fewer, or raise "
            "`cardinality` in the schema",
            context={"property": declared.name, "distinct": profile.distinct, "most": most, "cardinality": stated},
        )
        yield FoundInData(profile.key, found, profile.requests, profile.seen, profile.top_values)


RULE = DataRule(
    id="high-cardinality",
    summary="A property has more different values than its `cardinality` allows.",
    why="A chart by a property with thousands of values shows nothing, and an id in the place of a name is how it gets them. "
    f"`low`, which closed properties are by themselves, is {MOST_OF_LOW} values, or as many as the closed set has; `high` is any number.",
    example=Example(
        schema="properties: {region: {max_length: 40, cardinality: 2}}",
        bad='{"key": "region", "values": {"us-east-1": 700, "eu-west-1": 200, "10.0.0.7": 1}}',
        good='{"key": "region", "values": {"us-east-1": 700, "eu-west-1": 201}}',
        language="keys",
    ),
    find=find,
)
