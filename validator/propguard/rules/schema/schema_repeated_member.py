"""schema-repeated-member: a list that holds the same thing twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from propguard.model.finding import Severity
from propguard.model.text import excerpt, visible
from propguard.rules.rule import Found, SchemaRule
from propguard.rules.schema_draft import Spotted, schema_example

if TYPE_CHECKING:
    from collections.abc import Iterator

    from propguard.rules.schema_draft import SchemaDraft, SchemaPath


def find(draft: SchemaDraft) -> Iterator[Spotted]:
    for entry in draft.properties:
        declared = entry.declared
        lists = {
            "enum": declared.enum,
            "examples": declared.examples,
            "aliases": declared.aliases,
            "requires": declared.requires,
        }
        for field, members in lists.items():
            yield from _repeated((*entry.path, field), members or ())
        if declared.items is not None:
            yield from _repeated((*entry.path, "items", "enum"), declared.items.enum or ())


def _repeated(path: SchemaPath, members: tuple[str, ...]) -> Iterator[Spotted]:
    seen: set[str] = set()
    for number, member in enumerate(members):
        if member in seen:
            found = Found(f"`{visible(excerpt(member))}` is listed twice; remove it here", context={"member": member})
            yield Spotted((*path, number), found)
        seen.add(member)


RULE = SchemaRule(
    id="schema-repeated-member",
    summary="A list holds the same member twice.",
    why="It does no harm by itself; usually one of the two was meant to be something else.",
    severity=Severity.WARNING,
    example=schema_example(
        "properties: {environment: {enum: [staging, staging]}}\n",
        "properties: {environment: {enum: [production, staging]}}\n",
    ),
)
