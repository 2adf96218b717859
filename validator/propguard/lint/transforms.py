"""Calls that rewrite a text: which text, and how. The same rewriting is then done to what is known and kept for what is not."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from propguard.lint.origin import UNKNOWN, Change, rewritten
from propguard.lint.text import HOLE, Piece

if TYPE_CHECKING:
    from tree_sitter import Node

    from propguard.lint.analysis import Analysis
    from propguard.lint.text import Text

_BY_NAME: dict[str, Change] = {
    "downcase": ("lower",),
    "lower": ("lower",),
    "lowercase": ("lower",),
    "to_ascii_lowercase": ("lower",),
    "to_lowercase": ("lower",),
    "casefold": ("lower",),
    "toLowerCase": ("lower",),
    "toLocaleLowerCase": ("lower",),
    "upcase": ("upper",),
    "upper": ("upper",),
    "to_ascii_uppercase": ("upper",),
    "to_uppercase": ("upper",),
    "uppercase": ("upper",),
    "toUpperCase": ("upper",),
    "strip": ("strip",),
    "trim": ("strip",),
    "title": ("title",),
    "capitalize": ("capitalize",),
}
CHANGING: dict[str, Change] = {
    "ToLower": ("lower",),
    "ToUpper": ("upper",),
    "TrimSpace": ("strip",),
    "downcase": ("lower",),
    "strtolower": ("lower",),
    "strtoupper": ("upper",),
    "ucfirst": ("first upper",),
    "upcase": ("upper",),
}
"""Functions that rewrite their only argument, where the others are methods of what they rewrite."""

_REPLACING = {"ReplaceAll": (0, 1, 2), "str_replace": (2, 0, 1)}
"""Functions that replace one text by another: which of the arguments is rewritten, what is replaced, and by what."""

_STYLES = {
    "kebabCase": "kebab-case",
    "paramCase": "kebab-case",
    "snakeCase": "snake_case",
    "camelCase": "camelCase",
    "pascalCase": "PascalCase",
    "upperFirst": "",
    "headerCase": "Train-Case",
    "trainCase": "Train-Case",
    "dasherize": "kebab-case",
    "underscore": "snake_case",
    "camelize": "camelCase",
}
"""Functions of well-known libraries (lodash, change-case, inflection, humps) and the style they write a name in."""

_FIRST_ONLY = frozenset({"javascript", "tsx", "typescript"})
"""Languages in which `replace` replaces a text where it stands first."""

_GROUP = re.compile(r"\$(\d|&)")


class Transform(NamedTuple):
    """What is rewritten, and how."""

    base: Node
    changes: tuple[Change, ...]


def transform_of(analysis: Analysis, call: Node) -> Transform | None:
    """The rewriting that `call` is, null where it is none."""
    document = analysis.document
    name, receiver, arguments = document.called_name(call), document.receiver(call), _arguments(analysis, call)
    if receiver is not None and not arguments and name in _BY_NAME:
        return Transform(receiver, (_BY_NAME[name],))
    if len(arguments) >= 3 and (name in _REPLACING or (name == "replace" and _is_text_module(analysis, receiver))):
        return _replaced(analysis, name, arguments)
    if name in CHANGING and len(arguments) == 1:
        return Transform(arguments[0], (CHANGING[name],))
    if name in _STYLES and len(arguments) == 1:
        return Transform(arguments[0], (("style", _STYLES[name]),) if _STYLES[name] else ())
    if name == "join" and len(arguments) == 1 and receiver is not None:
        return _joined(analysis, receiver, arguments[0])
    if receiver is None or not arguments:
        return None
    if name in {"gsub", "replace", "replaceAll", "tr"} and len(arguments) >= 2:
        return Transform(receiver, (_replacement(analysis, name, *arguments[:2]),))
    if name == "sub" and len(arguments) >= 3:
        pattern, replacement = (_known(analysis, argument) for argument in arguments[:2])
        change: Change = UNKNOWN if pattern is None or replacement is None else ("sub", pattern, replacement)
        return Transform(arguments[2], (change,))
    if name == "removeprefix":
        prefix = _known(analysis, arguments[0])
        return Transform(receiver, (UNKNOWN if prefix is None else ("without prefix", prefix),))
    return None


def _replaced(analysis: Analysis, name: str, arguments: list[Node]) -> Transform:
    """What a function replaces in one of its arguments."""
    text, *others = _REPLACING.get(name, (0, 1, 2))
    pattern, replacement = (_known(analysis, arguments[place]) for place in others)
    change: Change = UNKNOWN if pattern is None or replacement is None else ("replace", pattern, replacement)
    return Transform(arguments[text], (change,))


def _is_text_module(analysis: Analysis, receiver: Node | None) -> bool:
    return receiver is not None and analysis.document.text(receiver) == "String"


def _arguments(analysis: Analysis, call: Node) -> list[Node]:
    """The positional arguments, patterns among them: to all other readers a pattern is as good as a comment."""
    document = analysis.document
    generator = call.child_by_field_name("arguments")
    if generator is not None and generator.type == "generator_expression":  # it needs no brackets of its own
        return [generator]
    listed = document.argument_list(call)
    return [
        child
        for child in (listed.named_children if listed is not None else ())
        if not document.is_keyword(child) and not child.type.endswith("comment")
    ]


def first_letter_raised(analysis: Analysis, left: Node, right: Node) -> Node | None:
    """The text of which `left + right` is a copy that begins with a capital: `k.charAt(0).toUpperCase() + k.slice(1)`."""
    document = analysis.document
    match = re.fullmatch(
        r"(.+?)(?:\.charAt\(0\)|\[0\]|\.at\(0\)[!?]?|\[:1\])[!?]?\.(?:toUpperCase|upper)\(\)", document.text(left)
    )
    rest = re.fullmatch(r"(.+?)(?:\.(?:slice|substring|substr)\(1\)|\[1:\])", document.text(right))
    if match is None or rest is None or match[1] != rest[1]:
        return None
    node = right
    while node.named_children and document.text(node) != rest[1]:
        node = node.named_children[0]
    return node if document.text(node) == rest[1] else None


def _joined(analysis: Analysis, receiver: Node, argument: Node) -> Transform | None:
    """`k.split("_").map(…).join("-")`, and Python's `"-".join(word.title() for word in k.split("_"))`."""
    document = analysis.document
    python = receiver.type in document.grammar.plain
    glue = _known(analysis, receiver if python else argument)
    node = argument if python else receiver
    recased = False
    for _ in range(4):
        if node.type in document.grammar.calls and document.called_name(node) == "split":
            base, by = document.receiver(node), document.positional(node)
            separator = _known(analysis, by[0]) if by else None
            if base is None:
                return None
            changes: tuple[Change, ...] = (
                (UNKNOWN,) if glue is None or separator is None else (("replace", separator, glue),)
            )
            return Transform(base, (*changes, ("title",)) if recased else changes)
        recased = True
        if node.type in document.grammar.calls and document.called_name(node) == "map":
            inner = document.receiver(node)
        else:
            clause = next((child for child in node.named_children if child.type in document.grammar.loops), None)
            inner = None if clause is None else document.child(clause, document.grammar.loops[clause.type][1])
        if inner is None:
            return None
        node = inner
    return None


