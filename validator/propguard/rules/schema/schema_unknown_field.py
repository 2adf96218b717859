"""schema-unknown-field: a field that the file format does not have."""

from __future__ import annotations

from propguard.model.text import excerpt, one_of, visible
from propguard.rules.rule import Example, Found, SchemaRule


def unknown(where: str, field: str, known: list[str], near: str | None) -> Found:
    shown = visible(excerpt(field))
    advice = f"did you mean `{near}`?" if near else f"it can have {one_of(known, 30)}"
    return Found(
        f"{visible(where)} has no field `{shown}`; {advice}", suggestion=near, context={"field": field, "known": known}
    )


RULE = SchemaRule(
    id="schema-unknown-field",
    summary="A field that the file format does not have.",
    why="A misspelt constraint constrains nothing, and looks as if it did.",
    example=Example(
        schema="",
        bad="file_format: property-schema/1\nname: acme\nversion: 1.0.0\nproperties: {environment: {enumm: [production]}}\n",
        good="file_format: property-schema/1\nname: acme\nversion: 1.0.0\nproperties: {environment: {enum: [production]}}\n",
        language="yaml",
    ),
)
