"""Kotlin, its scripts included."""

from __future__ import annotations

import re

from propguard.lint import escapes
from propguard.lint.grammar import Grammar
from propguard.lint.languages.loading import grammar

_FUNCTIONAL = re.compile(rb"\bfun(?=[ \t]{1,20}interface\b)")
_DECLARES = re.compile(rb"\b(?:class|interface|object)\b")
_END_OF_BODY = re.compile(rb"(?<=[^\s{;,>]) (?=\})")
_LONGEST_LINE = 1000


def readable(data: bytes) -> bytes:
    """`data` with every byte at its place, without what the grammar takes the rest of the file for an error for: the `fun` of
    `fun interface`, and the last member of a class that stands in one line, which it wants a semicolon after."""
    data = _FUNCTIONAL.sub(b"   ", data)
    return b"\n".join(map(_with_semicolons, data.split(b"\n")))


def _with_semicolons(line: bytes) -> bytes:
    if b" }" not in line or len(line) > _LONGEST_LINE or not _DECLARES.search(line):
        return line
    return _END_OF_BODY.sub(b";", line)


KOTLIN = Grammar(
    name="kotlin",
    load=lambda: grammar("tree_sitter_kotlin"),
    prepared=readable,
    comments=frozenset({"line_comment", "block_comment"}),
    plain=frozenset({"string_literal", "multiline_string_literal"}),
    unescaped=frozenset({"multiline_string_literal"}),
    verbatim=frozenset({"character_literal"}),
    escapes=escapes.KOTLIN,
    quoting={"character_literal": escapes.KOTLIN},
    content=frozenset({"string_content", "escape_sequence"}),
    interpolations=frozenset({"interpolation"}),
    inline=re.compile(r"\$(?:(?P<name>[^\W\d]\w*)|`[^`\n]+`)"),
    transparent=frozenset({"parenthesized_expression", "as_expression"}),
    wrappers={"callable_reference": -1, "user_type": -1, "value_argument": -1, "variable_declaration": "identifier"},
    lists=frozenset({"block", "value_arguments"}),
    binary=frozenset({"binary_expression"}),
    conditional={"if_expression": (1, 2)},
    choices=frozenset({"when_expression"}),
    cases={"when_entry": -1},
    scalars={"number_literal": "integer", "float_literal": "number"},
    constants={"true": "boolean", "false": "boolean", "null": "null"},
    pairs={"infix_expression": (0, 2)},
    joining={"infix_expression": frozenset({"to"})},
    map_calls=frozenset({"emptyMap", "mapOf", "mutableMapOf", "hashMapOf", "linkedMapOf", "sortedMapOf"}),
    subscripts={"index_expression": 1},
    assignments={"assignment": ("left", "right")},
    declarations={
        "assignment": ("left", "right"),
        "property_declaration": ("variable_declaration", -1),
    },
    rebinding=frozenset({"assignment"}),
    fields={
        "enum_entry": ("identifier", "value_arguments"),
        "property_declaration": ("variable_declaration", -1),
    },
    carriers=frozenset({"enum_entry"}),
    classes=frozenset({"class_declaration", "object_declaration"}),
    names=frozenset({"identifier"}),
    scopes=frozenset(
        {
            "source_file",
            "class_declaration",
            "object_declaration",
            "function_declaration",
            "secondary_constructor",
            "getter",
            "setter",
            "lambda_literal",
            "anonymous_function",
            "block",
            "for_statement",
            "catch_block",
        }
    ),
    opaque=frozenset(
        {
            "class_parameter",
            "parameter",
            "lambda_parameters",
            "multi_variable_declaration",
            "qualified_identifier",
        }
    ),
    opaque_fields=frozenset(
        {
            ("for_statement", "variable_declaration"),
            ("catch_block", 0),
            ("class_declaration", "name"),
            ("function_declaration", "name"),
            ("object_declaration", "name"),
        }
    ),
    calls={"call_expression": (0, "value_arguments"), "constructor_invocation": ("user_type", "value_arguments")},
    annotations=frozenset({"constructor_invocation"}),
    arguments=frozenset({"value_arguments"}),
    members={"navigation_expression": -1},
    keyword_arguments={"value_argument": (0, -1)},
    comparisons=frozenset({"in_expression"}),
    conversions=frozenset({"URI", "URL", "Url", "create", "listOf"}),
    unchanged=frozenset({"orEmpty", "toByteArray", "toHttpUrl", "toHttpUrlOrNull", "trimIndent", "trimMargin"}),
    formats={"format": ("percent", -1)},
    functions=frozenset({"function_declaration", "secondary_constructor", "anonymous_function"}),
    blocks=frozenset({"lambda_literal"}),
    parameter_lists=frozenset({"class_parameters", "function_value_parameters"}),
    loops={"for_statement": (0, 1)},
    is_found_by_name=True,
    has_bare_methods=True,
    returns=frozenset({"function_body", "lambda_literal", "return_expression"}),
    statements=frozenset({"block", "class_body", "lambda_literal", "source_file"}),
)
