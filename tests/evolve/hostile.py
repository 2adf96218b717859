"""Schemas whose texts try to be something else: code, comments, markup, the end of what they stand in."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from propguard.model.schema import Deprecation, Property, PropertySchema
from tests.strategies import pick, schemas

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn

TEXTS = (
    "",
    " ",
    '"""',
    'ends with a quote"',
    "ends with a backslash\\",
    '\\"""',
    "*/ export const broken = 1; /*",
    "// @ts-nocheck",
    "@deprecated not really",
    "{@link evil}",
    "${1}`",
    "\n",
    "first\n\nsecond | third\n\n# fourth",
    "a | b | c",
    "`a | b`",
    "``",
    "`unclosed",
    "<script>alert(1)</script>",
    "<!-- propguard:end -->",
    "-->",
    "</details>",
    "[a](javascript:alert(1))",
    "![a](b)",
    "* * *",
    "- item",
    "1. item",
    "2) item",
    "# heading",
    "=====",
    "--- ",
    "> quote",
    "    indented",
    "~~~",
    "```",
    "*a* _b_ __c__ **d** ~~e~~ ~f~",
    "&lt;b&gt; &#60;b&#62; &amp;",
    "$x$ $$y$$",
    "{{ 1 + 1 }} {% raw %}",
    ":::note",
    "!!! note",
    "\\*a\\* \\| \\",
    "\x00\x1b[31m\u202e\u2028\u2029\ufeff",
    "caf\xe9 日本語 😀",
    "word " * 400,
    "x" * 3000,
    "[x]: http://example.com",
    "[^1]: note",
    "| a |\n|---|",
    "#",
    "trailing #",
)

texts = st.one_of(st.sampled_from(TEXTS), st.text(st.characters(exclude_categories=["Cs"]), max_size=40))


@st.composite
def hostile_schemas(draw: DrawFn) -> PropertySchema:
    """A schema as `schema check` may let it pass, in which every text that is free is an attempt."""
    schema = draw(schemas())
    properties = {name: _hostile(draw, declared) for name, declared in schema.properties.items()}
    return replace(schema, name=draw(texts), version="1.0.0", description=draw(texts), properties=properties)


def _hostile(draw: DrawFn, declared: Property) -> Property:
    gone = declared.deprecated
    return replace(
        declared,
        description=draw(texts),
        owner=pick(draw, (None, "platform", draw(texts))),
        examples=tuple(draw(st.lists(texts, max_size=2))),
        enum=None
        if declared.enum is None
        else tuple(dict.fromkeys((*declared.enum, *draw(st.lists(texts, max_size=3))))),
        deprecated=Deprecation(gone.reason, gone.renamed_to, draw(texts), gone.sunset) if gone is not None else None,
        deprecated_values={value: draw(texts) for value in declared.deprecated_values},
    )
