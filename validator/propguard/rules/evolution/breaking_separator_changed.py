"""breaking-separator-changed: lists are cut at another separator."""

from __future__ import annotations

from typing import TYPE_CHECKING

from propguard.rules.rule import Found
from propguard.rules.schema_change import Broken, EvolutionRule, change_example

if TYPE_CHECKING:
    from collections.abc import Iterator

    from propguard.rules.schema_change import SchemaChange


def find(change: SchemaChange) -> Iterator[Broken]:
    for pair in change.changed:
        if pair.old is None or (pair.old.type, pair.new.type) != ("list", "list"):
            continue
        before, after = pair.old.separator, pair.new.separator
        if before != after:
            yield Broken(
                (*pair.path, "separator"),
                Found(
                    f"lists of `{pair.name}` were cut at `{before}` and are cut at `{after}` now: a list written before is one item, or other ones",
                    context={"property": pair.name, "before": before, "after": after},
                ),
                pair.name,
            )


RULE = EvolutionRule(
    id="breaking-separator-changed",
    summary="The items of a list are told apart by another separator.",
    why="Every stored list of more than one item means something else.",
    find=find,
    example=change_example(
        "properties: {flags: {type: list, items: {pattern: '^[a-z]+$'}}}\n",
        bad="properties: {flags: {type: list, separator: ;, items: {pattern: '^[a-z,]+$'}}}\n",
        good="properties: {flags: {type: list, items: {pattern: '^[a-z_]+$'}}}\n",
    ),
)
