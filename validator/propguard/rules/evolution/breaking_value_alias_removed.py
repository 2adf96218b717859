"""breaking-value-alias-removed: another spelling of a value is not known any more, or means another one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from propguard.model.text import excerpt
from propguard.rules.rule import Found
from propguard.rules.schema_change import WRITES, Broken, EvolutionRule, change_example

if TYPE_CHECKING:
    from collections.abc import Iterator

    from propguard.rules.schema_change import SchemaChange


def find(change: SchemaChange) -> Iterator[Broken]:
    for pair in change.changed:
        if pair.old is None:
            continue
        for source, target in pair.old.value_aliases.items():
            after = pair.new.value_aliases.get(source)
            if after == target or (after is None and (pair.new.enum is None or source in pair.new.enum)):
                continue
            now = f"means `{excerpt(after)}` now" if after is not None else "is not known any more"
            yield Broken(
                (*pair.path, "value_aliases"),
                Found(
                    f"`{excerpt(source)}`, which `--fix` and `on_violation=fix` wrote as `{excerpt(target)}` for `{pair.name}`, {now}",
                    suggestion=after,
                    context={"property": pair.name, "alias": source, "before": target, "after": after},
                ),
                pair.name,
                (source,),
            )


RULE = EvolutionRule(
    id="breaking-value-alias-removed",
    summary="An alias of a value is gone or leads elsewhere.",
    why="Writes that were mended on the way are refused, or mended to something else.",
    breaks=WRITES,
    find=find,
    example=change_example(
        "properties: {environment: {enum: [production], value_aliases: {prod: production}}}\n",
        bad="properties: {environment: {enum: [production]}}\n",
        good="properties: {environment: {enum: [production], value_aliases: {prod: production, live: production}}}\n",
    ),
)
