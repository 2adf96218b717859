"""schema-required-deprecated: a property that must be there and must not be written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from propguard.model.finding import Severity
from propguard.rules.rule import Found, SchemaRule
from propguard.rules.schema_draft import Spotted, schema_example

if TYPE_CHECKING:
    from collections.abc import Iterator

    from propguard.rules.schema_draft import SchemaDraft


def find(draft: SchemaDraft) -> Iterator[Spotted]:
    for entry in draft.properties:
        if entry.declared.required and entry.declared.deprecated is not None:
            name = entry.declared.name
            found = Found(
                f"`{name}` is required and deprecated, so every record is wrong; remove `required`",
                context={"property": name},
            )
            yield Spotted((*entry.path, "required"), found)


RULE = SchemaRule(
    id="schema-required-deprecated",
    summary="A property is both `required` and `deprecated`.",
    why="Every record would have a finding: for having it, or for lacking it.",
    severity=Severity.WARNING,
    example=schema_example(
        "properties: {tier: {required: true, deprecated: {reason: obsolete}}}\n",
        "properties: {tier: {deprecated: {reason: obsolete}}}\n",
    ),
)