def _replacement(analysis: Analysis, name: str, pattern: Node, replacement: Node) -> Change:
    """The change that `text.replace(pattern, replacement)` makes."""
    document = analysis.document
    to = _known(analysis, replacement)
    if pattern.type == "regex":
        body = pattern.child_by_field_name("pattern")
        flags = pattern.child_by_field_name("flags")
        if body is None:
            return UNKNOWN
        written = document.text(flags) if flags is not None else ""
        if to is None:
            to = _called_back(analysis, replacement)
        else:
            to = _GROUP.sub(lambda match: "\\0" if match[1] == "&" else f"\\{match[1]}", to.replace("\\", "\\\\"))
        if to is None or ("g" not in written and not document.text(body).startswith("^")):
            return UNKNOWN
        return ("sub", ("(?i)" if "i" in written else "") + document.text(body), to)
    known = _known(analysis, pattern)
    if known is None or to is None:
        return UNKNOWN
    first_only = document.grammar.name in _FIRST_ONLY and name == "replace"
    return ("replace first" if first_only else "replace", known, to)


def _called_back(analysis: Analysis, function: Node) -> str | None:
    """The replacement that a function amounts to which puts together what it is given: `(_, c) => "-" + c`.

    Case is left as it is: what is asked for is the name of a header, which has none.
    """
    if function.type not in analysis.document.grammar.functions:
        return None
    names = list(analysis.functions.parameters(function))
    ways = [way for node in analysis.functions.returns(function) for way in analysis.evaluator.ways(node)]
    if len(ways) != 1:
        return None
    parts = []
    for piece in ways[0].pieces:
        if piece.text is not None:
            parts.append(piece.text.replace("\\", "\\\\"))
        elif piece.origin is not None and piece.origin.name in names and UNKNOWN not in piece.origin.changes:
            parts.append(f"\\{names.index(piece.origin.name)}")
        else:
            return None
    return "".join(parts)


def _known(analysis: Analysis, node: Node) -> str | None:
    ways = analysis.evaluator.ways(node)
    return ways[0].known if len(ways) == 1 else None


def changed(way: Text, change: Change) -> Text:
    """`way` with `change` made to what is known of it, and kept for what is not."""
    if way.json_type != "string":
        return HOLE
    return way._replace(pieces=tuple(_changed_piece(piece, change) for piece in way.pieces))


def _changed_piece(piece: Piece, change: Change) -> Piece:
    if piece.text is None:
        return piece if piece.origin is None else piece._replace(origin=piece.origin.changed(change))
    text = rewritten(piece.text, (change,))
    return piece if text == piece.text else piece.rewritten(text)
