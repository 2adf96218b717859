"""schema-example: an example that the property itself does not accept."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from propguard.model.schema import Enforcement
from propguard.model.text import excerpt, visible
from propguard.rules import schema_draft
from propguard.rules.judgement import judge_value
from propguard.rules.rule import Found, SchemaRule
from propguard.rules.schema.schema_pattern import is_judgeable, is_judgeable_but_for_type
from propguard.rules.schema_draft import Spotted, first_error

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from propguard.model.schema import Property
    from propguard.rules.schema_draft import SchemaDraft, SchemaPath


_WHATEVER_THE_TYPE = frozenset(
    {
        "value-alias",
        "value-empty",
        "value-not-allowed",
        "value-too-long",
        "value-too-short",
        "value-format",
        "value-pattern",
    }
)
"""Rules by which an example is wrong though the type of its property could not be read."""

_OF_LISTS = frozenset({"separator", "items"})


def find(draft: SchemaDraft) -> Iterator[Spotted]:
    for entry in draft.properties:
        if is_judgeable(entry):
            yield from _failing(entry.path, entry.declared, draft.today)
            if entry.declared.items is not None:
                yield from _failing((*entry.path, "items"), entry.declared.items, draft.today)
        elif is_judgeable_but_for_type(entry) and entry.written.isdisjoint(_OF_LISTS):
            yield from _failing(entry.path, entry.declared, draft.today, _WHATEVER_THE_TYPE)


def _failing(
    path: SchemaPath, declared: Property, today: date, among: frozenset[str] | None = None
) -> Iterator[Spotted]:
    """The examples of `declared` that are not valid; where only rules `among` some are of interest, by those."""
    if not declared.examples:
        return
    judge = replace(declared, enforcement=Enforcement())
    for number, example in enumerate(declared.examples):
        violations = judge_value(judge, declared.name, example, "api", today)
        error = first_error(one for one in violations if among is None or one.rule in among)
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
