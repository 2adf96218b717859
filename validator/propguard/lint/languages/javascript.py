"""JavaScript, TypeScript and their JSX forms: one table, three grammars."""

from __future__ import annotations

from propguard.lint import escapes
from propguard.lint.grammar import Grammar
from propguard.lint.languages.loading import grammar

JAVASCRIPT = Grammar(
    name="javascript",
    load=lambda: grammar("tree_sitter_javascript"),
    comments=frozenset({"comment", "html_comment", "regex", "jsx_text"}),
    plain=frozenset({"string", "template_string"}),
    escapes=escapes.JAVASCRIPT,
    content=frozenset({"string_fragment", "escape_sequence"}),
    interpolations=frozenset({"template_substitution"}),
    transparent=frozenset(
        {
            "parenthesized_expression",
            "as_expression",
            "satisfies_expression",
            "non_null_expression",
            "await_expression",
            "computed_property_name",
        }
    ),
    binary=frozenset({"binary_expression"}),
    conditional={"ternary_expression": (1, 2)},
    scalars={
        "true": "boolean",
        "false": "boolean",
        "number": "number",
        "null": "null",
        "undefined": "null",
        "array": "list",
        "object": "map",
    },
    results={
        **dict.fromkeys(
            [
                f"binary_expression {sign}"
                for sign in ("==", "===", "!=", "!==", "<", "<=", ">", ">=", "in", "instanceof")
            ],
            "boolean",
        ),
        **dict.fromkeys([f"binary_expression {sign}" for sign in ("-", "*", "/", "%", "**")], "number"),
        "unary_expression !": "boolean",
        "unary_expression +": "number",
        "unary_expression -": "number",
        **dict.fromkeys(("Array.isArray()", "Boolean()"), "boolean"),
        **dict.fromkeys(("Date.now()", "Number()", "parseFloat()", "parseInt()", "performance.now()"), "number"),
    },
    maps=frozenset({"object"}),
    pairs={"pair": ("key", "value")},
    shorthand=frozenset({"shorthand_property_identifier"}),
    sequences=frozenset({"array"}),
    subscripts={"subscript_expression": "index"},
    assignments={
        "assignment_expression": ("left", "right"),
        "augmented_assignment_expression": ("left", "right"),
    },
    declarations={"variable_declarator": ("name", "value"), "assignment_expression": ("left", "right")},
    fields={
        "field_definition": ("property", "value"),
        "public_field_definition": ("name", "value"),
        "enum_assignment": ("name", "value"),
    },
    classes=frozenset({"class_declaration", "abstract_class_declaration", "class", "enum_declaration"}),
    names=frozenset({"identifier", "shorthand_property_identifier", "shorthand_property_identifier_pattern"}),
    scopes=frozenset(
        {
            "program",
            "statement_block",
            "function_declaration",
            "function_expression",
            "generator_function",
            "generator_function_declaration",
            "arrow_function",
            "method_definition",
            "class_body",
            "for_statement",
            "for_in_statement",
            "catch_clause",
            "switch_body",
        }
    ),
    rebinding=frozenset({"assignment_expression"}),
    opaque=frozenset(
        {
            "formal_parameters",
            "required_parameter",
            "optional_parameter",
            "rest_pattern",
            "object_pattern",
            "array_pattern",
            "pair_pattern",
            "import_specifier",
            "import_clause",
            "namespace_import",
            "update_expression",
        }
    ),
    opaque_fields=frozenset(
        {
            ("assignment_pattern", "left"),
            ("object_assignment_pattern", "left"),
            ("augmented_assignment_expression", "left"),
            ("for_in_statement", "left"),
            ("catch_clause", "parameter"),
            ("arrow_function", "parameter"),
            ("function_declaration", "name"),
            ("class_declaration", "name"),
        }
    ),
    calls={"call_expression": ("function", "arguments"), "new_expression": ("constructor", "arguments")},
    arguments=frozenset({"arguments"}),
    members={"member_expression": "property"},
    comparisons=frozenset(),
    returns=frozenset({"return_statement", "arrow_function"}),
    functions=frozenset(
        {
            "function_declaration",
            "function_expression",
            "generator_function",
            "generator_function_declaration",
            "arrow_function",
            "method_definition",
        }
    ),
    loops={"for_in_statement": ("left", "right")},
    spreads=frozenset({"spread_element"}),
    statements=frozenset({"statement_block", "program", "class_body", "expression_statement"}),
)
TYPESCRIPT = JAVASCRIPT._replace(
    name="typescript", load=lambda: grammar("tree_sitter_typescript", "language_typescript")
)
TSX = JAVASCRIPT._replace(name="tsx", load=lambda: grammar("tree_sitter_typescript", "language_tsx"))
