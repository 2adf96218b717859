"""schema-header-separator: `header_separator` where it has no meaning."""

from __future__ import annotations

from typing import TYPE_CHECKING

from propguard.model.finding import Severity
from propguard.rules.rule import Found, SchemaRule
from propguard.rules.schema_draft import Spotted, schema_example

if TYPE_CHECKING:
    from collections.abc import Iterator

    from propguard.rules.schema_draft import SchemaDraft


def find(draft: SchemaDraft) -> Iterator[Spotted]:
    naming = draft.schema.naming
    if draft.schema.header_separator == "-" and naming != "snake_case":
        found = Found(
            f'`header_separator: "-"` says how headers spell the underscore of a snake_case key, and `naming` is {naming}; remove it',
            context={"naming": naming},
        )
        yield Spotted(("header_separator",), found)


RULE = SchemaRule(
    id="schema-header-separator",
    summary='`header_separator: "-"` in a schema whose keys are not in snake_case.',
    why="It has no effect there, and whoever wrote it expected one.",
    severity=Severity.WARNING,
    example=schema_example(
        'naming: kebab-case\nheader_separator: "-"\nproperties: {user-tier: {enum: [free, pro]}}\n',
        'naming: snake_case\nheader_separator: "-"\nproperties: {user_tier: {enum: [free, pro]}}\n',
    ),
)
