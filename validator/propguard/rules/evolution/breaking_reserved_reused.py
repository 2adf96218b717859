"""breaking-reserved-reused: a name that must not come back has come back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from propguard.model.finding import Severity
from propguard.rules.rule import Found
from propguard.rules.schema_change import Broken, EvolutionRule, change_example

if TYPE_CHECKING:
    from collections.abc import Iterator

    from propguard.rules.schema_change import SchemaChange


def find(change: SchemaChange) -> Iterator[Broken]:
    kept = {name.lower() for name in change.new.reserved}
    for name in change.old.reserved:
        if name.lower() in kept:
            continue
        declared = next((other for other in change.new.properties if other.lower() == name.lower()), None)
        if declared is not None:
            message = f"`{name}` was reserved and is declared again: stored rows that have it mean something else"
        else:
            message = f"`{name}` is reserved no more: a name that meant something once can come back as something else"
        yield Broken(
            ("properties", declared) if declared else ("reserved",),
            Found(
                f"{message}; keep it in `reserved` and choose another name",
                context={"name": name, "declared": declared},
                severity=Severity.ERROR if declared else Severity.WARNING,
            ),
            declared,
        )


RULE = EvolutionRule(
    id="breaking-reserved-reused",
    summary="A reserved name is declared, or is reserved no more.",
    why="What is stored under the name means something else, and nobody can tell the two apart.",
    breaks=("READER", "HISTORY"),
    find=find,
    example=change_example(
        "reserved: [tier]\nproperties: {team: {}}\n",
        bad="properties: {team: {}, tier: {}}\n",
        good="reserved: [tier]\nproperties: {team: {}, user_tier: {}}\n",
    ),
)
