"""schema-near-names: two declared names that differ only in case or separators."""

from __future__ import annotations

from typing import TYPE_CHECKING

from propguard.model.naming import fold
from propguard.rules.rule import Found, SchemaRule
from propguard.rules.schema_draft import Spotted, schema_example

if TYPE_CHECKING:
    from collections.abc import Iterator

    from propguard.rules.schema_draft import SchemaDraft


def find(draft: SchemaDraft) -> Iterator[Spotted]:
    first: dict[str, str] = {}
    for entry in draft.properties:
        name = entry.declared.name
        other = first.setdefault(fold(name), name)
        if other != name:
            found = Found(
                f"`{name}` and `{other}` differ only in case or separators; keep one of them",
                suggestion=other,
                context={"name": name, "other": other},
            )
            yield Spotted(entry.path, found, at_key=True)


RULE = SchemaRule(
    id="schema-near-names",
    summary="Two declared names differ only in case or separators.",
    why="Headers lose their capitals, so the two cannot be told apart there; nor can their readers.",
    example=schema_example(
        "naming: any\nproperties: {user_id: {max_length: 40}, user-id: {max_length: 40}}\n",
        "naming: any\nproperties: {user_id: {max_length: 40}}\n",
    ),
)
