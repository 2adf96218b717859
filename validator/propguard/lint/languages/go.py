"""Go."""

from __future__ import annotations

import re

from propguard.lint import escapes
from propguard.lint.grammar import Grammar
from propguard.lint.languages.loading import grammar

GO = Grammar(
    name="go",
    load=lambda: grammar("tree_sitter_go"),
    comments=frozenset({"comment"}),
    plain=frozenset({"interpreted_string_literal"}),
    verbatim=frozenset({"raw_string_literal"}),
    escapes=escapes.GO,
    content=frozenset({"interpreted_string_literal_content", "escape_sequence"}),
    transparent=frozenset({"parenthesized_expression"}),
    wrappers={
        "composite_literal": "body",
        "literal_element": 0,
        "type_conversion_expression": "operand",
        "unary_expression": "operand",
    },
    lists=frozenset({"expression_list"}),
    binary=frozenset({"binary_expression"}),
    scalars={"true": "boolean", "false": "boolean", "int_literal": "integer", "float_literal": "number", "nil": "null"},
    maps=frozenset({"literal_value"}),
    pairs={"keyed_element": ("key", "value")},
    capitalised=frozenset({"keyed_element"}),
    sequences=frozenset({"literal_value"}),
    singles=frozenset({"literal_value"}),
    name_lists=re.compile(r"\[\]string|map\[string\](?:bool|struct\{\})"),
    subscripts={"index_expression": "index"},
    assignments={"assignment_statement": ("left", "right")},
    declarations={
        "assignment_statement": ("left", "right"),
        "const_spec": ("name", "value"),
        "short_var_declaration": ("left", "right"),
        "var_spec": ("name", "value"),
    },
    rebinding=frozenset({"assignment_statement"}),
    names=frozenset({"identifier"}),
    scopes=frozenset(
        {
            "source_file",
            "function_declaration",
            "method_declaration",
            "func_literal",
            "block",
            "if_statement",
            "for_statement",
            "expression_switch_statement",
            "type_switch_statement",
            "expression_case",
            "type_case",
            "communication_case",
        }
    ),
    opaque=frozenset(
        {
            "parameter_declaration",
            "variadic_parameter_declaration",
            "import_spec",
            "inc_statement",
            "dec_statement",
        }
    ),
    opaque_fields=frozenset(
        {
            ("range_clause", "left"),
            ("receive_statement", "left"),
            ("type_switch_statement", "alias"),
            ("function_declaration", "name"),
        }
    ),
    calls={"call_expression": ("function", "arguments")},
    arguments=frozenset({"argument_list"}),
    members={"selector_expression": "field"},
    conversions=frozenset(
        {
            "string",
            "String",
            "CanonicalHeaderKey",
            "CanonicalMIMEHeaderKey",
            "FormatBool",
            "Itoa",
            "Sprint",
            "TrimSpace",
        }
    ),
    formats={"Sprintf": ("percent", 0)},
    returns=frozenset({"return_statement"}),
    functions=frozenset({"function_declaration", "method_declaration", "func_literal"}),
    loops={"range_clause": ("left", "right")},
    classes=frozenset({"type_spec"}),
    is_found_by_name=True,
    statements=frozenset({"block", "source_file", "statement_list"}),
)
