"""breaking-limit-tightened: fewer values fit between the limits of a property."""

from __future__ import annotations

from typing import TYPE_CHECKING

from propguard.rules.rule import Found
from propguard.rules.schema_change import WRITES, Broken, EvolutionRule, change_example, shown, stated

if TYPE_CHECKING:
    from collections.abc import Iterator

    from propguard.rules.schema_change import SchemaChange


def find(change: SchemaChange) -> Iterator[Broken]:
    for pair in change.changed:
        for refusal in pair.refused_by("value-empty", "value-too-short", "value-too-long", "value-range"):
            before, after = pair.before_and_after(refusal)
            yield Broken(
                (*pair.path, *refusal.fields),
                Found(
                    f"`{refusal.field}` of `{pair.name}` is {stated(before)} before and {stated(after)} now: "
                    f"{shown(refusal.values[0])} was accepted and is refused",
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
    id="breaking-limit-tightened",
    summary="A limit of length or of number is tighter, and values that were accepted lie beyond it.",
    why="Code that writes such a value is refused, and stored rows that hold one become violations.",
    breaks=WRITES,
    find=find,
    example=change_example(
        "properties: {note: {max_length: 80}}\n",
        bad="properties: {note: {max_length: 40}}\n",
        good="properties: {note: {max_length: 120}}\n",
    ),
)
