"""What an expression comes out as, read off the syntax tree: literals, concatenations, branches, fallbacks, names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from propguard.lint.conversion import converted, is_possible
from propguard.lint.origin import UNKNOWN
from propguard.lint.pieces import Quoted, content_of, end_of_escape, inside_quotes, piece_of, quoted, verbatim
from propguard.lint.templates import FILLED_BY, JOINING, Values, filled_by_percent, template_of
from propguard.lint.text import HOLE, Piece, Text, hole_of, joined, unique
from propguard.lint.transforms import changed, first_letter_raised, transform_of

if TYPE_CHECKING:
    import re

    from tree_sitter import Node

    from propguard.lint.analysis import Analysis
    from propguard.lint.text import JsonType

_DEEPEST = 40
_LONGEST_NAME = 40
_CONCATENATING = frozenset({"+", ".", "<>", "<<"})
_FALLBACK = frozenset({"or", "||", "??", "?:"})
_UNLESS_NULL = frozenset({"??", "?:"})
_GUARD = frozenset({"and", "&&"})
_UNCHANGED = frozenset({"encode", "toString", "valueOf", "decode"})
_CONVERSIONS = frozenset({"str", "String"})
_WITH_DEFAULT = {
    **dict.fromkeys(("Or", "config", "env", "fetch", "get", "getOrDefault", "get_env", "getenv", "pop"), 2),
    "getattr": 3,
    "unwrap_or": 1,
}
"""Functions that give their last argument where they find nothing, and how many arguments they have then."""


class Evaluator:
    """Evaluates expressions of one document."""

    def __init__(self, analysis: Analysis) -> None:
        self._analysis = analysis
        self._document = analysis.document
        self._grammar = analysis.document.grammar
        self._bindings = analysis.bindings
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
            return unique(way for child in self._document.branches(node) for way in self._branch(child, depth + 1))
        if kind in grammar.symbols:
            return [Text((Piece(self._document.text(node).removeprefix(":")),))]
        if (json_type := self._json_type(node)) is not None:
            return [self._scalar(node, json_type)]
        if (json_type := grammar.results.get(self._operation(node))) is not None:
            return [self._of_type(node, json_type)]
        return self._reference(node, depth)

    def _operation(self, node: Node) -> str:
        """An operation, or the call of a function, as the table of what they give has it."""
        if node.type in self._grammar.calls:
            function = self._document.child(node, self._grammar.calls[node.type][0])
            is_short = function is not None and function.end_byte - function.start_byte < _LONGEST_NAME
            return f"{self._document.text(function)}()" if function is not None and is_short else ""
        operator = node.child_by_field_name("operator")
        return node.type if operator is None else f"{node.type} {self._document.text(operator)}"

    def _of_type(self, node: Node, json_type: JsonType) -> Text:
        """What is not known but for its type, which is none of text."""
        return Text((Piece(None),), json_type, (node.start_byte, node.end_byte))

    def _reference(self, node: Node, depth: int) -> list[Text]:
        """What stands for something else: a call, a name, a member, an entry of a map."""
        return self._analysis.guards.kept(node, self._referred_to(node, depth))

    def _referred_to(self, node: Node, depth: int) -> list[Text]:
        """The same, whatever the conditions around it say."""
        grammar, kind = self._grammar, node.type
        if kind in grammar.casts and node.named_children:
            return self._as_text(node.named_children[-1], depth)
        if kind in grammar.calls:
            return self._call(node, depth)
        if kind in grammar.names or kind in grammar.members or kind in grammar.expansions:
            return self._analysis.names.ways(node, depth)
        return self.by_origin(node, depth) if kind in grammar.subscripts else [HOLE]

    def _json_type(self, node: Node) -> JsonType | None:
        """What a literal that is no string would be sent as."""
        if node.type in self._grammar.scalars:
            return self._grammar.scalars[node.type]
        return self._grammar.constants.get(self._document.text(node)) if self._grammar.constants else None

    def _string(self, node: Node, depth: int) -> list[Text]:
        document, grammar = self._document, self._grammar
        if node.type in grammar.bare_words:
            text = document.text(node)
            return [Text((piece_of(text, node.start_byte, grammar.quoting.get(node.type)),))]
        if node.type in grammar.verbatim:
            return [Text((verbatim(document.text(node), node.start_byte, grammar.quoting.get(node.type)),))]
        parts = self._parts(node, quoted(document, node), depth)
        if not parts:
            closing = node.children[-1].start_byte if node.children else node.end_byte
            return [Text((Piece("", closing),))]
        return _merged(joined(parts))

    def _parts(self, node: Node, quoting: Quoted, depth: int) -> list[list[Text]]:
        """The ways of each part of what stands between the quotes of a string."""
        grammar = self._grammar
        parts: list[list[Text]] = []
        done = 0
        for child in inside_quotes(node, grammar.content):
            if child.end_byte <= done:
                continue
            if (name := self._inline_name(child)) is not None:
                parts.append(self._taken_in(name["name"] or "", child, depth))
                done = child.start_byte + len(name[0].encode())
            elif child.type in grammar.solid:
                text = self._document.text(child)
                parts.append([Text((piece_of(text, child.start_byte, quoting.escapes),))])
            elif child.type in grammar.content:
                start, done = max(done, child.start_byte), end_of_escape(self._document, child)
                parts.append([Text((content_of(self._document.source.text(start, done), start, quoting),))])
            elif child.type in grammar.interpolations:
                parts.append(self._interpolated(child, depth))
            elif child.type in grammar.expansions:
                parts.append(self.ways(child, depth + 1))
            elif child.is_named:
                parts.append([HOLE])
        return parts

    def _taken_in(self, name: str, sign: Node, depth: int) -> list[Text]:
        """What the name comes out as that stands in a string behind `sign`."""
        values, word = self._bindings.values_of(name, sign), sign.next_sibling
        if values is not None or word is None or self._document.text(word) != name:
            ways = self._analysis.names.bound(values, depth)
        else:
            ways = self._analysis.names.unbound(word, depth)
        return unique(converted(way, self._grammar.name) for way in ways)

    def _inline_name(self, child: Node) -> re.Match[str] | None:
        """The name that a string takes in where `child` begins, a sign that is followed by the text of the next one."""
        if self._grammar.inline is None or child.type not in self._grammar.content:
            return None
        end = child.end_byte if child.next_sibling is None else child.next_sibling.end_byte
        return self._grammar.inline.match(self._document.source.text(child.start_byte, end))

    def _interpolated(self, node: Node, depth: int) -> list[Text]:
        """An interpolation; one with a conversion or a format comes out as anything."""
        inner = [child for child in node.named_children if child.type not in self._grammar.comments]
        if len(inner) != 1:
            return [HOLE]
        return self._as_text(inner[0], depth)

    def _scalar(self, node: Node, json_type: JsonType) -> Text:
        if json_type in {"list", "map"}:
            return self._of_type(node, json_type)
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
        if sign in _CONCATENATING:
            whole = first_letter_raised(self._analysis, left, right)
            if whole is not None:
                return [changed(way, ("first upper",)) for way in self.ways(whole, depth + 1)]
            return _merged(joined([_texts(self.ways(left, depth + 1)), _texts(self.ways(right, depth + 1))]))
        if sign in _FALLBACK:
            return self._with_fallback(left, right, "present" if sign in _UNLESS_NULL else "truthy", depth)
        if sign in _GUARD:
            return unique([*self.ways(right, depth + 1), HOLE])
        if (json_type := self._grammar.results.get(f"{node.type} {sign}")) is not None:
            return [self._of_type(node, json_type)]
        if sign == "%" and self._grammar.fills_by_percent:
            values = Values([self._as_text(value, depth) for value in self._values_of_percent(right)])
            return unique(way for template in self.ways(left, depth + 1) for way in filled_by_percent(template, values))
        return [HOLE]

    def _branch(self, branch: Node, depth: int) -> list[Text]:
        """A branch of a choice, which may stand in for what the condition asks for."""
        ways, instead = self.ways(branch, depth), self._analysis.guards.stood_in_for(branch)
        return ways if instead is None else [way.by_default(*instead) for way in ways]

    def _with_fallback(self, left: Node, right: Node, kind: str, depth: int) -> list[Text]:
        """What is left of `left` where `right` stands in for what is not of a kind."""
        ways = [way for way in self.ways(left, depth + 1) if is_possible(way, kind)]
        instead, origin = self.ways(right, depth + 1), self._analysis.origins.of(left)
        if origin is not None:
            has_default = any(default.owner == origin.owner for way in ways for default in way.defaults())
            instead = [way.by_default(origin, kind, given=has_default) for way in instead]
        return unique([*(way.only_if(kind) for way in ways), *instead])

    def _call(self, node: Node, depth: int) -> list[Text]:
        name = self._document.called_name(node)
        receiver = self._document.receiver(node)
        arguments = self._document.arguments_of(node)
        is_conversion = name in _CONVERSIONS and receiver is None and len(arguments) == 1
        if is_conversion or self._document.is_conversion(node):
            return self._as_text(arguments[0], depth)
        if len(arguments) == _WITH_DEFAULT.get(name) and (receiver is not None or name != "get"):
            found = self.by_origin(node, depth)
            owned = next((origin for way in found for origin in way.origins()), None)
            default = self.ways(arguments[-1], depth + 1)
            return unique([*(way if owned is None else way.by_default(owned) for way in default), *found])
        if (transform := transform_of(self._analysis, node)) is not None:
            ways = self.ways(transform.base, depth + 1)
            for change in transform.changes:
                ways = [changed(way, change) for way in ways]
            return unique(ways)
        if (template := template_of(self._document, node)) is not None:
            return self._filled(template, node, depth)
        if (path := self._document.path_of_address(node)) is not None:
            return joined([[HOLE], self.ways(path, depth + 1)])
        return self._returned(node, depth) if receiver is None else self._method(node, receiver, depth)

    def _method(self, node: Node, receiver: Node, depth: int) -> list[Text]:
        """What a method comes out as that is called on `receiver`."""
        name, arguments = self._document.called_name(node), self._document.arguments_of(node)
        if name in _UNCHANGED | self._grammar.unchanged and len(arguments) <= 1:
            return self._as_text(receiver, depth)
        if name in JOINING and receiver.type in self._grammar.sequences:
            between = self.ways(arguments[0], depth + 1) if arguments else [Text((Piece(""),))]
            parts = [
                part for item in self._document.items_of(receiver) for part in (between, self.ways(item, depth + 1))
            ]
            return _merged(joined(parts[1:])) if parts else [HOLE]
        if name == "concat":
            return _merged(joined([self.ways(part, depth + 1) for part in (receiver, *arguments)]))
        return self._returned(node, depth)

    def _returned(self, call: Node, depth: int) -> list[Text]:
        """What a function of this project gives back, its parameters filled with the arguments of `call`; else a hole.

        What is not known of the function is a rewriting that is not known, so that the argument is still seen.
        """
        found = self._analysis.calls.returned(call, depth)
        if found is not None:
            return found
        arguments = self._document.positional(call)
        if len(arguments) == 1 and self._document.receiver(call) is None:
            return [changed(way, UNKNOWN) for way in self.ways(arguments[0], depth + 1)] or [HOLE]
        return self.by_origin(call, depth)

    def by_origin(self, node: Node, depth: int) -> list[Text]:
        """A hole that says what fills it, where that is known."""
        origin = self._analysis.origins.of(node, depth)
        return [HOLE if origin is None else hole_of(origin)]

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
                    positional.append(self._as_text(argument, depth))
            else:
                name, value = (self._document.child(argument, field) for field in fields)
                if name is not None and value is not None:
                    named[self._document.text(name)] = self._as_text(value, depth)
        if self._grammar.captured is not None:
            for text in self.ways(template, depth + 1):
                for name in self._grammar.captured.findall(text.starred()):
                    named.setdefault(name, self._analysis.names.bound(self._bindings.values_of(name, call), depth))
        fill = FILLED_BY[self._grammar.formats[self._document.called_name(call)][0]]
        values = Values(positional, named)
        return unique(way for text in self.ways(template, depth + 1) for way in fill(text, values))

    def _as_text(self, node: Node, depth: int) -> list[Text]:
        """What `node` evaluates to where the language turns it into text."""
        return unique(converted(way, self._grammar.name) for way in self.ways(node, depth + 1))


def _texts(ways: list[Text]) -> list[Text]:
    return [way if way.json_type == "string" else HOLE for way in ways]


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
