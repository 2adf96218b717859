"""breaking-type-changed: values are of another type."""

from __future__ import annotations

from typing import TYPE_CHECKING

from propguard.model.finding import Severity
from propguard.rules.rule import Found
from propguard.rules.schema_change import READS, WRITES, Broken, EvolutionRule, change_example, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from propguard.rules.schema_change import SchemaChange


def find(change: SchemaChange) -> Iterator[Broken]:
    for pair in change.changed:
        if pair.old is None or pair.old.type == pair.new.type:
            continue
        before, after = pair.old.type, pair.new.type
        context = {"property": pair.name, "before": before, "after": after}
        witness = next((refusal.values for refusal in pair.refused_by("value-type")), ())
        if witness:
            found = Found(
                f"`type` of `{pair.name}` is {before} before and {after} now: {shown(witness[0])} was accepted and is refused",
                context={**context, "witness": witness[0]},
            )
            yield Broken((*pair.path, "type"), found, pair.name, witness, WRITES)
        elif "list" in (before, after):
            found = Found(
                f"`type` of `{pair.name}` is {before} before and {after} now: what is stored is cut at `separator`, or is no longer",
                context=context,
            )
            yield Broken((*pair.path, "type"), found, pair.name, breaks=("READER", "HISTORY"))
        else:
            found = Found(
                f"`type` of `{pair.name}` is {before} before and {after} now; every value that was accepted still is",
                context=context,
                severity=Severity.INFO,
            )
            yield Broken((*pair.path, "type"), found, pair.name, breaks=READS)


RULE = EvolutionRule(
    id="breaking-type-changed",
    summary="A property has another type.",
    why="Code that writes values of the old type is refused, and whoever reads the property as that type fails.",
    find=find,
    example=change_example(
        "properties: {attempt: {max_length: 10}}\n",
        bad="properties: {attempt: {type: integer, max_length: 10}}\n",
        good="properties: {attempt: {max_length: 10, examples: ['3']}}\n",
    ),
)
