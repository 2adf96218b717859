"""schema-contradictory-limits: limits between which nothing lies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from propguard.rules.rule import Found, SchemaRule
from propguard.rules.schema_draft import Spotted, schema_example

if TYPE_CHECKING:
    from collections.abc import Iterator

    from propguard.model.schema import Property
    from propguard.rules.schema_draft import SchemaDraft, SchemaPath


def find(draft: SchemaDraft) -> Iterator[Spotted]:
    for entry in draft.properties:
        if entry.knows("min_length", "max_length"):
            yield from _lengths(entry.path, entry.declared, stated="min_length" in entry.written)
        if entry.knows("minimum", "maximum"):
            yield from _range(entry.path, entry.declared)
        if entry.declared.items is not None and entry.knows("items"):
            yield from _lengths((*entry.path, "items"), entry.declared.items, stated=True)
            yield from _range((*entry.path, "items"), entry.declared.items)


def _lengths(path: SchemaPath, declared: Property, *, stated: bool) -> Iterator[Spotted]:
    if declared.min_length > declared.max_length:
        found = Found(
            f"`min_length` {declared.min_length} is more than `max_length` {declared.max_length}, so no value is left; correct one of them",
            context={"min_length": declared.min_length, "max_length": declared.max_length},
        )
        yield Spotted((*path, "min_length" if stated else "max_length"), found)


def _range(path: SchemaPath, declared: Property) -> Iterator[Spotted]:
    if declared.minimum is not None and declared.maximum is not None and declared.minimum > declared.maximum:
        found = Found(
            f"`minimum` {declared.minimum} is more than `maximum` {declared.maximum}, so no value is left; correct one of them",
            context={"minimum": declared.minimum, "maximum": declared.maximum},
        )
        yield Spotted((*path, "minimum"), found)


RULE = SchemaRule(
    id="schema-contradictory-limits",
    summary="`min_length` is more than `max_length`, or `minimum` more than `maximum`.",
    why="No value could ever be right.",
    example=schema_example(
        "properties: {project: {min_length: 50, max_length: 40}}\n",
        "properties: {project: {min_length: 4, max_length: 40}}\n",
    ),
)
