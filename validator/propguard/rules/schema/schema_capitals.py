"""schema-capitals: a declared name that headers cannot write."""

from __future__ import annotations

from typing import TYPE_CHECKING

from propguard.model.finding import Severity
from propguard.model.naming import is_in_style
from propguard.rules.rule import Found, SchemaRule
from propguard.rules.schema_draft import Spotted, schema_example

if TYPE_CHECKING:
    from collections.abc import Iterator

    from propguard.rules.schema_draft import SchemaDraft


def find(draft: SchemaDraft) -> Iterator[Spotted]:
    for entry in draft.properties:
        name = entry.declared.name
        if name != name.lower() and is_in_style(
            name.removesuffix("*"), draft.schema.naming
        ):  # else that is what is wrong
            found = Found(
                f"`{name}` is stored as `{name.lower()}` when a header writes it, which is another property than the API's `{name}`; "
                "a name in lower case is the same at both doors",
                suggestion=name.lower(),
                context={"name": name, "stored_key": name.lower()},
            )
            yield Spotted(entry.path, found, at_key=True)


RULE = SchemaRule(
    id="schema-capitals",
    summary="A declared name has capitals, which no header can write.",
    why="The platform stores header names in lower case and keeps the API's as they are: one name becomes two properties.",
    severity=Severity.INFO,
    example=schema_example(
        "naming: camelCase\nproperties: {userTier: {enum: [free, pro]}}\n",
        "naming: camelCase\nproperties: {tier: {enum: [free, pro]}}\n",
    ),
)
