"""breaking-alias-removed: another spelling of a key is not known any more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from propguard.rules.rule import Found
from propguard.rules.schema_change import Broken, EvolutionRule, change_example

if TYPE_CHECKING:
    from collections.abc import Iterator

    from propguard.rules.schema_change import SchemaChange


def find(change: SchemaChange) -> Iterator[Broken]:
    known = {*change.new.properties, *change.aliases}
    for name, before in change.old.properties.items():
        after = change.new.properties.get(name)
        if after is None or after.aliases == before.aliases:
            continue
        for alias in before.aliases:
            if alias not in known:
                yield Broken(
                    ("properties", name, "aliases"),
                    Found(
                        f"`{alias}` is an alias of `{name}` no more: `--fix` and `on_violation=fix` do not mend it, and the audit does not count it as `{name}`",
                        context={"property": name, "alias": alias},
                    ),
                    name,
                    (),
                    old_name=alias,
                )


RULE = EvolutionRule(
    id="breaking-alias-removed",
    summary="An alias of a property is gone.",
    why="Writes that were mended on the way are refused, and stored rows under that spelling belong to nothing.",
    find=find,
    example=change_example(
        "properties: {environment: {aliases: [env, stage]}}\n",
        bad="properties: {environment: {aliases: [env]}}\n",
        good="properties: {environment: {aliases: [env, stage, deploy_env]}}\n",
    ),
)
