"""Ruby."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from propguard.lint import escapes
from propguard.lint.grammar import Grammar
from propguard.lint.languages.loading import grammar
from propguard.lint.shapes import AS_IT_IS, DISSOLVED, Made, Part, Parts, Shape, method_call, numbered

if TYPE_CHECKING:
    from tree_sitter import Node


def _returned(parts: Parts) -> Parts:
    """What follows `return` is no list of arguments."""
    last = parts[-1].node
    if isinstance(last, Made) or last.type != "argument_list":
        return parts
    return [*parts[:-1], *(Part(child) for child in last.children)]


def _pair(node: Node) -> Shape:
    """`name: value` is what keyword arguments look like."""
    key = node.child_by_field_name("key")
    return _KEYWORD if key is not None and key.type == "hash_key_symbol" else AS_IT_IS


_KEYWORD = Shape("keyword")


def _scope_resolution(parts: Parts) -> Parts:
    """`A::B::NAME` as `B::NAME`."""
    scope = parts[0].node
    inner = None if isinstance(scope, Made) or scope.type != "scope_resolution" else scope.child_by_field_name("name")
    return parts if inner is None else [parts[0]._replace(node=inner), *parts[1:]]


_MOST_LEVELS = 30


def _heredoc(parts: Parts) -> Parts:
    """`<<~WORD` with the lines that follow the one in which it stands, up to `WORD`."""
    beginning = parts[0].node
    body = None if isinstance(beginning, Made) else _body_of_heredoc(beginning)
    content = [Part(Made("unknown", parts[0].end, parts[0].end))] if body is None else [Part(c) for c in body.children]
    return [Part(Made("sign", parts[0].start, parts[0].end)), *content, *([] if body else [content[-1]])]


def _body_of_heredoc(beginning: Node) -> Node | None:
    word = (beginning.text or b"").lstrip(b"<~-").strip(b"\"'`")
    around: Node | None = beginning
    for _ in range(_MOST_LEVELS):
        if around is None:
            break
        following = around.next_named_sibling
        while following is not None and following.start_point.row <= beginning.start_point.row + 1:
            if following.type == "heredoc_body" and (following.children[-1].text or b"").strip() == word:
                return following
            following = following.next_named_sibling
        around = around.parent
    return None


def _behind_sign(parts: Parts) -> Parts:
    """A name whose first letter is a sign, as in `@name` and `:name`: the sign, then the word."""
    part = parts[0]
    return [Part(Made("sign", part.start, part.start + 1)), Part(Made("word", part.start + 1, part.end), "method")]


RUBY = Grammar(
    name="ruby",
    load=lambda: grammar("tree_sitter_ruby"),
    comments=frozenset({"comment"}),
    plain=frozenset({"string", "delimited_symbol", "heredoc_beginning", "subshell"}),
    command_texts=frozenset({"subshell"}),
    escapes=escapes.RUBY,
    quoting={"'": escapes.SINGLE_QUOTED, "%q": escapes.SINGLE_QUOTED},
    content=frozenset({"escape_sequence"}),
    solid=frozenset({"string_content", "heredoc_content"}),
    symbols=frozenset({"simple_symbol"}),
    aliasing=re.compile(rb"\balias(?:_method[ (]+|[ ]+):?(?P<new>\w+[?!]?),?[ ]+:?(?P<old>\w+[?!]?)"),
    interpolations=frozenset({"interpolation"}),
    adjacent=frozenset({"chained_string"}),
    transparent=frozenset({"parenthesized_statements"}),
    binary=frozenset({"binary"}),
    conditional={"conditional": (1, 2)},
    choices=frozenset({"if", "unless", "case"}),
    cases={"then": -1, "else": -1},
    scalars={"true": "boolean", "false": "boolean", "integer": "integer", "float": "number", "nil": "null"},
    maps=frozenset({"hash"}),
    pairs={"keyword": ("key", "value"), "pair": ("key", "value")},
    keyword_arguments={"keyword": ("key", "value")},
    sequences=frozenset({"array"}),
    subscripts={"element_reference": "index"},
    assignments={"assignment": ("left", "right"), "operator_assignment": ("left", "right")},
    declarations={"assignment": ("left", "right")},
    classes=frozenset({"class", "module"}),
    names=frozenset({"identifier", "constant"}),
    scopes=frozenset(
        {"program", "method", "singleton_method", "class", "module", "singleton_class", "block", "do_block", "lambda"}
    ),
    opaque=frozenset(
        {
            "method_parameters",
            "block_parameters",
            "lambda_parameters",
            "splat_parameter",
            "hash_splat_parameter",
            "block_parameter",
            "destructured_parameter",
            "left_assignment_list",
            "destructured_left_assignment",
            "rest_assignment",
            "exception_variable",
        }
    ),
    opaque_fields=frozenset(
        {
            ("optional_parameter", "name"),
            ("keyword_parameter", "name"),
            ("operator_assignment", "left"),
            ("for", "pattern"),
            ("method", "name"),
            ("class", "name"),
            ("module", "name"),
        }
    ),
    calls={"call": ("function", "arguments")},
    arguments=frozenset({"argument_list"}),
    members={"member": "method", "scope_resolution": "name"},
    unchanged=frozenset({"dup", "freeze", "to_s", "to_str"}),
    formats={"format": ("percent", 0), "sprintf": ("percent", 0)},
    fills_by_percent=True,
    functions=frozenset({"method", "singleton_method", "lambda"}),
    blocks=frozenset({"block", "do_block"}),
    is_found_by_name=True,
    has_bare_methods=True,
    returns=frozenset({"return", "body_statement", "block_body", "method", "singleton_method"}),
    statements=frozenset({"program", "body_statement", "block_body", "then", "else"}),
    shapes={
        "call": Shape(arrange=method_call("receiver", "method")),
        "element_reference": Shape(arrange=numbered("object", "index")),
        "elsif": DISSOLVED,
        "heredoc_beginning": Shape(arrange=_heredoc),
        "instance_variable": Shape("member", arrange=_behind_sign),
        "pair": _pair,
        "return": Shape(arrange=_returned),
        "scope_resolution": Shape(arrange=_scope_resolution),
        "simple_symbol": Shape(arrange=_behind_sign),
        "when": DISSOLVED,
    },
)
