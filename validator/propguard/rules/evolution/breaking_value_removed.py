"""breaking-value-removed: a value of a closed set is accepted no more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from propguard.model.text import excerpt
from propguard.rules.rule import Found
from propguard.rules.schema_change import Broken, EvolutionRule, change_example

if TYPE_CHECKING:
    from collections.abc import Iterator

    from propguard.rules.schema_change import PropertyChange, Refusal, SchemaChange


def find(change: SchemaChange) -> Iterator[Broken]:
    for pair in change.changed:
        if pair.old is None:
            continue
        for refusal in pair.refused_by("value-not-allowed", "value-alias"):
            if pair.old.enum is None and (pair.old.items is None or pair.old.items.enum is None):
                if refusal.rule == "value-alias":
                    yield _aliased(pair, refusal)
                continue
            for value in refusal.values:
                target = pair.new.value_aliases.get(value)
                advice = f" and an alias of `{excerpt(target)}` now" if target is not None else ""
                yield Broken(
                    (*pair.path, *refusal.fields),
                    Found(
                        f"`{excerpt(value)}` is removed from the values of `{pair.name}`{advice}: who writes it is refused, and stored rows that hold it become violations",
                        suggestion=target,
                        context={"property": pair.name, "witness": value, "target": target},
                    ),
                    pair.name,
                    (value,),
                )


def _aliased(pair: PropertyChange, refusal: Refusal) -> Broken:
    value = refusal.values[0]
    target = pair.new.value_aliases.get(value)
    return Broken(
        (*pair.path, *refusal.fields),
        Found(
            f"`{excerpt(value)}` was a value of `{pair.name}` and is an alias of `{excerpt(target or '')}` now: who writes it is refused",
            suggestion=target,
            context={"property": pair.name, "witness": value, "target": target},
        ),
        pair.name,
        refusal.values,
    )


RULE = EvolutionRule(
    id="breaking-value-removed",
    summary="A value is removed from a closed set, or has become an alias.",
    why="Code that writes it is refused, and stored rows that hold it become violations.",
    find=find,
    example=change_example(
        "properties: {environment: {enum: [production, staging, qa]}}\n",
        bad="properties: {environment: {enum: [production, staging]}}\n",
        good="properties: {environment: {enum: [production, staging, qa], deprecated_values: {qa: use staging}}}\n",
    ),
)
