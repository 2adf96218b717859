"""schema-namespace-field: a field that a namespace cannot have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from propguard.rules.rule import Found, SchemaRule
from propguard.rules.schema_draft import Spotted, schema_example

if TYPE_CHECKING:
    from collections.abc import Iterator

    from propguard.rules.schema_draft import SchemaDraft


def find(draft: SchemaDraft) -> Iterator[Spotted]:
    for entry in draft.properties:
        declared = entry.declared
        if not declared.is_namespace:
            continue
        if declared.required:
            message = f"`{declared.name}` is a namespace, and no request can have all of its keys; declare the required one by its own name"
            yield Spotted((*entry.path, "required"), Found(message, context={"field": "required"}))
        if declared.aliases:
            message = (
                f"`{declared.name}` is a namespace, and an alias stands for one key; declare that key by its own name"
            )
            yield Spotted((*entry.path, "aliases"), Found(message, context={"field": "aliases"}), at_key=True)


RULE = SchemaRule(
    id="schema-namespace-field",
    summary="A namespace is `required`, or has `aliases`.",
    why="Both are said of one key, and a namespace is as many as one likes.",
    example=schema_example(
        "properties: {feature_*: {enum: [enabled, disabled], required: true}}\n",
        "properties: {feature_*: {enum: [enabled, disabled]}, feature_new_ui: {enum: [enabled, disabled], required: true}}\n",
    ),
)
