"""schema-ambiguous-alias: an alias that stands for two things."""

from __future__ import annotations

from typing import TYPE_CHECKING

from propguard.model.naming import fold
from propguard.model.text import visible
from propguard.rules.rule import Found, SchemaRule
from propguard.rules.schema_draft import Spotted, schema_example

if TYPE_CHECKING:
    from collections.abc import Iterator

    from propguard.rules.schema_draft import SchemaDraft


def find(draft: SchemaDraft) -> Iterator[Spotted]:
    declared = {fold(entry.declared.name): entry.declared.name for entry in draft.properties}
    claimed: dict[str, str] = {}
    for entry in draft.properties:
        name = entry.declared.name
        for number, alias in enumerate(entry.declared.aliases):
            shown = visible(alias)
            namesake = declared.get(fold(alias))
            owner = claimed.setdefault(fold(alias), name)
            if alias == name:
                message = f"`{shown}` is an alias of itself; remove it"
            elif namesake not in {None, name}:
                message = f"`{shown}` is an alias of `{name}`, and `{namesake}` is declared as a property of its own; remove one of the two"
            elif owner != name:
                message = f"`{shown}` is an alias of `{owner}` and of `{name}`; leave it to one of them"
            else:
                continue
            found = Found(message, context={"alias": alias, "property": name, "other": namesake or owner})
            yield Spotted((*entry.path, "aliases", number), found)


RULE = SchemaRule(
    id="schema-ambiguous-alias",
    summary="An alias is also a declared name, or two properties claim it.",
    why="The fix for an alias is applied without asking, so it must be plain what it stands for.",
    example=schema_example(
        "properties: {environment: {aliases: [env]}, env: {max_length: 40}}\n",
        "properties: {environment: {aliases: [env]}}\n",
    ),
)
