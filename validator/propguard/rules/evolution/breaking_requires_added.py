"""breaking-requires-added: a property may be written only along with another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from propguard.model.text import one_of
from propguard.rules.rule import Found
from propguard.rules.schema_change import WRITES, Broken, EvolutionRule, change_example

if TYPE_CHECKING:
    from collections.abc import Iterator

    from propguard.rules.schema_change import SchemaChange


def find(change: SchemaChange) -> Iterator[Broken]:
    needed = {name for name, declared in change.old.properties.items() if declared.required}
    for pair in change.changed:
        before = set(pair.old.requires) if pair.old is not None else set()
        added = [name for name in pair.new.requires if name not in before and name not in needed]
        if added and (pair.old is not None or pair.was_accepted):
            yield Broken(
                (*pair.path, "requires"),
                Found(
                    f"`{pair.name}` requires {one_of(added)} now: requests that have the one without the other are refused",
                    context={"property": pair.name, "added": added},
                ),
                pair.name,
            )


RULE = EvolutionRule(
    id="breaking-requires-added",
    summary="A property gets a companion that it requires.",
    why="Requests that write the one without the other are refused, and stored ones become violations.",
    breaks=WRITES,
    find=find,
    example=change_example(
        "properties: {customer_id: {}, billing_status: {enum: [active]}}\n",
        bad="properties: {customer_id: {}, billing_status: {enum: [active], requires: [customer_id]}}\n",
        good="properties: {customer_id: {}, billing_status: {enum: [active], owner: billing}}\n",
    ),
)
