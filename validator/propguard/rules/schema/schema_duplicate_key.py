"""schema-duplicate-key: a key is written twice in one mapping."""

from __future__ import annotations

from propguard.model.text import excerpt, visible
from propguard.rules.rule import Example, Found, SchemaRule


def repeated(key: str, first_line: int) -> Found:
    return Found(
        f"`{visible(excerpt(key))}` is written here a second time, first in line {first_line}; keep one of them",
        context={"name": key, "first_line": first_line},
    )


RULE = SchemaRule(
    id="schema-duplicate-key",
    summary="A key is written twice in one mapping.",
    why="YAML parsers keep one of the two in silence, and not all the same one.",
    example=Example(
        schema="",
        bad="file_format: property-schema/1\nname: acme\nversion: 1.0.0\nproperties:\n  project: {max_length: 40}\n  project: {max_length: 80}\n",
        good="file_format: property-schema/1\nname: acme\nversion: 1.0.0\nproperties:\n  project: {max_length: 80}\n",
        language="yaml",
    ),
)
