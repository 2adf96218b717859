"""breaking-sensitive-forbidden: values are checked for secrets and personal data that were not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from propguard.rules.rule import Found
from propguard.rules.schema_change import WRITES, Broken, EvolutionRule, change_example, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from propguard.rules.schema_change import SchemaChange


def find(change: SchemaChange) -> Iterator[Broken]:
    for pair in change.changed:
        for refusal in pair.refused_by("value-sensitive"):
            yield Broken(
                (*pair.path, *refusal.fields),
                Found(
                    f"values of `{pair.name}` are checked for secrets and personal data now: {shown(refusal.values[0])} was accepted and is refused",
                    context={"property": pair.name, "witness": refusal.values[0]},
                ),
                pair.name,
                refusal.values,
            )


RULE = EvolutionRule(
    id="breaking-sensitive-forbidden",
    summary="Secrets and personal data are looked for where they were let pass.",
    why="Code that writes them, knowingly or not, is refused.",
    breaks=WRITES,
    find=find,
    example=change_example(
        "properties: {contact: {sensitive: allow}}\n",
        bad="properties: {contact: {sensitive: forbid}}\n",
        good="properties: {contact: {sensitive: allow, owner: support}}\n",
    ),
)
