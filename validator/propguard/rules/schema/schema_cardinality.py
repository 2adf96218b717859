"""schema-cardinality: an expected number of values that the closed set contradicts."""

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
        declared = entry.declared
        values = 2 if declared.type == "boolean" else len(declared.enum) if declared.enum is not None else None
        if values is None or declared.cardinality in {None, "low"} or not entry.knows("enum", "type"):
            continue
        if declared.cardinality == "high" or int(declared.cardinality or 0) < values:
            found = Found(
                f"`cardinality` is {declared.cardinality}, and `{declared.name}` has a closed set of {values} values; remove `cardinality`",
                context={"cardinality": declared.cardinality, "values": values},
            )
            yield Spotted((*entry.path, "cardinality"), found)


RULE = SchemaRule(
    id="schema-cardinality",
    summary="`cardinality` contradicts the closed set of values.",
    why="A closed set says by itself how many values there are; two answers cannot both be right.",
    severity=Severity.WARNING,
    example=schema_example(
        "properties: {environment: {enum: [production, staging], cardinality: high}}\n",
        "properties: {environment: {enum: [production, staging]}}\n",
    ),
)
