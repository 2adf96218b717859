"""schema-wrong-type: a field holds another kind of thing than it should."""

from __future__ import annotations

from propguard.model.text import excerpt, visible
from propguard.rules.rule import Example, Found, SchemaRule
from propguard.rules.schema.schema_wrong_value import VERSION

_KINDS = {
    "string": "text",
    "number": "a number",
    "integer": "a whole number",
    "boolean": "true or false",
    "array": "a list",
    "object": "a mapping",
    "null": "null",
}


def field(where: str, wanted: list[str], value: object, written: str | None) -> Found:
    """`written` is the text of a scalar."""
    expected = " or ".join(_KINDS[kind] for kind in wanted)
    advice = ""
    if where == "`version`":
        expected = VERSION
    elif "string" in wanted and written and not isinstance(value, (str, list, dict)):
        advice = f'; put it in quotes: "{visible(excerpt(written))}"'
    elif "array" in wanted and written:
        advice = f"; put it in brackets: [{visible(excerpt(written))}]"
    return Found(
        f"{visible(where)} must be {expected}, and is {_kind(value)}{advice}",
        context={"expected": wanted, "found": _kind(value), "text": written},
    )


def choice(where: str, value: object) -> Found:
    """Where a field may be one of several kinds of thing."""
    expected = (
        "`low`, `high` or a whole number"
        if where.startswith("`cardinality`")
        else "`block` or {mode: warn, block_from: DATE}"
    )
    return Found(
        f"{visible(where)} must be {expected}, and is {_kind(value)}",
        context={"expected": expected, "found": _kind(value)},
    )


def empty_file() -> Found:
    return Found(
        "the file is empty; a property schema begins with `file_format: property-schema/1`, `propguard init` writes one",
        context={"expected": ["object"], "found": "nothing"},
    )


def root(kind: str) -> Found:
    return Found(
        f"the file is {kind}, and a property schema is a mapping that begins with `file_format: property-schema/1`",
        context={"expected": ["object"], "found": kind},
    )


def key() -> Found:
    return Found(
        "a key must be text, and this one is a list or a mapping; write it as a single word",
        context={"expected": ["string"]},
    )


def merge() -> Found:
    return Found(
        "`<<` takes the fields of another mapping, and this is none; write `<<: *anchor`",
        context={"expected": ["object"]},
    )


def _kind(value: object) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return f"the boolean {str(value).lower()}"
    if isinstance(value, (int, float)):
        return "the number " + excerpt(str(value), 40)
    if isinstance(value, str):
        return f"the text `{visible(excerpt(value, 40))}`"
    return "a list" if isinstance(value, list) else "a mapping"


RULE = SchemaRule(
    id="schema-wrong-type",
    summary="A field holds another kind of thing than it should: a word where a list belongs, a number where text belongs.",
    why="Taking it for what was probably meant would hide that the file says something else, and editors show the same fault.",
    example=Example(
        schema="",
        bad="file_format: property-schema/1\nname: acme\nversion: 1.0.0\nproperties: {environment: {enum: production}}\n",
        good="file_format: property-schema/1\nname: acme\nversion: 1.0.0\nproperties: {environment: {enum: [production]}}\n",
        language="yaml",
    ),
)
