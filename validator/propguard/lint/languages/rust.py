"""Rust."""

from __future__ import annotations

import re

from propguard.lint import escapes
from propguard.lint.grammar import Grammar
from propguard.lint.languages.loading import grammar
from propguard.lint.languages.rust_macros import unfolded

RUST = Grammar(
    name="rust",
    load=lambda: grammar("tree_sitter_rust"),
    prepared=unfolded,
    comments=frozenset({"line_comment", "block_comment"}),
    plain=frozenset({"string_literal", "raw_string_literal"}),
    unescaped=frozenset({"raw_string_literal"}),
    escapes=escapes.RUST,
    content=frozenset({"string_content", "escape_sequence"}),
    captured=re.compile(r"\{(?P<name>[^\W\d]\w*)\}"),
    transparent=frozenset({"parenthesized_expression", "await_expression", "try_expression", "type_cast_expression"}),
    wrappers={
        "closure_expression": "body",
        "else_clause": 0,
        "generic_function": "function",
        "reference_expression": "value",
        "struct_expression": "body",
    },
    lists=frozenset({"block"}),
    binary=frozenset({"binary_expression"}),
    conditional={"if_expression": (1, 2)},
    choices=frozenset({"match_expression"}),
    cases={"match_arm": "value"},
    scalars={"boolean_literal": "boolean", "integer_literal": "integer", "float_literal": "number"},
    maps=frozenset({"array_expression", "field_initializer_list"}),
    pairs={"assignment_expression": ("left", "right"), "field_initializer": ("field", "value")},
    shorthand=frozenset({"shorthand_field_initializer"}),
    sequences=frozenset({"array_expression", "tuple_expression"}),
    entries=frozenset({"tuple_expression"}),
    subscripts={"index_expression": 1},
    assignments={"assignment_expression": ("left", "right")},
    declarations={
        "assignment_expression": ("left", "right"),
        "const_item": ("name", "value"),
        "let_declaration": ("pattern", "value"),
        "static_item": ("name", "value"),
    },
    renewing=frozenset({"let_declaration"}),
    rebinding=frozenset({"assignment_expression"}),
    fields={"const_item": ("name", "value"), "static_item": ("name", "value")},
    classes=frozenset({"enum_item", "impl_item", "mod_item", "trait_item"}),
    names=frozenset({"identifier", "shorthand_field_identifier"}),
    scopes=frozenset(
        {
            "source_file",
            "function_item",
            "closure_expression",
            "block",
            "impl_item",
            "mod_item",
            "trait_item",
            "for_expression",
            "if_expression",
            "match_arm",
            "while_expression",
        }
    ),
    opaque=frozenset(
        {
            "captured_pattern",
            "closure_parameters",
            "field_pattern",
            "match_pattern",
            "parameter",
            "slice_pattern",
            "tuple_pattern",
            "tuple_struct_pattern",
            "use_as_clause",
            "use_declaration",
            "use_list",
        }
    ),
    opaque_fields=frozenset(
        {
            ("compound_assignment_expr", "left"),
            ("for_expression", "pattern"),
            ("function_item", "name"),
            ("let_condition", "pattern"),
        }
    ),
    calls={"call_expression": ("function", "arguments")},
    arguments=frozenset({"arguments"}),
    members={"field_expression": "field", "scoped_identifier": "name"},
    conversions=frozenset(
        {
            "Borrowed",
            "Lazy.new",
            "LazyLock.new",
            "Owned",
            "Some",
            "from",
            "from_bytes",
            "from_static",
            "from_str",
            "parse",
            "try_from",
        }
    ),
    unchanged=frozenset(
        {
            "as_bytes",
            "as_ref",
            "as_str",
            "clone",
            "expect",
            "into",
            "into_bytes",
            "parse",
            "to_owned",
            "to_string",
            "try_into",
            "unwrap",
        }
    ),
    formats={"format": ("braces", 0)},
    returns=frozenset({"block", "closure_expression", "function_item", "return_expression"}),
    statements=frozenset({"block", "declaration_list", "source_file"}),
)
