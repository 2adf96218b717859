"""breaking-became-required: every record must have a property that it could do without."""

from __future__ import annotations

from typing import TYPE_CHECKING

from propguard.rules.rule import Found
from propguard.rules.schema_change import WRITES, Broken, EvolutionRule, change_example

if TYPE_CHECKING:
    from collections.abc import Iterator

    from propguard.rules.schema_change import SchemaChange


def find(change: SchemaChange) -> Iterator[Broken]:
    for pair in change.changed:
        before = change.old.properties.get(pair.name)
        if pair.new.required and (before is None or not before.required):
            yield Broken(
                (*pair.path, "required"),
                Found(
                    f"`{pair.name}` is required now: every request without it is refused, and every stored one becomes a violation",
                    context={"property": pair.name},
                ),
                pair.name,
            )


RULE = EvolutionRule(
    id="breaking-became-required",
    summary="A property becomes required.",
    why="Every request that does without it is refused, and so would be all that are stored.",
    breaks=WRITES,
    find=find,
    example=change_example(
        "properties: {environment: {}}\n",
        bad="properties: {environment: {required: true}}\n",
        good="properties: {environment: {required: false, owner: platform}}\n",
    ),
)
