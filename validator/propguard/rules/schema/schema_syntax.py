"""schema-syntax: the file is not one YAML document."""

from __future__ import annotations

from propguard.model.text import visible
from propguard.rules.rule import Example, Found, SchemaRule


def broken(message: str, line: int) -> Found:
    """`message` is the parser's own."""
    shown = visible(message)
    return Found(
        f"the file is not YAML: {shown}; mend line {line} or the one before it", context={"parser": shown, "line": line}
    )


def unprintable(character: object, line: int) -> Found:
    code = character if isinstance(character, int) else ord(str(character)[:1] or "\x00")
    return Found(
        f"line {line} holds the character U+{code:04X}, which YAML does not allow; remove it",
        context={"character": code, "line": line},
    )


def second_document() -> Found:
    return Found("a second YAML document begins here; a property schema is one document, so remove the `---`")


def unknown_alias(name: str) -> Found:
    return Found(
        f"`*{visible(name)}` stands for an anchor that is not defined before it; write `&{visible(name)}` at what it means",
        context={"alias": name},
    )


RULE = SchemaRule(
    id="schema-syntax",
    summary="The file is not one YAML document.",
    why="A file that half parses would be half a schema.",
    example=Example(
        schema="",
        bad="file_format: property-schema/1\nname: acme\nversion: 1.0.0\nproperties: {project: {description: [unclosed}}\n",
        good="file_format: property-schema/1\nname: acme\nversion: 1.0.0\nproperties: {project: {description: closed}}\n",
        language="yaml",
    ),
)
