"""schema-example: an example that the property itself does not accept."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from propguard.model.schema import Enforcement
from propguard.model.text import excerpt, visible
from propguard.rules import schema_draft
from propguard.rules.judgement import judge_value
from propguard.rules.rule import Found, SchemaRule
from propguard.rules.schema.schema_pattern import is_judgeable
from propguard.rules.schema_draft import Spotted, first_error

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from propguard.model.schema import Property
    from propguard.rules.schema_draft import SchemaDraft, SchemaPath


def find(draft: SchemaDraft) -> Iterator[Spotted]:
    for entry in draft.properties:
        if is_judgeable(entry):
            yield from _failing(entry.path, entry.declared, draft.today)
            if entry.declared.items is not None:
                yield from _failing((*entry.path, "items"), entry.declared.items, draft.today)


def _failing(path: SchemaPath, declared: Property, today: date) -> Iterator[Spotted]:
    if not declared.examples:
        return
    judge = replace(declared, enforcement=Enforcement())
    for number, example in enumerate(declared.examples):
        error = first_error(judge_value(judge, declared.name, example, "api", today))
        if error is not None:
            shown = visible(excerpt(error.value or example))
            found = Found(
                f"`{shown}` is given as an example and is not valid: {error.message}",
                suggestion=error.suggestion,
                context={"example": shown, "rule": error.rule, "message": error.message},
            )
            yield Spotted((*path, "examples", number), found)


RULE = SchemaRule(
    id="schema-example",
    summary="An example is not a valid value of its property.",
    why="Examples are copied.",
    example=schema_draft.schema_example(
        "properties: {environment: {enum: [production, staging], examples: [prod]}}\n",
        "properties: {environment: {enum: [production, staging], examples: [production]}}\n",
    ),
)
