"""breaking-pattern-narrowed: a pattern takes less than before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from propguard.rules.rule import Found
from propguard.rules.schema_change import WRITES, Broken, EvolutionRule, change_example, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from propguard.rules.schema_change import SchemaChange


def find(change: SchemaChange) -> Iterator[Broken]:
    for pair in change.changed:
        for refusal in pair.refused_by("value-pattern"):
            before, after = pair.before_and_after(refusal)
            yield Broken(
                (*pair.path, *refusal.fields),
                Found(
                    f"`pattern` of `{pair.name}` takes less than before: {shown(refusal.values[0])} was accepted and is refused",
                    context={
                        "property": pair.name,
                        "field": refusal.field,
                        "before": before,
                        "after": after,
                        "witness": refusal.values[0],
                    },
                ),
                pair.name,
                refusal.values,
            )


RULE = EvolutionRule(
    id="breaking-pattern-narrowed",
    summary="A pattern refuses values that were accepted.",
    why="Code that writes such a value is refused, and stored rows that hold one become violations.",
    breaks=WRITES,
    find=find,
    example=change_example(
        "properties: {customer_id: {pattern: '^cust_[a-z0-9]+$'}}\n",
        bad="properties: {customer_id: {pattern: '^cust_[0-9]+$'}}\n",
        good="properties: {customer_id: {pattern: '^cust_([0-9]|[a-z])+$'}}\n",
    ),
)
