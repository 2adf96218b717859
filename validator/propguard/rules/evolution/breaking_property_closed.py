"""breaking-property-closed: a property that took open values has a closed set."""

from __future__ import annotations

from typing import TYPE_CHECKING

from propguard.rules.rule import Found
from propguard.rules.schema_change import WRITES, Broken, EvolutionRule, change_example, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from propguard.rules.schema_change import SchemaChange


def find(change: SchemaChange) -> Iterator[Broken]:
    for pair in change.changed:
        if pair.old is None or pair.old.enum is not None:
            continue
        if pair.old.items is not None and pair.old.items.enum is not None:
            continue
        for refusal in pair.refused_by("value-not-allowed"):
            yield Broken(
                (*pair.path, *refusal.fields),
                Found(
                    f"`{pair.name}` has a closed set of values now: {shown(refusal.values[0])} was accepted and is refused",
                    context={"property": pair.name, "witness": refusal.values[0]},
                ),
                pair.name,
                refusal.values,
            )


RULE = EvolutionRule(
    id="breaking-property-closed",
    summary="A property whose values were open gets an `enum`.",
    why="Every other value that code writes is refused, and stored rows that hold one become violations.",
    breaks=WRITES,
    find=find,
    example=change_example(
        "properties: {environment: {}}\n",
        bad="properties: {environment: {enum: [production, staging]}}\n",
        good="properties: {environment: {examples: [production, staging]}}\n",
    ),
)
