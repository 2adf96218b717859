"""schema-past-date: a day that was to come has come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from propguard.model.finding import Severity
from propguard.rules.rule import Found, SchemaRule
from propguard.rules.schema_draft import Spotted, schema_example

if TYPE_CHECKING:
    from collections.abc import Iterator

    from propguard.rules.schema_draft import SchemaDraft


def find(draft: SchemaDraft) -> Iterator[Spotted]:
    for entry in draft.properties:
        declared = entry.declared
        sunset = declared.deprecated.sunset if declared.deprecated is not None else None
        if sunset is not None and sunset <= draft.today:
            message = f"the sunset of `{declared.name}` was {sunset}: writing it is an error; once nobody does, move its name to `reserved`"
            yield Spotted((*entry.path, "deprecated", "sunset"), Found(message, context={"sunset": sunset.isoformat()}))
        block_from = declared.enforcement.block_from
        if block_from is not None and block_from <= draft.today:
            message = f"`{declared.name}` blocks since {block_from}; `enforcement` has done its work and can be removed"
            yield Spotted(
                (*entry.path, "enforcement", "block_from"),
                Found(message, context={"block_from": block_from.isoformat()}),
            )


RULE = SchemaRule(
    id="schema-past-date",
    summary="A `sunset` or `block_from` has come.",
    why="What was said of the future now holds, and the file can be tidied.",
    severity=Severity.INFO,
    example=schema_example(
        "properties: {tier: {deprecated: {reason: obsolete, sunset: 2020-01-31}}}\n",
        "properties: {tier: {deprecated: {reason: obsolete, sunset: 2999-01-31}}}\n",
    ),
)
