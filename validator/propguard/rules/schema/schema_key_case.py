"""schema-key-case: a declared name that is not in the schema's own `naming`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from propguard.model.naming import in_style, is_in_style
from propguard.model.text import one_of
from propguard.rules.rule import Found, SchemaRule
from propguard.rules.schema.schema_key_characters import problem_of
from propguard.rules.schema_draft import Spotted, schema_example

if TYPE_CHECKING:
    from collections.abc import Iterator

    from propguard.rules.schema_draft import SchemaDraft


def find(draft: SchemaDraft) -> Iterator[Spotted]:
    naming = draft.schema.naming
    inherited = []
    for entry in draft.properties:
        name = entry.declared.name
        stem = name.removesuffix("*").rstrip("_-") if entry.declared.is_namespace else name
        if problem_of(name) is not None or is_in_style(stem, naming):
            continue
        if name not in draft.own:
            inherited.append(name)
            continue
        better = in_style(stem, naming) + name[len(stem) :]
        found = Found(
            f"`{name}` is not in {naming}; write `{better}`, or set `naming`",
            suggestion=better,
            context={"name": name, "naming": naming, "converted": better},
        )
        yield Spotted(entry.path, found, at_key=True)
    if inherited:
        found = Found(
            f"{len(inherited)} of the names that this file extends are not in {naming} ({one_of(inherited, 3)}); "
            "set `naming` to theirs or to any",
            context={"naming": naming, "names": inherited},
        )
        yield Spotted(("naming",), found)


RULE = SchemaRule(
    id="schema-key-case",
    summary="A declared name is not in the schema's own `naming`.",
    why="Whoever writes the name as it is declared would be told that it is spelled wrongly.",
    example=schema_example(
        "properties: {user-tier: {enum: [free, pro]}}\n", "properties: {user_tier: {enum: [free, pro]}}\n"
    ),
)
