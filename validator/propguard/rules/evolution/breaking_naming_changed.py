"""breaking-naming-changed: keys are written in another style."""

from __future__ import annotations

from typing import TYPE_CHECKING

from propguard.model.finding import Severity
from propguard.rules.rule import Found
from propguard.rules.schema_change import READS, Broken, EvolutionRule, change_example

if TYPE_CHECKING:
    from collections.abc import Iterator

    from propguard.rules.schema_change import SchemaChange


def find(change: SchemaChange) -> Iterator[Broken]:
    before, after = change.old.naming, change.new.naming
    if after in {before, "any"}:
        return
    context = {"before": before, "after": after}
    witness = next((key.witness for key in change.refused_by("key-case")), None)
    if witness is not None:
        found = Found(
            f"`naming` is `{before}` before and `{after}` now: `{witness}` was accepted and is refused",
            context={**context, "witness": witness},
        )
        yield Broken(("naming",), found)
    else:
        found = Found(
            f"`naming` is `{before}` before and `{after}` now; no key that was accepted is refused for it",
            context=context,
            severity=Severity.INFO,
        )
        yield Broken(("naming",), found, breaks=READS)


RULE = EvolutionRule(
    id="breaking-naming-changed",
    summary="The case style of keys is another one.",
    why="Keys in a namespace, or undeclared ones, that were right are wrong now.",
    find=find,
    example=change_example(
        "unknown_properties: allow\nproperties: {team: {}}\n",
        bad="unknown_properties: allow\nnaming: kebab-case\nproperties: {team: {}}\n",
        good="unknown_properties: allow\nnaming: snake_case\nproperties: {team: {owner: platform}}\n",
    ),
)
