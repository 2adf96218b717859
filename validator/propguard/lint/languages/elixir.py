"""Elixir, whose grammar knows calls and operators, and no definitions, choices or pairs."""

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
    numbered,
    one_after_the_other,
    without,
)

if TYPE_CHECKING:
    from tree_sitter import Node


def _definition(parts: Parts) -> Parts:
    """A function: what it takes, as a pattern, and what it does."""
    arranged: Parts = []
    for part in parts:
        if part.node.type != "arguments":
            arranged.append(part)
            continue
        head, *rest = _named(part)
        arranged += [_pattern(head), *rest]
    return arranged


def _choice(parts: Parts) -> Parts:
    """A choice: what it asks, and its branches side by side, be they clauses, blocks or `do:` and `else:`."""
    arranged: Parts = []
    for part in parts:
        if part.node.type == "arguments":
            arranged += _named(part)
        elif part.node.type == "do_block":
            arranged += _branches(_named(part))
        else:
            arranged.append(part)
    return arranged


def _branches(parts: Parts) -> Parts:
    others = [part for part in parts if part.node.type in _BRANCHES]
    first = tuple(part for part in parts if part.node.type not in _BRANCHES)
    return [Part(Made("branch", first[0].start, first[-1].end, first)), *others] if first else others


_BRANCHES = frozenset({"stab_clause", "else_block"})


def _clause(parts: Parts) -> Parts:
    """A clause: its pattern, and what follows the arrow."""
    return [_pattern(part) if part.field == "left" else part for part in parts]


def _match(parts: Parts) -> Parts:
    """`pattern = …`, where a pattern that is no name takes what follows apart."""
    return [_pattern(part) if part.field == "left" and part.node.type != "identifier" else part for part in parts]


def _pattern(part: Part) -> Part:
    """The names in a pattern side by side, with the defaults of parameters; its other texts are compared, not written."""
    names: Parts = []
    pending = [part]
    while pending:
        inner = pending.pop()
        if inner.node.type == "identifier" or inner.field == "default":
            names.append(inner)
        elif not isinstance(inner.node, Made):
            left, right = inner.node.child_by_field_name("left"), inner.node.child_by_field_name("right")
            operator = inner.node.child_by_field_name("operator")
            if left is not None and right is not None and operator is not None and operator.type == "\\\\":
                pending += [Part(right, "default"), Part(left)]
            else:
                pending += [Part(child) for child in reversed(inner.node.named_children)]
    return Part(Made("pattern", part.start, part.end, tuple(names)), part.field)


def _piped(parts: Parts) -> Parts:
    """`a |> f(b)` as the call `f(a, b)`."""
    left, right = parts[0], parts[-1]
    call = right.node
    if isinstance(call, Made) or call.type != "call":
        return [right._replace(field="function"), Part(Made("arguments", left.start, left.end, (left,)), "arguments")]
    inner = [Part(child) for child in call.children]
    arguments = [argument for part in inner if part.node.type == "arguments" for argument in _named(part)]
    made = Made("arguments", left.start, right.end, (left._replace(field=None), *arguments))
    others = [part for part in inner[1:] if part.node.type != "arguments"]
    return [Part(made, "arguments"), inner[0]._replace(field="function"), *others]


def _attribute(node: Node) -> Shape:
    """`@name value` gives a field of the module its value, `@name` reads it; `&…` is a function."""
    operator, operand = node.child_by_field_name("operator"), node.child_by_field_name("operand")
    if operator is not None and operator.type == "&":
        return _FUNCTION
    if operator is None or operand is None or operator.type != "@":
        return AS_IT_IS
    return _READ_ATTRIBUTE if operand.type == "identifier" else _GIVEN_ATTRIBUTE


def _read_attribute(parts: Parts) -> Parts:
    sign, name = parts[0], parts[-1]
    return [Part(Made("sign", sign.start, sign.end)), Part(Made("word", name.start, name.end), "right")]


def _given_attribute(parts: Parts) -> Parts:
    sign, call = parts[0], parts[-1].node
    inner = [] if isinstance(call, Made) else [Part(child) for child in call.named_children]
    if len(inner) != 2:
        return parts
    name, (value, *_) = inner[0], [*_named(inner[1]), inner[1]]
    member = Made("dot", sign.start, name.end, tuple(_read_attribute([sign, name])))
    return [Part(member, "left"), value._replace(field="right")]


_FUNCTION = Shape("function")
_READ_ATTRIBUTE = Shape("dot", arrange=_read_attribute)
_GIVEN_ATTRIBUTE = Shape("attribute", arrange=_given_attribute)


