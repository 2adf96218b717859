"""breaking-namespace-narrowed: keys of a namespace are accepted no more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from propguard.rules.rule import Found
from propguard.rules.schema_change import Broken, EvolutionRule, change_example

if TYPE_CHECKING:
    from collections.abc import Iterator

    from propguard.rules.schema_change import SchemaChange


def find(change: SchemaChange) -> Iterator[Broken]:
    for key in change.refused_by("unknown-property", "reserved-key", "header-key-mismatch"):
        if key.old is None or not key.old.is_namespace:
            continue
        name = key.old.name
        yield Broken(
            ("properties",),
            Found(
                f"the namespace `{name}` is removed or narrowed: `{key.witness}` was accepted and is refused now",
                context={"property": name, "witness": key.witness},
            ),
            name,
            old_name=name,
        )


RULE = EvolutionRule(
    id="breaking-namespace-narrowed",
    summary="A namespace is gone, or holds fewer keys.",
    why="Code that writes a key of it is refused, and stored rows that have one become violations.",
    find=find,
    example=change_example(
        "properties: {feature_*: {enum: [on, off]}}\n",
        bad="properties: {feature_ui_*: {enum: [on, off]}}\n",
        good="properties: {feature_*: {enum: [on, off]}, feature_ui_*: {enum: [on, off]}}\n",
    ),
)
