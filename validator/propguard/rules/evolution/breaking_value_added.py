"""breaking-value-added: a closed set has more values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from propguard.model.finding import Severity
from propguard.model.text import one_of
from propguard.rules.rule import Found
from propguard.rules.schema_change import READS, Broken, EvolutionRule, change_example

if TYPE_CHECKING:
    from collections.abc import Iterator

    from propguard.rules.schema_change import SchemaChange


def find(change: SchemaChange) -> Iterator[Broken]:
    for pair in change.changed:
        if pair.old is None or pair.old.enum is None or pair.new.enum is None:
            continue
        added = [value for value in pair.new.enum if value not in pair.old.enum]
        if added:
            yield Broken(
                (*pair.path, "enum"),
                Found(
                    f"`{pair.name}` may be {one_of(added)} now; dashboards and alerts that list its values do not know that",
                    context={"property": pair.name, "added": added},
                ),
                pair.name,
            )


RULE = EvolutionRule(
    id="breaking-value-added",
    summary="A value is added to a closed set.",
    why="Dashboards, filters and alerts that list the values leave the new one out.",
    severity=Severity.INFO,
    breaks=READS,
    find=find,
    example=change_example(
        "properties: {environment: {enum: [production, staging]}}\n",
        bad="properties: {environment: {enum: [production, staging, qa]}}\n",
        good="properties: {environment: {enum: [staging, production]}}\n",
    ),
)
