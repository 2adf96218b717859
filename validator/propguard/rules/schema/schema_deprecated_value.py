"""schema-deprecated-value: a deprecated value that is not in the closed set."""

from __future__ import annotations

from typing import TYPE_CHECKING

from propguard.model.text import excerpt, visible
from propguard.rules.near import nearest
from propguard.rules.rule import Found, SchemaRule
from propguard.rules.schema_draft import Spotted, schema_example

if TYPE_CHECKING:
    from collections.abc import Iterator

    from propguard.model.schema import Property
    from propguard.rules.schema_draft import SchemaDraft, SchemaPath


def find(draft: SchemaDraft) -> Iterator[Spotted]:
    for entry in draft.properties:
        if entry.knows("enum"):
            yield from _unlisted(entry.path, entry.declared)
        if entry.declared.items is not None and entry.knows("items"):
            yield from _unlisted((*entry.path, "items"), entry.declared.items)


def _unlisted(path: SchemaPath, declared: Property) -> Iterator[Spotted]:
    for value in declared.deprecated_values:
        if declared.enum is not None and value not in declared.enum:
            near = nearest(value, declared.enum)
            advice = f"did you mean `{near}`?" if near else "add it to `enum`, or give it a value alias"
            found = Found(
                f"`{visible(excerpt(value))}` is deprecated and not in `enum`, so it is refused already; {advice}",
                suggestion=near,
                context={"value": value, "allowed": list(declared.enum)},
            )
            yield Spotted((*path, "deprecated_values", value), found, at_key=True)


RULE = SchemaRule(
    id="schema-deprecated-value",
    summary="A value in `deprecated_values` is not in `enum`.",
    why="Deprecated means still accepted, with a warning; what is not in the set is refused.",
    example=schema_example(
        "properties: {user_tier: {enum: [free, pro], deprecated_values: {basic: write free}}}\n",
        "properties: {user_tier: {enum: [free, pro, basic], deprecated_values: {basic: write free}}}\n",
    ),
)
