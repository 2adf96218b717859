"""breaking-format-changed: another format takes less than before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from propguard.rules.rule import Found
from propguard.rules.schema_change import WRITES, Broken, EvolutionRule, change_example, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from propguard.rules.schema_change import SchemaChange


def find(change: SchemaChange) -> Iterator[Broken]:
    for pair in change.changed:
        for refusal in pair.refused_by("value-format"):
            before, after = pair.before_and_after(refusal)
            yield Broken(
                (*pair.path, *refusal.fields),
                Found(
                    f"`format` of `{pair.name}` is {before or 'none'} before and {after or 'none'} now: {shown(refusal.values[0])} was accepted and is refused",
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
    id="breaking-format-changed",
    summary="A format is asked for that refuses values that were accepted.",
    why="Code that writes such a value is refused, and stored rows that hold one become violations.",
    breaks=WRITES,
    find=find,
    example=change_example(
        "properties: {release: {max_length: 40}}\n",
        bad="properties: {release: {max_length: 40, format: semver}}\n",
        good="properties: {release: {max_length: 60}}\n",
    ),
)
