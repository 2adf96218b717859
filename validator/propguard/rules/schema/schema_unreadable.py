"""schema-unreadable: the file is not UTF-8 text."""

from __future__ import annotations

from propguard.rules.rule import Example, Found, SchemaRule


def not_utf8(what: str) -> Found:
    return Found(
        f"a property schema is UTF-8 text, and this file is not ({what}); save it as UTF-8", context={"found": what}
    )


def nul(line: int) -> Found:
    return Found(
        f"a property schema is text, and line {line} of this file holds a NUL byte; save it as UTF-8 text",
        context={"found": "NUL", "line": line},
    )


RULE = SchemaRule(
    id="schema-unreadable",
    summary="The file is not UTF-8 text.",
    why="What cannot be read for certain cannot be enforced; guessing an encoding would change keys and values in silence.",
    example=Example(
        schema="",
        bad='file_format: property-schema/1\nname: acme\nversion: 1.0.0\nproperties: {project: {description: "\x00"}}\n',
        good="file_format: property-schema/1\nname: acme\nversion: 1.0.0\nproperties: {project: {description: Project}}\n",
        language="yaml",
    ),
)
