"""schema-enum-member: a member of the closed set that breaks the property's own limits."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from propguard.model.schema import Enforcement
from propguard.model.text import excerpt, visible
from propguard.rules.judgement import judge_value
from propguard.rules.rule import Found, SchemaRule
from propguard.rules.schema.schema_pattern import is_judgeable
from propguard.rules.schema_draft import Spotted, first_error, schema_example

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from propguard.model.schema import Property
    from propguard.rules.schema_draft import SchemaDraft, SchemaPath


def find(draft: SchemaDraft) -> Iterator[Spotted]:
    for entry in draft.properties:
        if is_judgeable(entry):
            yield from _impossible(entry.path, entry.declared, draft.today)
            if entry.declared.items is not None:
                yield from _impossible((*entry.path, "items"), entry.declared.items, draft.today)


def _impossible(path: SchemaPath, declared: Property, today: date) -> Iterator[Spotted]:
    """The members of the closed set that would be wrong if the set were open; what is in it is no secret."""
    if not declared.enum:
        return
    judge = replace(
        declared, enum=None, value_aliases={}, deprecated_values={}, sensitive="allow", enforcement=Enforcement()
    )
    for number, member in enumerate(declared.enum or ()):
        error = first_error(judge_value(judge, declared.name, member, "api", today))
        if error is not None:
            found = Found(
                f"`{visible(excerpt(member))}` is listed in `enum` and could never be written: {error.message}",
                context={"member": member, "rule": error.rule, "message": error.message},
            )
            yield Spotted((*path, "enum", number), found)


RULE = SchemaRule(
    id="schema-enum-member",
    summary="A member of `enum` breaks the property's own type, format, pattern or limits.",
    why="One of the two statements is wrong, and whoever writes the value finds out last.",
    example=schema_example(
        "properties: {retries: {type: integer, enum: [1, 2, many]}}\n",
        "properties: {retries: {type: integer, enum: [1, 2, 3]}}\n",
    ),
)
