"""schema-unanchored-pattern: a pattern that does not say what the whole value is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from propguard.model.finding import Severity
from propguard.model.text import excerpt, visible
from propguard.rules.pattern_language import is_anchored
from propguard.rules.rule import Found, SchemaRule
from propguard.rules.schema.schema_pattern import patterns_of, refusal
from propguard.rules.schema_draft import Spotted, schema_example

if TYPE_CHECKING:
    from collections.abc import Iterator

    from propguard.rules.schema_draft import SchemaDraft


def find(draft: SchemaDraft) -> Iterator[Spotted]:
    for entry in draft.properties:
        for path, pattern in patterns_of(entry):
            if refusal(pattern) is None and not is_anchored(pattern):
                shown = visible(excerpt(pattern))
                found = Found(
                    f"the pattern `{shown}` accepts every value that holds a match anywhere; write `^…$` to mean the whole value",
                    context={"pattern": pattern},
                )
                yield Spotted(path, found)


RULE = SchemaRule(
    id="schema-unanchored-pattern",
    summary="A pattern without `^` and `$` searches: it accepts every value that holds a match.",
    why="As in JSON Schema, patterns search. `[a-z]+` accepts `!!a!!`, which is seldom meant.",
    severity=Severity.INFO,
    example=schema_example(
        "properties: {project: {pattern: '[a-z]+'}}\n", "properties: {project: {pattern: '^[a-z]+$'}}\n"
    ),
)
