"""schema-misplaced-field: a field that has no meaning with the property's type."""

from __future__ import annotations

from typing import TYPE_CHECKING

from propguard.rules.rule import Found, SchemaRule
from propguard.rules.schema_draft import Spotted, schema_example

if TYPE_CHECKING:
    from collections.abc import Iterator

    from propguard.model.schema import Property
    from propguard.rules.schema_draft import SchemaDraft

_BELONGS_TO: dict[str, tuple[str, ...]] = {
    "minimum": ("integer", "number"),
    "maximum": ("integer", "number"),
    "separator": ("list",),
    "items": ("list",),
    "format": ("string",),
}


def find(draft: SchemaDraft) -> Iterator[Spotted]:
    for entry in draft.properties:
        if not entry.knows("type"):
            continue
        for field, types in _BELONGS_TO.items():
            if field in entry.written and entry.declared.type not in types:
                yield Spotted((*entry.path, field), _found(field, types, entry.declared), at_key=True)
            items = entry.declared.items
            if (
                items is not None
                and getattr(items, field) is not None
                and field != "separator"
                and items.type not in types
            ):
                yield Spotted((*entry.path, "items", field), _found(field, types, items), at_key=True)


def _found(field: str, types: tuple[str, ...], declared: Property) -> Found:
    wanted = " or ".join(f"`type: {name}`" for name in types)
    return Found(
        f"`{field}` goes with {wanted}, and the type is {declared.type}; add the type or remove the field",
        suggestion=f"type: {types[-1]}",
        context={"field": field, "type": declared.type, "types": list(types)},
    )


RULE = SchemaRule(
    id="schema-misplaced-field",
    summary="A field has no meaning with the property's type: `minimum` without a number, `items` without a list.",
    why="It would constrain nothing, and look as if it did.",
    example=schema_example(
        "properties: {quality_score: {minimum: 0}}\n", "properties: {quality_score: {type: number, minimum: 0}}\n"
    ),
)
