"""breaking-name-reserved: a key that could be written without being declared by name is reserved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from propguard.rules.rule import Found
from propguard.rules.schema_change import Broken, EvolutionRule, change_example

if TYPE_CHECKING:
    from collections.abc import Iterator

    from propguard.rules.schema_change import SchemaChange


def find(change: SchemaChange) -> Iterator[Broken]:
    for key in change.refused_by("reserved-key"):
        if key.old is None:
            yield Broken(
                ("reserved",),
                Found(
                    f"`{key.witness}` could be written and is reserved now, so it is refused",
                    context={"witness": key.witness},
                ),
                key.witness,
            )


RULE = EvolutionRule(
    id="breaking-name-reserved",
    summary="A name is reserved that could be written so far.",
    why="Code that writes it is refused.",
    find=find,
    example=change_example(
        "unknown_properties: allow\nproperties: {team: {}}\n",
        bad="unknown_properties: allow\nreserved: [tmp]\nproperties: {team: {}}\n",
        good="unknown_properties: allow\nproperties: {team: {owner: platform}}\n",
    ),
)
