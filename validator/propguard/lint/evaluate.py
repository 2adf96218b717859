"""What an expression comes out as, read off the syntax tree: literals, concatenations, branches, fallbacks, names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from propguard.lint.escapes import decoded, decoded_in_shell
from propguard.lint.templates import Values, filled_by_format, filled_by_percent, is_format
from propguard.lint.text import HOLE, Piece, Text, joined, unique

if TYPE_CHECKING:
    from tree_sitter import Node

    from propguard.lint.bindings import Bindings
    from propguard.lint.document import Document

_DEEPEST = 40
_UNREADABLE = "\ufffd"
"""What stands for bytes that are no UTF-8, and so for a text that is not in the source letter by letter."""

_JOINING = frozenset({"+", ".", "<>", "<<"})
_FALLBACK = frozenset({"or", "||", "??"})
_GUARD = frozenset({"and", "&&"})
_UNCHANGED = frozenset({"encode", "toString", "valueOf", "decode", "freeze", "to_s", "to_str", "dup"})
_CHANGED = {
    "downcase": str.lower,
    "lower": str.lower,
    "toLowerCase": str.lower,
    "toLocaleLowerCase": str.lower,
    "upcase": str.upper,
    "upper": str.upper,
    "toUpperCase": str.upper,
    "strip": str.strip,
    "trim": str.strip,
}
_CHANGING = {"downcase": str.lower, "strtolower": str.lower, "strtoupper": str.upper, "upcase": str.upper}
"""Functions that change their only argument, where the others are methods of what they change."""

_CONVERSIONS = frozenset({"str", "String", "strval", "to_string"})
_WITH_DEFAULT = {"config": 2, "env": 2, "fetch": 2, "get": 2, "get_env": 2, "getenv": 2, "getattr": 3, "pop": 2}


class Evaluator:
    """Evaluates expressions of one document."""

    def __init__(self, document: Document, bindings: Bindings) -> None:
        self._document = document
        self._grammar = document.grammar
        self._bindings = bindings
        self._known: dict[int, tuple[int, list[Text]]] = {}

    def ways(self, node: Node, depth: int = 0) -> list[Text]:
        """Every way in which `node` can come out; a hole among them where it may be anything else.

        Found once: names built of names built of names would multiply.
        """
        known = self._known.get(node.id)
        if known is None or known[0] > depth:  # what was found further down may have been cut short
            known = self._known[node.id] = depth, self._ways(node, depth)
        return known[1]

    def _ways(self, node: Node, depth: int) -> list[Text]:
        grammar = self._grammar
        kind = node.type
        if depth > _DEEPEST:
            return [HOLE]
        self._document.budget.check()
        if kind in grammar.plain or kind in grammar.verbatim or kind in grammar.bare_words:
            return self._string(node, depth)
        if kind in grammar.adjacent:
            return joined([self.ways(child, depth + 1) for child in node.named_children])
        if kind in grammar.transparent:
            inner = [child for child in node.named_children if child.type not in grammar.comments]
            return self.ways(inner[0], depth + 1) if inner else [HOLE]
        if kind in grammar.binary:
            return self._binary(node, depth)
        if kind in grammar.conditional:
            return self._branches(node, depth)
        if kind in grammar.scalars or kind in grammar.symbols:
            return [self._scalar(node)]
        if kind in grammar.calls:
            return self._call(node, depth)
        if kind in grammar.names or kind in grammar.members or kind in grammar.expansions:
            return self._name(node, depth)
        return [HOLE]

    def _string(self, node: Node, depth: int) -> list[Text]:
        document, grammar = self._document, self._grammar
        if node.type in grammar.bare_words:
            text = document.text(node)
            return [Text((self._piece(text, node.start_byte, escaped="\\" in text, quoted=False),))]
        if node.type in grammar.verbatim:
            return [Text((self._piece(document.text(node)[1:-1], node.start_byte + 1, escaped=False),))]
        opening = node.children[0] if node.children else None
        prefix = document.text(opening).rstrip("\"'").lower() if opening is not None else ""
        parts: list[list[Text]] = []
        for child in node.children[1:-1]:
            if child.type in grammar.solid:
                parts.append([Text((self._piece(document.text(child), child.start_byte, escaped=False),))])
            elif child.type in grammar.content:
                parts.append([Text((self._content(child, prefix),))])
            elif child.type in grammar.interpolations:
                parts.append(self._interpolated(child, depth))
            elif child.type in grammar.expansions:
                parts.append(self.ways(child, depth + 1))
            elif child.is_named:
                parts.append([HOLE])
        if not parts:
            closing = node.children[-1].start_byte if node.children else node.end_byte
            return [Text((Piece("", closing),))]
        return _merged(joined(parts))

    def _content(self, child: Node, prefix: str) -> Piece:
        text = self._document.text(child)
        escaped = "\\" in text and "r" not in prefix
        if "f" in prefix and ("{{" in text or "}}" in text):
            return self._piece(text, child.start_byte, escaped=escaped)._replace(
                start=-1,
                text=text.replace("{{", "{").replace("}}", "}"),
            )
        return self._piece(text, child.start_byte, escaped=escaped)

    def _piece(self, text: str, start: int, *, escaped: bool, quoted: bool = True) -> Piece:
        if escaped:
            in_shell = self._grammar.bare_words
            return Piece(decoded_in_shell(text, quoted=quoted) if in_shell else decoded(text))
        return Piece(text) if _UNREADABLE in text else Piece(text, start)

    def _interpolated(self, node: Node, depth: int) -> list[Text]:
        """An interpolation; one with a conversion or a format comes out as anything."""
        inner = [child for child in node.named_children if child.type not in self._grammar.comments]
        if len(inner) != 1:
            return [HOLE]
        return [way if way.json_type == "string" else HOLE for way in self.ways(inner[0], depth + 1)]

    def _scalar(self, node: Node) -> Text:
        text = self._document.text(node)
        if node.type in self._grammar.symbols:
            return Text((Piece(text.removeprefix(":")),))
        json_type = self._grammar.scalars[node.type]
        if json_type == "number" and text.isdecimal():
            json_type = "integer"
        text = text.lower() if json_type == "boolean" else text
        return Text((Piece(text, node.start_byte),), json_type, (node.start_byte, node.end_byte))

    def _binary(self, node: Node, depth: int) -> list[Text]:
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        operator = node.child_by_field_name("operator")
        if left is None or right is None or operator is None:
            return [HOLE]
        sign = self._document.text(operator)
        if sign in _JOINING:
            return _merged(joined([_as_text(self.ways(left, depth + 1)), _as_text(self.ways(right, depth + 1))]))
        if sign in _FALLBACK:
            return unique([*_truthy(self.ways(left, depth + 1)), *self.ways(right, depth + 1)])
        if sign in _GUARD:
            return unique([*self.ways(right, depth + 1), HOLE])
        if sign == "%" and self._grammar.fills_by_percent:
            values = Values([self.ways(value, depth + 1) for value in self._values_of_percent(right)])
            return unique(way for template in self.ways(left, depth + 1) for way in filled_by_percent(template, values))
        return [HOLE]

    def _branches(self, node: Node, depth: int) -> list[Text]:
        return unique(way for child in self._document.branches(node) for way in self.ways(child, depth + 1))

    def _call(self, node: Node, depth: int) -> list[Text]:
        name = self._document.called_name(node)
        receiver = self._document.receiver(node)
        arguments = self._document.arguments_of(node)
        if name in _CONVERSIONS and receiver is None and len(arguments) == 1:
            return [self._converted(way) for way in self.ways(arguments[0], depth + 1)]
        if (made := self._made_by_function(name, arguments, depth)) is not None:
            return made
        if len(arguments) == _WITH_DEFAULT.get(name) and (receiver is not None or name != "get"):
            return unique([*self.ways(arguments[-1], depth + 1), HOLE])
        if (path := self._document.path_of_address(node)) is not None:
            return joined([[HOLE], self.ways(path, depth + 1)])
        if receiver is None:
            return [HOLE]
        if name in _UNCHANGED and len(arguments) <= 1:
            return [self._converted(way) for way in self.ways(receiver, depth + 1)]
        if name in _CHANGED and not arguments:
            change = _CHANGED[name]
            return [_changed(way, change) for way in self.ways(receiver, depth + 1)]
        if is_format(self._document, node):
            values = self._values_of_format(node, depth)
            return unique(
                way for template in self.ways(receiver, depth + 1) for way in filled_by_format(template, values)
            )
        if name == "concat":
            return _merged(joined([self.ways(part, depth + 1) for part in (receiver, *arguments)]))
        return [HOLE]

    def _made_by_function(self, name: str, arguments: list[Node], depth: int) -> list[Text] | None:
        """What a function makes of its first argument, be it a method or not; null for functions that are not known."""
        if name in _CHANGING and len(arguments) == 1:
            return [_changed(way, _CHANGING[name]) for way in self.ways(arguments[0], depth + 1)]
        if name not in self._grammar.formats or not arguments:
            return None
        values = Values([self.ways(argument, depth + 1) for argument in arguments[1:]])
        return unique(
            way for template in self.ways(arguments[0], depth + 1) for way in filled_by_percent(template, values)
        )

    def _values_of_percent(self, node: Node) -> list[Node]:
        """What a text is filled with by `%`: the members of a tuple, or the one value."""
        if node.type in self._grammar.maps:
            return []
        if node.type not in self._grammar.sequences:
            return [node]
        return [child for child in node.named_children if child.type not in self._grammar.comments]

    def _values_of_format(self, call: Node, depth: int) -> Values:
        positional, named = [], {}
        for argument in self._document.arguments_of(call):
            fields = self._grammar.keyword_arguments.get(argument.type)
            if fields is None:
                positional.append(self.ways(argument, depth + 1))
            else:
                name, value = (argument.child_by_field_name(name) for name in fields)
                if name is not None and value is not None:
                    named[self._document.text(name)] = self.ways(value, depth + 1)
        return Values(positional, named)

    def _converted(self, way: Text) -> Text:
        """What a language makes of a literal when it is turned into text."""
        if way.json_type == "string":
            return way
        text = way.known or ""
        if self._grammar.name == "python" and way.json_type in {"boolean", "null"}:
            text = text.capitalize()
        return Text((Piece(text),))

    def _name(self, node: Node, depth: int) -> list[Text]:
        if node.type in self._grammar.expansions:
            inner = [child for child in node.named_children if child.type in self._grammar.names]
            if len(inner) != 1 or node.named_child_count != 1:
                return [HOLE]
            node = inner[0]
        is_member = node.type in self._grammar.members
        bound = self._bindings.fields.values(node) if is_member else self._bindings.values(node)
        if bound is None:
            return [HOLE]
        return unique(way.renamed() for value in bound for way in self.ways(value, depth + 5))


def _as_text(ways: list[Text]) -> list[Text]:
    return [way if way.json_type == "string" else HOLE for way in ways]


def _truthy(ways: list[Text]) -> list[Text]:
    """What is left of the ways before a fallback: the empty ones give way to it."""
    return [way for way in ways if way.known != "" and way.json_type != "null"]


def _changed(way: Text, change: object) -> Text:
    assert callable(change)
    return way._replace(
        pieces=tuple(
            piece if piece.text is None else piece._replace(text=change(piece.text), start=-1) for piece in way.pieces
        ),
    )


def _merged(ways: list[Text]) -> list[Text]:
    """Ways whose neighbouring pieces are one where they are neighbours in the source, too."""
    return [way._replace(pieces=_merged_pieces(way.pieces)) for way in ways]


def _merged_pieces(pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    merged: list[Piece] = []
    for piece in pieces:
        last = merged[-1] if merged else None
        if last is None or last.text is None or piece.text is None or last.named != piece.named:
            merged.append(piece)
        elif last.start >= 0 and piece.start == last.start + len(last.text.encode()):
            merged[-1] = last._replace(text=last.text + piece.text)
        else:
            merged.append(piece)
    return tuple(merged)
