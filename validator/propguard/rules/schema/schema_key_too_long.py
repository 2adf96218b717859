"""schema-key-too-long: a declared name that is longer than the schema's own limit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from propguard.model.text import excerpt, visible
from propguard.rules.rule import Found, SchemaRule
from propguard.rules.schema_draft import Spotted, schema_example

if TYPE_CHECKING:
    from collections.abc import Iterator

    from propguard.rules.schema_draft import SchemaDraft


def find(draft: SchemaDraft) -> Iterator[Spotted]:
    most = draft.schema.limits.key_length
    for entry in draft.properties:
        name = entry.declared.name
        if len(name) > most:  # the star of a namespace stands for at least one character
            found = Found(
                f"`{visible(excerpt(name, 40))}` has {len(name)} characters, and `limits.key_length` allows {most}; shorten it",
                context={"name": name, "length": len(name), "limit": most},
            )
            yield Spotted(entry.path, found, at_key=True)


RULE = SchemaRule(
    id="schema-key-too-long",
    summary="A declared name is longer than `limits.key_length`.",
    why="Whoever writes the name as it is declared would be told that it is too long.",
    example=schema_example(
        "limits: {key_length: 20}\nproperties: {environment_name_and_region: {max_length: 40}}\n",
        "limits: {key_length: 20}\nproperties: {environment: {max_length: 40}}\n",
    ),
)
