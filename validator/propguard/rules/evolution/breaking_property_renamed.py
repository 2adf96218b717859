"""breaking-property-renamed: a declared key has become another one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from propguard.rules.rule import Found
from propguard.rules.schema_change import Broken, EvolutionRule, change_example

if TYPE_CHECKING:
    from collections.abc import Iterator

    from propguard.rules.schema_change import SchemaChange


def find(change: SchemaChange) -> Iterator[Broken]:
    for key in change.refused:
        if key.old is None or key.old.is_namespace or key.target is None:
            continue
        name, target = key.old.name, key.target
        has_alias = key.rule == "key-alias"
        advice = (
            "`propguard lint --fix` mends the code, `propguard repair` the data"
            if has_alias
            else f"add `aliases: [{name}]` to `{target}`, so that `--fix` can mend the code"
        )
        yield Broken(
            ("properties", target, "aliases") if has_alias else ("properties", target),
            Found(
                f"`{name}` is renamed to `{target}`: who writes the old name is refused, and queries by it find only old rows; {advice}",
                suggestion=target,
                context={"property": name, "target": target, "has_alias": has_alias},
            ),
            name,
            old_name=name,
        )


RULE = EvolutionRule(
    id="breaking-property-renamed",
    summary="A declared property has another name.",
    why="Code that writes the old name is refused, and no query by either name finds everything.",
    find=find,
    example=change_example(
        "properties: {tier: {enum: [free, pro]}}\n",
        bad="properties: {user_tier: {enum: [free, pro], aliases: [tier]}}\n",
        good="properties:\n  user_tier: {enum: [free, pro]}\n"
        "  tier: {enum: [free, pro], deprecated: {reason: renamed, renamed_to: user_tier, sunset: 2999-01-31}}\n",
    ),
)
