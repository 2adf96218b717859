"""What an expression comes out as, read off the syntax tree: literals, concatenations, branches, fallbacks, names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from propguard.lint.escapes import decoded, decoded_in_shell
from propguard.lint.templates import FILLED_BY, JOINING, Values, filled_by_percent, template_of
from propguard.lint.text import HOLE, Piece, Text, joined, unique

if TYPE_CHECKING:
    import re

    from tree_sitter import Node

    from propguard.lint.bindings import Bindings
    from propguard.lint.document import Document
    from propguard.lint.text import JsonType

_DEEPEST = 40
_UNREADABLE = "\ufffd"
"""What stands for bytes that are no UTF-8, and so for a text that is not in the source letter by letter."""

_FALLBACK = frozenset({"or", "||", "??", "?:"})
_GUARD = frozenset({"and", "&&"})
_UNCHANGED = frozenset({"encode", "toString", "valueOf", "decode"})
_CHANGED = {
    "lower": str.lower,
    "lowercase": str.lower,
    "toLowerCase": str.lower,
    "to_ascii_lowercase": str.lower,
    "to_lowercase": str.lower,
    "toLocaleLowerCase": str.lower,
    "upper": str.upper,
    "toUpperCase": str.upper,
    "to_ascii_uppercase": str.upper,
    "to_uppercase": str.upper,
    "uppercase": str.upper,
    "strip": str.strip,
    "trim": str.strip,
}
_CONVERSIONS = frozenset({"str", "String"})
_WITH_DEFAULT = {"Or": 2, "get": 2, "getOrDefault": 2, "getattr": 3, "getenv": 2, "pop": 2, "unwrap_or": 1}


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
        node = self._document.unwrapped(node)
        kind = node.type
        if depth > _DEEPEST:
            return [HOLE]
        self._document.budget.check()
        if kind in grammar.plain or kind in grammar.verbatim or kind in grammar.bare_words:
            return self._string(node, depth)
        if kind in grammar.adjacent:
            return joined([self.ways(child, depth + 1) for child in node.named_children])
        if kind in grammar.transparent or kind in grammar.singles:
            inner = self._document.items_of(node)
            return (
                self.ways(inner[0], depth + 1) if len(inner) == 1 or (inner and kind in grammar.transparent) else [HOLE]
            )
        if kind in grammar.binary:
            return self._binary(node, depth)
        if kind in grammar.conditional or kind in grammar.choices:
            return self._branches(node, depth)
        if (json_type := self._json_type(node)) is not None:
            return [self._scalar(node, json_type)]
        if kind in grammar.calls:
            return self._call(node, depth)
        if kind in grammar.names or kind in grammar.members or kind in grammar.expansions:
            return self._name(node, depth)
        return [HOLE]

    def _json_type(self, node: Node) -> JsonType | None:
        """What a literal that is no string would be sent as."""
        if node.type in self._grammar.scalars:
            return self._grammar.scalars[node.type]
        return self._grammar.constants.get(self._document.text(node)) if self._grammar.constants else None

    def _string(self, node: Node, depth: int) -> list[Text]:
        document, grammar = self._document, self._grammar
        if node.type in grammar.bare_words:
            text = document.text(node)
            return [Text((self._piece(text, node.start_byte, escaped="\\" in text, quoted=False),))]
        if node.type in grammar.verbatim:
            return [Text((self._piece(document.text(node)[1:-1], node.start_byte + 1, escaped=False),))]
        opening = node.children[0] if node.children else None
        prefix = document.text(opening).rstrip("\"'").lower() if opening is not None else ""
        parts = self._parts(node, "r" if node.type in grammar.unescaped else prefix, depth)
        if not parts:
            closing = node.children[-1].start_byte if node.children else node.end_byte
            return [Text((Piece("", closing),))]
        return _merged(joined(parts))

    def _parts(self, node: Node, prefix: str, depth: int) -> list[list[Text]]:
        """The ways of each part of what stands between the quotes of a string."""
        grammar = self._grammar
        parts: list[list[Text]] = []
        done = 0
        for child in _inside_quotes(node, grammar.content):
            if child.end_byte <= done:
                continue
            if (name := self._inline_name(child)) is not None:
                parts.append(self._bound(self._bindings.values_of(name["name"] or "", child), depth))
                done = child.start_byte + len(name[0].encode())
            elif child.type in grammar.content:
                start, done = max(done, child.start_byte), _end_of_escape(child)
                parts.append([Text((self._content(self._document.source.text(start, done), prefix, start),))])
            elif child.type in grammar.interpolations:
                parts.append(self._interpolated(child, depth))
            elif child.type in grammar.expansions:
                parts.append(self.ways(child, depth + 1))
            elif child.is_named:
                parts.append([HOLE])
        return parts

    def _inline_name(self, child: Node) -> re.Match[str] | None:
        """The name that a string takes in where `child` begins, a sign that is followed by the text of the next one."""
        if self._grammar.inline is None or child.type not in self._grammar.content:
            return None
        end = child.end_byte if child.next_sibling is None else child.next_sibling.end_byte
        return self._grammar.inline.match(self._document.source.text(child.start_byte, end))

    def _content(self, text: str, prefix: str, start: int) -> Piece:
        escaped = "\\" in text and "r" not in prefix
        if "f" in prefix and ("{{" in text or "}}" in text):
            return self._piece(text, start, escaped=escaped)._replace(
                start=-1,
                text=text.replace("{{", "{").replace("}}", "}"),
            )
        return self._piece(text, start, escaped=escaped)

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

    def _scalar(self, node: Node, json_type: JsonType) -> Text:
        text = self._document.text(node)
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
        if sign == "+":
            return _merged(joined([_as_text(self.ways(left, depth + 1)), _as_text(self.ways(right, depth + 1))]))
        if sign in _FALLBACK:
            return unique([*_truthy(self.ways(left, depth + 1)), *self.ways(right, depth + 1)])
        if sign in _GUARD:
            return unique([*self.ways(right, depth + 1), HOLE])
        if sign == "%" and self._grammar.name == "python":
            values = Values([self.ways(value, depth + 1) for value in self._values_of_percent(right)])
            return unique(way for template in self.ways(left, depth + 1) for way in filled_by_percent(template, values))
        return [HOLE]

    def _branches(self, node: Node, depth: int) -> list[Text]:
        if node.type in self._grammar.choices:
            chosen = self._document.cases_of(node)
            return unique(way for child in chosen for way in self.ways(child, depth + 1))
        children = self._document.items_of(node)
        chosen = [children[place] for place in self._grammar.conditional[node.type] if place < len(children)]
        return unique(way for child in chosen for way in self.ways(child, depth + 1))

    def _call(self, node: Node, depth: int) -> list[Text]:
        name = self._document.called_name(node)
        receiver = self._document.receiver(node)
        arguments = self._document.arguments_of(node)
        is_conversion = name in _CONVERSIONS and receiver is None and len(arguments) == 1
        if is_conversion or self._document.is_conversion(node):
            return [self._converted(way) for way in self.ways(arguments[0], depth + 1)]
        if len(arguments) == _WITH_DEFAULT.get(name) and (receiver is not None or name != "get"):
            return unique([*self.ways(arguments[-1], depth + 1), HOLE])
        if (template := template_of(self._document, node)) is not None:
            return self._filled(template, node, depth)
        if (path := self._document.path_of_address(node)) is not None:
            return joined([[HOLE], self.ways(path, depth + 1)])
        if receiver is None:
            return [HOLE]
        if name in _UNCHANGED | self._grammar.unchanged and len(arguments) <= 1:
            return self.ways(receiver, depth + 1)
        if name in _CHANGED and not arguments:
            change = _CHANGED[name]
            return [_changed(way, change) for way in self.ways(receiver, depth + 1)]
        if name in JOINING and receiver.type in self._grammar.sequences:
            between = self.ways(arguments[0], depth + 1) if arguments else [Text((Piece(""),))]
            parts = [
                part for item in self._document.items_of(receiver) for part in (between, self.ways(item, depth + 1))
            ]
            return _merged(joined(parts[1:])) if parts else [HOLE]
        if name == "concat":
            return _merged(joined([self.ways(part, depth + 1) for part in (receiver, *arguments)]))
        return [HOLE]

    def _values_of_percent(self, node: Node) -> list[Node]:
        """What a text is filled with by `%`: the members of a tuple, or the one value."""
        if node.type in self._grammar.maps:
            return []
        if node.type not in self._grammar.sequences:
            return [node]
        return [child for child in node.named_children if child.type not in self._grammar.comments]

    def _filled(self, template: Node, call: Node, depth: int) -> list[Text]:
        """What a call that fills in a template gives."""
        positional, named = [], {}
        for argument in self._document.arguments_of(call):
            fields = self._grammar.keyword_arguments.get(argument.type)
            if fields is None or not self._document.is_keyword(argument):
                if argument != template:
                    positional.append(self.ways(argument, depth + 1))
            else:
                name, value = (self._document.child(argument, field) for field in fields)
                if name is not None and value is not None:
                    named[self._document.text(name)] = self.ways(value, depth + 1)
        if self._grammar.captured is not None:
            for text in self.ways(template, depth + 1):
                for name in self._grammar.captured.findall(text.starred()):
                    named.setdefault(name, self._bound(self._bindings.values_of(name, call), depth))
        fill = FILLED_BY[self._grammar.formats[self._document.called_name(call)][0]]
        values = Values(positional, named)
        return unique(way for text in self.ways(template, depth + 1) for way in fill(text, values))

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
        return self._bound(bound, depth)

    def _bound(self, values: list[Node] | None, depth: int) -> list[Text]:
        """What a name comes out as that is bound to `values`."""
        if values is None:
            return [HOLE]
        return unique(way.renamed() for value in values for way in self.ways(value, depth + 5))


def _inside_quotes(string: Node, content: frozenset[str]) -> list[Node]:
    """What stands between the quotes of a string, which are nodes themselves in most grammars."""
    children = string.children
    return children if children and children[0].type in content else children[1:-1]


def _end_of_escape(content: Node) -> int:
    """Where a piece of a string ends: where grammars cut an escape in two, where its second half does."""
    behind = content.next_sibling
    is_cut = content.end_byte - content.start_byte == 2 and content.text == b"\\u" and behind is not None
    return behind.end_byte if is_cut and behind is not None and behind.type == content.type else content.end_byte


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
