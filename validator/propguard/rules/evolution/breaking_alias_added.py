"""breaking-alias-added: a key that could be written is now another spelling of a declared one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from propguard.rules.rule import Found
from propguard.rules.schema_change import Broken, EvolutionRule, change_example

if TYPE_CHECKING:
    from collections.abc import Iterator

    from propguard.rules.schema_change import SchemaChange


def find(change: SchemaChange) -> Iterator[Broken]:
    for key in change.refused_by("key-alias"):
        if key.old is None or key.old.is_namespace:
            target = key.target or ""
            yield Broken(
                ("properties", target, "aliases"),
                Found(
                    f"`{key.witness}` could be written and is an alias of `{target}` now, so it is refused; `propguard lint --fix` mends the code",
                    suggestion=key.target,
                    context={"witness": key.witness, "target": target},
                ),
                key.witness,
            )


RULE = EvolutionRule(
    id="breaking-alias-added",
    summary="A key that was accepted becomes an alias.",
    why="An alias is an error with a fix: code that writes it is refused until it is mended.",
    find=find,
    example=change_example(
        "properties: {team: {}, feature_*: {}}\n",
        bad="properties: {team: {aliases: [feature_team]}, feature_*: {}}\n",
        good="properties: {team: {aliases: [crew]}, feature_*: {}}\n",
    ),
)
