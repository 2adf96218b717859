"""breaking-property-opened: a property takes any value where it had a closed set."""

from __future__ import annotations

from typing import TYPE_CHECKING

from propguard.model.finding import Severity
from propguard.rules.rule import Found
from propguard.rules.schema_change import READS, Broken, EvolutionRule, change_example

if TYPE_CHECKING:
    from collections.abc import Iterator

    from propguard.rules.schema_change import SchemaChange


def find(change: SchemaChange) -> Iterator[Broken]:
    for pair in change.changed:
        if pair.old is not None and pair.old.enum is not None and pair.new.enum is None:
            yield Broken(
                pair.path,
                Found(
                    f"`{pair.name}` has no closed set of values any more; grouping and alerting by it meets values that nobody listed",
                    context={"property": pair.name},
                ),
                pair.name,
            )


RULE = EvolutionRule(
    id="breaking-property-opened",
    summary="A closed set is opened.",
    why="What is grouped by the property has as many groups as anybody cares to write.",
    severity=Severity.INFO,
    breaks=READS,
    find=find,
    example=change_example(
        "properties: {environment: {enum: [production, staging]}}\n",
        bad="properties: {environment: {pattern: '^[a-z]+$'}}\n",
        good="properties: {environment: {enum: [production, staging], owner: platform}}\n",
    ),
)
