"""schema-value-alias: a value alias that leads nowhere, or that hides an allowed value."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from propguard.model.schema import Enforcement
from propguard.model.text import excerpt, one_of, visible
from propguard.rules.judgement import judge_value
from propguard.rules.near import nearest
from propguard.rules.rule import Found, SchemaRule
from propguard.rules.schema.schema_pattern import is_judgeable
from propguard.rules.schema_draft import Spotted, first_error, schema_example

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from propguard.model.schema import Property
    from propguard.rules.schema_draft import SchemaDraft, SchemaPath


def find(draft: SchemaDraft) -> Iterator[Spotted]:
    for entry in draft.properties:
        if is_judgeable(entry):
            yield from _wrong(entry.path, entry.declared, draft.today)
            if entry.declared.items is not None:
                yield from _wrong((*entry.path, "items"), entry.declared.items, draft.today)


def _wrong(path: SchemaPath, declared: Property, today: date) -> Iterator[Spotted]:
    if not declared.value_aliases:
        return
    judge = replace(declared, value_aliases={}, deprecated_values={}, sensitive="allow", enforcement=Enforcement())
    is_closed = declared.enum is not None or declared.type == "boolean"
    for source, target in declared.value_aliases.items():
        place = (*path, "value_aliases", source)
        context = {"source": source, "target": target}
        shown, target_shown = visible(excerpt(source)), visible(excerpt(target))
        error = first_error(judge_value(judge, declared.name, target, "api", today))
        if target in declared.value_aliases:
            message = f"`{shown}` stands for `{target_shown}`, which is an alias itself; name the value that is meant in the end"
            yield Spotted(place, Found(message, context=context))
        elif error is not None:
            near = nearest(target, declared.enum or ())
            advice = (
                f"; did you mean `{near}`?"
                if near
                else f"; name one of {one_of(declared.enum)}"
                if declared.enum
                else ""
            )
            message = f"`{shown}` stands for `{target_shown}`, which is not allowed itself{advice}"
            yield Spotted(place, Found(message, suggestion=near, context={**context, "rule": error.rule}))
        if is_closed and first_error(judge_value(judge, declared.name, source, "api", today)) is None:
            message = f"`{shown}` is an allowed value and an alias of `{target_shown}`; remove one of the two"
            yield Spotted(place, Found(message, context=context), at_key=True)


RULE = SchemaRule(
    id="schema-value-alias",
    summary="A value alias stands for a value that is not allowed, or is itself an allowed value.",
    why="The fix for a value alias is applied without asking: it must lead to a value that is right, and from one that is wrong.",
    example=schema_example(
        "properties: {environment: {enum: [production], value_aliases: {prod: produktion}}}\n",
        "properties: {environment: {enum: [production], value_aliases: {prod: production}}}\n",
    ),
)
