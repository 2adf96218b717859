"""schema-requires: a property requires one that is not declared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from propguard.model.names import Names
from propguard.model.text import excerpt, visible
from propguard.rules.near import nearest
from propguard.rules.rule import Found, SchemaRule
from propguard.rules.schema_draft import Spotted, schema_example

if TYPE_CHECKING:
    from collections.abc import Iterator

    from propguard.rules.schema_draft import SchemaDraft


def find(draft: SchemaDraft) -> Iterator[Spotted]:
    names = Names(draft.schema, "api")
    for entry in draft.properties:
        name = entry.declared.name
        for number, required in enumerate(entry.declared.requires):
            shown = visible(excerpt(required))
            near = None
            if required == name:
                message = f"`{name}` requires itself; remove that"
            elif required.endswith("*"):
                message = f"`{name}` requires `{shown}`, which is a namespace and no key; name one key"
            elif names.declared(required) is None:
                near = nearest(required, [other for other in draft.schema.properties if other != name])
                advice = f"did you mean `{near}`?" if near else "declare it, or name a declared one"
                message = f"`{name}` requires `{shown}`, which is not declared; {advice}"
            else:
                continue
            found = Found(message, suggestion=near, context={"property": name, "required": required})
            yield Spotted((*entry.path, "requires", number), found)


RULE = SchemaRule(
    id="schema-requires",
    summary="A property requires one that is not declared, or itself.",
    why="No record could ever be complete: the one that is required is refused where it is written.",
    example=schema_example(
        "properties: {billing_status: {enum: [active], requires: [customer]}}\n",
        "properties: {billing_status: {enum: [active], requires: [customer_id]}, customer_id: {max_length: 40}}\n",
    ),
)
