"""PHP, with or without HTML around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from propguard.lint import escapes
from propguard.lint.grammar import Grammar
from propguard.lint.languages.loading import grammar
from propguard.lint.shapes import (
    AS_IT_IS,
    DISSOLVED,
    Made,
    Part,
    Parts,
    Shape,
    by_text,
    in_fields,
    interpolating,
    method_call,
    numbered,
    one_after_the_other,
    without,
)

if TYPE_CHECKING:
    from tree_sitter import Node

_METHOD_CALL = {
    "object": Shape("call", arrange=method_call("object", "name")),
    "scope": Shape("call", arrange=method_call("scope", "name")),
}
_PAIR = Shape("array_pair", arrange=numbered("key", "value"))
_INTERPOLATED = Shape(arrange=interpolating("string_content", "escape_sequence"))
_LIST = Shape("list")
_APPENDED = Shape("append", arrange=without("subscript_expression"))
_ELVIS = Shape("elvis")
_NAMED_ARGUMENT = Shape("named_argument", arrange=numbered("name", "value"))


def _array(node: Node) -> Shape:
    """An array without a single key is a list."""
    return AS_IT_IS if any(_is_pair(child) for child in node.named_children) else _LIST


def _element(node: Node) -> Shape:
    return _PAIR if _is_pair(node) else DISSOLVED


def _is_pair(element: Node) -> bool:
    return any(child.type == "=>" for child in element.children)


def _argument(node: Node) -> Shape:
    return DISSOLVED if node.child_by_field_name("name") is None else _NAMED_ARGUMENT


def _assignment(node: Node) -> Shape:
    """`$headers[] = …` makes its right side a member of a list."""
    left = node.child_by_field_name("left")
    is_appending = left is not None and left.type == "subscript_expression" and left.named_child_count == 1
    return _APPENDED if is_appending else AS_IT_IS


def _conditional(node: Node) -> Shape:
    """`a ?: b` has no branch of its own for what is true."""
    return _ELVIS if node.child_by_field_name("body") is None else AS_IT_IS


def _defined(parts: Parts) -> Parts:
    """`define('NAME', …)` as `const NAME = …`."""
    arguments = parts[-1].node
    given = [] if isinstance(arguments, Made) else arguments.named_children
    values = [argument.named_children[-1] for argument in given[:2] if argument.named_children]
    if len(values) != 2 or values[0].end_byte - values[0].start_byte <= 2:
        return parts
    name = Made("name", values[0].start_byte + 1, values[0].end_byte - 1)
    return [Part(name, "name"), Part(values[1], "value")]


def _without_sign(parts: Parts) -> Parts:
    """The name of a property, which is declared with a `$` and read without."""
    return [
        Part(Made("name", part.start + 1, part.end), "name") if part.node.type == "variable_name" else part
        for part in parts
    ]


def _whole(parts: Parts) -> Parts:
    """Nothing of it: the node is shown as one word."""
    del parts
    return []


PHP = Grammar(
    name="php",
    load=lambda: grammar("tree_sitter_php", "language_php"),
    fragment=lambda: grammar("tree_sitter_php", "language_php_only"),
    comments=frozenset({"comment", "text"}),
    plain=frozenset({"string", "encapsed_string", "heredoc", "nowdoc", "shell_command_expression"}),
    unescaped=frozenset({"nowdoc"}),
    escapes=escapes.PHP,
    quoting={"'": escapes.SINGLE_QUOTED, "heredoc": escapes.PHP_HEREDOC},
    content=frozenset({"escape_sequence"}),
    solid=frozenset({"string_content", "nowdoc_string"}),
    interpolations=frozenset({"interpolation"}),
    transparent=frozenset({"parenthesized_expression"}),
    binary=frozenset({"binary_expression"}),
    conditional={"conditional_expression": (1, 2), "elvis": (0, 1)},
    choices=frozenset({"match_expression"}),
    casts=frozenset({"text_cast"}),
    cases={"match_conditional_expression": -1, "match_default_expression": -1},
    scalars={"boolean": "boolean", "integer": "integer", "float": "number", "null": "null"},
    maps=frozenset({"array_creation_expression"}),
    pairs={"array_pair": ("key", "value")},
    sequences=frozenset({"list", "append"}),
    header_lines=True,
    command_texts=frozenset({"shell_command_expression"}),
    subscripts={"subscript_expression": "index"},
    assignments={
        "assignment_expression": ("left", "right"),
        "augmented_assignment_expression": ("left", "right"),
    },
    declarations={"assignment_expression": ("left", "right"), "const_element": ("name", "value")},
    fields={
        "const_element": ("name", "value"),
        "property_element": ("name", "default_value"),
        "enum_case": ("name", "value"),
    },
    classes=frozenset({"class_declaration", "enum_declaration", "interface_declaration", "trait_declaration"}),
    names=frozenset({"variable_name", "name"}),
    scopes=frozenset(
        {
            "program",
            "function_definition",
            "method_declaration",
            "anonymous_function",
            "arrow_function",
            "class_declaration",
            "enum_declaration",
            "interface_declaration",
            "trait_declaration",
        }
    ),
    opaque=frozenset(
        {"simple_parameter", "variadic_parameter", "list_literal", "global_declaration", "pair", "unset_statement"}
    ),
    opaque_fields=frozenset(
        {
            ("augmented_assignment_expression", "left"),
            ("catch_clause", "name"),
            ("foreach_statement", "item"),
            ("property_promotion_parameter", "name"),
            ("static_variable_declaration", "name"),
        }
    ),
    calls={"call": ("function", "arguments"), "function_call_expression": ("function", "arguments")},
    arguments=frozenset({"arguments"}),
    members={
        "class_constant_access_expression": "name",
        "member": "name",
        "member_access_expression": "name",
        "nullsafe_member_access_expression": "name",
        "scoped_property_access_expression": "name",
    },
    keyword_arguments={"named_argument": ("name", "value")},
    conversions=frozenset({"strval"}),
    formats={"sprintf": ("percent", 0)},
    functions=frozenset({"function_definition", "method_declaration", "anonymous_function", "arrow_function"}),
    loops={"foreach_statement": ("item", "subject")},
    is_found_by_name=True,
    returns=frozenset({"return_statement", "arrow_function"}),
    statements=frozenset({"compound_statement", "program", "declaration_list", "expression_statement"}),
    shapes={
        "argument": _argument,
        "array_creation_expression": _array,
        "array_element_initializer": _element,
        "assignment_expression": _assignment,
        "cast_expression": by_text("type", {"string": Shape("text_cast"), "binary": Shape("text_cast")}),
        "class_constant_access_expression": Shape(arrange=numbered("scope", "name")),
        "conditional_expression": _conditional,
        "const_element": Shape(arrange=numbered("name", "value")),
        "encapsed_string": _INTERPOLATED,
        "foreach_statement": Shape(arrange=numbered("subject", "item")),
        "function_call_expression": by_text("function", {"define": Shape("const_element", arrange=_defined)}),
        "heredoc": Shape(
            arrange=one_after_the_other(
                without("heredoc_start"), interpolating("string_content", "escape_sequence", "heredoc_end")
            )
        ),
        "heredoc_body": DISSOLVED,
        "match_block": DISSOLVED,
        "member_call_expression": _METHOD_CALL["object"],
        "nowdoc": Shape(arrange=without("heredoc_start")),
        "nowdoc_body": DISSOLVED,
        "nullsafe_member_call_expression": _METHOD_CALL["object"],
        "object_creation_expression": Shape(
            "call", arrange=one_after_the_other(numbered("function"), in_fields("arguments"))
        ),
        "property_element": Shape(arrange=_without_sign),
        "relative_scope": Shape(arrange=_whole),
        "scoped_call_expression": _METHOD_CALL["scope"],
        "scoped_property_access_expression": Shape(arrange=_without_sign),
        "shell_command_expression": _INTERPOLATED,
        "subscript_expression": Shape(arrange=numbered("object", "index")),
        "variable_name": Shape(arrange=_whole),
    },
)