def _named(part: Part) -> Parts:
    return [] if isinstance(part.node, Made) else [Part(child) for child in part.node.named_children]


def _list(node: Node) -> Shape:
    """A list of `key: value` is a map with an order."""
    return _KEYWORD_LIST if any(child.type == "keywords" for child in node.named_children) else AS_IT_IS


_KEYWORD_LIST = Shape("keyword_list")


def _pair(parts: Parts) -> Parts:
    """A pair whose key has no colon any more, and may be a text between quotes."""
    key = parts[0]
    if isinstance(key.node, Made):
        return parts
    if key.node.type == "quoted_keyword":
        inner = tuple(Part(child) for child in key.node.children[:3])
        return [Part(Made("string", key.start, inner[-1].end, inner), "key"), *parts[1:]]
    word = (key.node.text or b"").rstrip().removesuffix(b":")
    return [Part(Made("word", key.start, key.start + len(word)), "key"), *parts[1:]]


def _atom(parts: Parts) -> Parts:
    part = parts[0]
    return [Part(Made("sign", part.start, part.start + 1)), Part(Made("word", part.start + 1, part.end))]


_DEFINITION = Shape("definition", arrange=_definition)
_CHOICE = Shape("choice", arrange=_choice)
_MODULE = Shape("module", arrange=in_fields("arguments"))
_BRANCH = Shape("branch")
_STRING = Shape("string", arrange=without("~", "sigil_name"))
_RAW = _STRING._replace(type="raw_string")

ELIXIR = Grammar(
    name="elixir",
    load=lambda: grammar("tree_sitter_elixir"),
    comments=frozenset({"comment"}),
    plain=frozenset({"string", "raw_string", "charlist", "quoted_atom"}),
    unescaped=frozenset({"raw_string"}),
    escapes=escapes.ELIXIR,
    content=frozenset({"escape_sequence"}),
    solid=frozenset({"quoted_content"}),
    symbols=frozenset({"atom"}),
    interpolations=frozenset({"interpolation"}),
    transparent=frozenset({"block"}),
    binary=frozenset({"binary_operator"}),
    choices=frozenset({"choice"}),
    cases={"branch": -1},
    scalars={"boolean": "boolean", "integer": "integer", "float": "number", "nil": "null"},
    maps=frozenset({"map", "keyword_list"}),
    pairs={"arrow_pair": ("left", "right"), "pair": ("key", "value")},
    sequences=frozenset({"tuple", "list"}),
    subscripts={"access_call": "key"},
    assignments={"attribute": ("left", "right")},
    declarations={"match": ("left", "right")},
    classes=frozenset({"module"}),
    names=frozenset({"identifier"}),
    scopes=frozenset({"source", "module", "definition", "do_block", "branch", "anonymous_function"}),
    opaque=frozenset({"pattern"}),
    calls={"call": ("function", "arguments")},
    arguments=frozenset({"arguments"}),
    members={"dot": "right"},
    conversions=frozenset({"to_string"}),
    keyword_arguments={"pair": ("key", "value")},
    returns=frozenset({"do_block", "branch", "function"}),
    statements=frozenset({"source", "do_block", "branch"}),
    shapes={
        "atom": Shape(arrange=_atom),
        "binary_operator": by_text(
            "operator",
            {
                "=": Shape("match", arrange=_match),
                "<-": Shape("match", arrange=_match),
                "=>": Shape("arrow_pair"),
                "|": DISSOLVED,
                "|>": Shape("call", arrange=_piped),
                "when": Shape("guard"),
                "::": Shape("typed"),
            },
        ),
        "body": DISSOLVED,
        "call": by_text(
            "target",
            {
                **dict.fromkeys(("def", "defp", "defmacro", "defmacrop", "defdelegate"), _DEFINITION),
                **dict.fromkeys(("if", "unless", "case", "cond"), _CHOICE),
                **dict.fromkeys(("defmodule", "defimpl", "defprotocol"), _MODULE),
            },
            Shape(arrange=one_after_the_other(numbered("function"), in_fields("arguments"))),
        ),
        "else_block": _BRANCH,
        "keywords": DISSOLVED,
        "list": _list,
        "map_content": DISSOLVED,
        "pair": by_text("key", dict.fromkeys(("do:", "else:"), _BRANCH), Shape(arrange=_pair)),
        "sigil": by_text(1, {**dict.fromkeys("sc", _STRING), **dict.fromkeys("SC", _RAW)}),
        "stab_clause": Shape("branch", arrange=_clause),
        "unary_operator": _attribute,
    },
)
