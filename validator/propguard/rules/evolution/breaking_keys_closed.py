"""breaking-keys-closed: keys that are not declared are errors now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from propguard.rules.rule import Found
from propguard.rules.schema_change import Broken, EvolutionRule, change_example

if TYPE_CHECKING:
    from collections.abc import Iterator

    from propguard.rules.schema_change import SchemaChange


def find(change: SchemaChange) -> Iterator[Broken]:
    before, after = change.old.unknown_properties, change.new.unknown_properties
    if before != "error" and after == "error":
        yield Broken(
            ("unknown_properties",),
            Found(
                f"`unknown_properties` is `{before}` before and `error` now: every key that is not declared is refused",
                context={"before": before, "after": after},
            ),
        )


RULE = EvolutionRule(
    id="breaking-keys-closed",
    summary="`unknown_properties` becomes `error`.",
    why="Every key that was written without being declared is refused from now on.",
    find=find,
    example=change_example(
        "unknown_properties: warning\nproperties: {team: {}}\n",
        bad="unknown_properties: error\nproperties: {team: {}}\n",
        good="unknown_properties: warning\nproperties: {team: {owner: platform}}\n",
    ),
)
