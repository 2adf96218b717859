"""Python."""

from __future__ import annotations

from propguard.lint.grammar import Grammar
from propguard.lint.languages.loading import grammar

PYTHON = Grammar(
    name="python",
    load=lambda: grammar("tree_sitter_python"),
    comments=frozenset({"comment"}),
    plain=frozenset({"string"}),
    content=frozenset({"string_content"}),
    interpolations=frozenset({"interpolation"}),
    adjacent=frozenset({"concatenated_string"}),
    transparent=frozenset({"parenthesized_expression", "await"}),
    binary=frozenset({"binary_operator", "boolean_operator"}),
    conditional={"conditional_expression": (0, 2)},
    scalars={"true": "boolean", "false": "boolean", "integer": "integer", "float": "number", "none": "null"},
    maps=frozenset({"dictionary", "dictionary_comprehension"}),
    pairs={"pair": ("key", "value")},
    sequences=frozenset({"tuple", "list"}),
    subscripts={"subscript": "subscript"},
    assignments={"assignment": ("left", "right"), "augmented_assignment": ("left", "right")},
    declarations={"assignment": ("left", "right"), "named_expression": ("name", "value")},
    classes=frozenset({"class_definition"}),
    names=frozenset({"identifier"}),
    scopes=frozenset({"function_definition", "lambda", "class_definition", "module"}),
    opaque=frozenset(
        {
            "parameters",
            "lambda_parameters",
            "typed_parameter",
            "list_splat_pattern",
            "dictionary_splat_pattern",
            "pattern_list",
            "tuple_pattern",
            "list_pattern",
            "as_pattern_target",
            "dotted_name",
            "aliased_import",
            "global_statement",
            "nonlocal_statement",
            "delete_statement",
        }
    ),
    opaque_fields=frozenset(
        {
            ("default_parameter", "name"),
            ("typed_default_parameter", "name"),
            ("augmented_assignment", "left"),
            ("for_statement", "left"),
            ("for_in_clause", "left"),
            ("function_definition", "name"),
            ("class_definition", "name"),
        }
    ),
    calls={"call": ("function", "arguments")},
    arguments=frozenset({"argument_list"}),
    keyword_arguments={"keyword_argument": ("name", "value")},
    formats={"format": ("braces", -1)},
    members={"attribute": "attribute"},
    fills_by_percent=True,
    comparisons=frozenset({"comparison_operator", "assert_statement"}),
    returns=frozenset({"return_statement"}),
    statements=frozenset({"block", "module"}),
    functions=frozenset({"function_definition", "lambda"}),
    loops={"for_statement": ("left", "right"), "for_in_clause": ("left", "right")},
    spreads=frozenset({"dictionary_splat", "list_splat"}),
)
