"""schema-syntax: the file is not one YAML document."""

from __future__ import annotations

import re

from propguard.model.text import visible
from propguard.rules.rule import Example, Found, SchemaRule

_PROBLEMS = (
    (r"scanning an (?:anchor|alias)", "`&` or `*` begins a name, but none follows; put the text in quotes"),
    (
        "cannot start any token",
        "no value begins with this character; put the text in quotes, or indent with spaces where it is a tab",
    ),
    ("mapping values are not allowed", "there is a second `: ` in one value; put the value in quotes"),
    ("sequence entries are not allowed", "a list begins behind a key; begin it on a line of its own"),
    ("could not find expected ':'", "there is no `: ` behind a key; write one, or put the text on one line"),
    ("parsing a flow", "a `[` or `{` is not closed, or has no comma between its members; add what is missing"),
    ("unexpected end of stream", "a quote is not closed; close it"),
    (
        "(?i)escape|hexa?decimal|unicode",
        "a backslash between double quotes begins no escape of YAML; use single quotes",
    ),
    ("block scalar", "there is text behind `|` or `>`; begin it on the next line"),
    (
        "block mapping",
        "this does not belong to the keys above it; indent them alike, and put text that holds quotes between others",
    ),
    ("block collection", "this does not belong to the list above it; begin each member with `- `, indented alike"),
    ("node content", "there is no value; write one, or put the text in quotes"),
    (r"\btags?\b", "a `!` begins a tag, which no schema needs; remove it, or put the text in quotes"),
    ("directive|document", "a `%` or `...` belongs to another kind of YAML file; remove it"),
)
"""What the parser finds, in the words of each of its versions, and how it is reported: what is wrong, and what to do."""

_UNCLEAR = "it is not clear what this means; compare it with the lines around it"


def broken(message: str, line: int) -> Found:
    """`message` is the parser's own; it says something else in each version, so it is not repeated."""
    problem = next((words for pattern, words in _PROBLEMS if re.search(pattern, message)), _UNCLEAR)
    return Found(f"line {line}, or the one before it, is not YAML: {problem}", context={"line": line})


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
