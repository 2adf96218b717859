"""schema-tag: a value carries an explicit YAML tag."""

from __future__ import annotations

from propguard.model.text import excerpt, visible
from propguard.rules.rule import Example, Found, SchemaRule


def on_value(tag: str) -> Found:
    shown = visible(excerpt(tag.replace("tag:yaml.org,2002:", "!!")))
    return Found(
        f"the tag `{shown}` has no meaning in a property schema; remove it, values are the text as written",
        context={"tag": shown},
    )


RULE = SchemaRule(
    id="schema-tag",
    summary="A value carries a YAML tag such as `!!binary` or `!!python/object`.",
    why="Tags ask the reader to build something other than text, and some to run code; a schema is text only.",
    example=Example(
        schema="",
        bad="file_format: property-schema/1\nname: acme\nversion: 1.0.0\nproperties: {project: {description: !!binary aGVsbG8=}}\n",
        good="file_format: property-schema/1\nname: acme\nversion: 1.0.0\nproperties: {project: {description: hello}}\n",
        language="yaml",
    ),
)
