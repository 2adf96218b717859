"""schema-missing-field: a field without which the schema, or a part of it, means nothing."""

from __future__ import annotations

from propguard.model.text import visible
from propguard.rules.rule import Example, Found, SchemaRule

_FIRST = {
    "file_format": "file_format: property-schema/1",
    "name": "name: my-properties",
    "version": "version: 1.0.0",
    "properties": "properties: {}",
    "reason": "reason: renamed",
    "mode": "mode: warn",
}


def missing(where: str, field: str) -> Found:
    line = _FIRST.get(field, f"{field}: …")
    return Found(
        f"{visible(where)} lacks the field `{field}`; write for instance `{line}`",
        suggestion=line,
        context={"field": field},
    )


RULE = SchemaRule(
    id="schema-missing-field",
    summary="A field that must be there is missing.",
    why="`file_format` is how a file is recognised, `name` and `version` are how a finding says what judged it.",
    example=Example(
        schema="",
        bad="file_format: property-schema/1\nname: acme\nproperties: {}\n",
        good="file_format: property-schema/1\nname: acme\nversion: 1.0.0\nproperties: {}\n",
        language="yaml",
    ),
)
