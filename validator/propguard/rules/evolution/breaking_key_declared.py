"""breaking-key-declared: a key that took any value has rules now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from propguard.model.finding import Severity
from propguard.rules.pattern_language import is_open
from propguard.rules.rule import Found
from propguard.rules.schema_change import WRITES, Broken, EvolutionRule, change_example, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from propguard.model.schema import Property
    from propguard.rules.schema_change import SchemaChange


def find(change: SchemaChange) -> Iterator[Broken]:
    for pair in change.changed:
        if pair.old is not None or not pair.was_accepted:
            continue
        witness = next((refusal.values[0] for refusal in pair.refusals if refusal.values), None)
        if witness is not None:
            yield Broken(
                pair.path,
                Found(
                    f"`{pair.name}` could be written with any value without being declared, and {shown(witness)} is refused now",
                    context={"property": pair.name, "witness": witness},
                    severity=None if _is_particular(pair.new) else Severity.WARNING,
                ),
                pair.name,
                (witness,),
            )


def _is_particular(declared: Property) -> bool:
    """Whether more is declared than what holds of every property, such as that it is not empty."""
    return (
        not is_open(declared) or declared.pattern is not None or declared.min_length > 1 or bool(declared.value_aliases)
    )


RULE = EvolutionRule(
    id="breaking-key-declared",
    summary="A key that could be written undeclared is declared, and not every value of it is accepted.",
    why="Code that writes another value is refused, and stored rows that hold one become violations.",
    breaks=WRITES,
    find=find,
    example=change_example(
        "unknown_properties: allow\nproperties: {team: {}}\n",
        bad="unknown_properties: allow\nproperties: {team: {}, tier: {enum: [free, pro]}}\n",
        good="unknown_properties: allow\nproperties: {team: {owner: platform}}\n",
    ),
)
