"""What a map holds where it is used: its literal, what is spread into it, and what is put into it on the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from propguard.lint.entries import ANYTHING, NONE, Entries, Entry
from propguard.lint.functions import Given
from propguard.lint.loops import entries_source
from propguard.lint.map_steps import MapSteps
from propguard.lint.origin import Origin
from propguard.lint.text import HOLE, Piece, Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tree_sitter import Node

    from propguard.lint.analysis import Analysis

_DEEPEST = 16
_FALLBACK = frozenset({"or", "||", "??", "?:", "|"})
_GUARD = frozenset({"and", "&&"})
_MADE_OF = frozenset(
    {
        "array_merge",
        "dict",
        "assign",
        "fromEntries",
        "Map",
        "OrderedDict",
        "Record",
        "freeze",
        "copy",
        "deepcopy",
        "merge",
    }
)
_SAME = frozenset({"copy", "items", "entries", "model_dump", "dict", "asdict"})


_REMEMBERED = frozenset({"useMemo", "memoize", "once", "computed"})
"""What gives back what a function gives back that is handed to it."""

_STORED = frozenset({"get", "getStore"})
_STORING = frozenset({"set", "run", "enterWith"})
"""How context variables and asynchronous storages are read, and how they are written."""


class Maps:
    """Reads the maps of one document."""

    def __init__(self, analysis: Analysis) -> None:
        self._analysis = analysis
        self._document = analysis.document
        self._grammar = analysis.document.grammar
        self._steps = MapSteps(analysis, self)
        self._pending: set[int] = set()
        self._circles = 0
        self._known: dict[int, tuple[int, Entries]] = {}
        self._known_below: dict[tuple[int, tuple[str, ...]], tuple[int, list[Node | Origin | None]]] = {}

    def entries(self, node: Node, depth: int = 0) -> Entries:
        """The entries of the map that `node` comes out as. Found once: maps made of maps made of maps would multiply."""
        if node.id in self._pending:
            self._circles += 1
            return NONE
        known = self._known.get(node.id)
        if known is not None and known[0] <= depth:  # what was found further down may have been cut short
            return known[1]
        if depth > _DEEPEST:
            return ANYTHING
        self._document.budget.check()
        self._pending.add(node.id)
        circles = self._circles
        try:
            found = self._entries(node, depth)
        finally:
            self._pending.discard(node.id)
        if circles == self._circles or not self._pending:  # else what is in the circle is not all there yet
            self._known[node.id] = depth, found
        return found

    def below(self, node: Node, path: Sequence[str], depth: int = 0) -> list[Node | Origin | None]:
        """What `path` leads to in the map or object that `node` comes out as: expressions, or what they come from."""
        place = node.id, tuple(path)
        known = self._known_below.get(place)
        if known is None or known[0] > depth:
            self._document.budget.check()
            known = self._known_below[place] = depth, list(dict.fromkeys(self._below(node, path, depth)))
        return known[1]

    def _below(self, node: Node, path: Sequence[str], depth: int) -> list[Node | Origin | None]:
        if not path:
            return [node]
        if depth > _DEEPEST:
            return [None]
        name, grammar = path[0], self._grammar
        node = self._document.bare(node)
        if self._document.is_map(node):
            return [target for value in self._under(node, name) for target in self._further(value, path[1:], depth)]
        if node.type in grammar.names:
            return self._below_name(node, path, depth)
        if node.type in grammar.calls:
            keyword = self._document.keyword(node, name)
            if keyword is not None:
                return self.below(keyword, path[1:], depth + 1)
            if any(map(self._document.is_keyword, self._document.arguments_of(node))):
                return []  # an object made without it
        if node.type in grammar.conditional or node.type in grammar.choices:
            return [
                target for branch in self._document.branches(node) for target in self.below(branch, path, depth + 1)
            ]
        if node.type in grammar.binary:
            sides = [node.child_by_field_name("left"), node.child_by_field_name("right")]
            return [target for side in sides if side is not None for target in self.below(side, path, depth + 1)]
        return self._by_origin(node, path)

    def _by_origin(self, node: Node, path: Sequence[str]) -> list[Node | Origin | None]:
        origin = self._analysis.origins.of(node)
        for part in path:
            origin = None if origin is None else origin.below(part)
        return [origin]

    def _below_name(self, name: Node, path: Sequence[str], depth: int) -> list[Node | Origin | None]:
        bindings = self._analysis.bindings
        found: list[Node | Origin | None] = [
            target for value in bindings.values(name) or () for target in self.below(value, path, depth + 1)
        ]
        for other in self._steps.earlier(name):
            target = self._steps.assigned_below(other, path[0])
            if target is not None:
                found.extend(self.below(target, path[1:], depth + 1))
        return found or self._by_origin(name, path)

    def _entries(self, node: Node, depth: int) -> Entries:
        grammar, kind = self._grammar, node.type
        if self._document.is_map(node):
            return self._of_literal(node, depth)
        if kind in grammar.transparent and node.named_children:
            return self.entries(node.named_children[0], depth + 1)
        if kind in grammar.conditional or kind in grammar.choices:
            return self.sum(self._document.branches(node), depth)
        if kind in grammar.binary:
            return self._of_binary(node, depth)
        if kind in grammar.sequences:
            return self._of_pairs(node, depth)
        if kind in grammar.calls:
            return self._of_call(node, depth)
        if kind in grammar.names:
            return self._of_name(node, depth)
        if kind in grammar.members:
            return self._of_member(node, depth)
        if kind in grammar.scalars and grammar.scalars[kind] == "null":
            return NONE
        origin = self._analysis.origins.of(node)
        return Entries(rest=(origin,))

    def sum(self, nodes: Sequence[Node], depth: int) -> Entries:
        found = NONE
        for node in nodes:
            found += self.entries(node, depth + 1)
        return found

    def _of_literal(self, literal: Node, depth: int) -> Entries:
        grammar = self._grammar
        clause = next((child for child in literal.named_children if child.type in grammar.loops), None)
        known: list[Entry] = []
        found = NONE
        for child in self._document.items_of(literal):
            if self._document.is_entry(child):
                key, value = self._document.halves(child)
                if key is not None:
                    known.append(self.entry(self.key_ways(key), value, key, literal))
            elif child.type in grammar.shorthand:
                name = Text((Piece(self._document.text(child), child.start_byte, named=True),))
                known.append(self.entry([name], child, child, literal))
            elif child.type in grammar.spreads and child.named_children:
                found += self.entries(child.named_children[0], depth + 1)
        if clause is None:
            return Entries(tuple(known)) + found
        return self.expanded(known)

    def expanded(self, entries: Sequence[Entry]) -> Entries:
        """`entries` in which a key may stand for each key of another map, with the entries of that map put in."""
        known: list[Entry] = []
        rest: list[Origin | None] = []
        for entry in entries:
            inner = next((o for way in entry.keys for o in way.origins() if not o.name and o.part == "key"), None)
            source = None if inner is None else self._analysis.origins.iterated.get(inner.owner)
            if inner is None or source is None:
                known.append(entry)
                continue
            of = self.entries(source, 1)
            fill = self._analysis.calls.filled
            known.extend(
                found
                for one in of.known
                for found in one.becoming(
                    fill(entry.keys, inner.owner, "key", one.keys), fill(entry.values, inner.owner, "value", one.values)
                )
            )
            plain = all(
                len(way.pieces) == 1
                and not any(change[0] not in {"if", "text"} for o in way.origins() for change in o.changes)
                for way in entry.keys
            )
            rest.extend(of.rest if plain else [None] * bool(of.rest))
        return Entries(tuple(known), tuple(rest))

    def entry(self, keys: Sequence[Text], value: Node | None, node: Node, literal: Node | None) -> Entry:
        values = [HOLE] if value is None else self._analysis.evaluator.ways(value)
        return Entry(tuple(keys), tuple(values), node, literal)

    def key_ways(self, key: Node) -> list[Text]:
        """The ways in which the key of an entry comes out; a bare word is its own text where the language has it so."""
        grammar = self._grammar
        if key.child_count == 0 and key.type not in grammar.names and key.type not in grammar.scalars:
            return [Text((Piece(self._document.text(key), key.start_byte),))]
        return self._analysis.evaluator.ways(key)

    def _of_binary(self, node: Node, depth: int) -> Entries:
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        operator = node.child_by_field_name("operator")
        sign = "" if operator is None else self._document.text(operator)
        if left is None or right is None:
            return ANYTHING
        if sign in _GUARD:
            return self.entries(right, depth + 1)
        return self.sum([left, right], depth) if sign in _FALLBACK else ANYTHING

    def _of_pairs(self, sequence: Node, depth: int) -> Entries:
        """A list of pairs: `[("a", "b")]`, `[["a", "b"]]`."""
        known: list[Entry] = []
        found = NONE
        for child in sequence.named_children:
            items = [item for item in child.named_children if item.type not in self._grammar.comments]
            if child.type in self._grammar.sequences and len(items) == 2:
                known.append(self.entry(self._analysis.evaluator.ways(items[0]), items[1], items[0], None))
            elif child.type in self._grammar.spreads and items:
                found += self.entries(items[0], depth + 1)
            elif child.type not in self._grammar.comments:
                found += ANYTHING
        return Entries(tuple(known)) + found

    def _of_call(self, call: Node, depth: int) -> Entries:
        document = self._document
        name, receiver, arguments = document.called_name(call), document.receiver(call), document.positional(call)
        source = entries_source(document, call)
        if source != call:
            return self.entries(source, depth + 1)
        if name in _MADE_OF:
            found = self.sum(arguments, depth) + self.keywords(call)
            return found if arguments or receiver is None else found + self._of_receiver(receiver, depth)
        if name in _STORED and receiver is not None and receiver.type in self._grammar.names and not arguments:
            return self._stored(receiver, depth)
        if name in _REMEMBERED and arguments and arguments[0].type in self._grammar.functions:
            return self.sum(self._analysis.functions.returns(arguments[0]), depth)
        if name in _SAME and receiver is not None and not arguments:
            return self.entries(receiver, depth + 1)
        returned = self._analysis.calls.returned_entries(call, depth)
        if returned is not None:
            return returned
        return Entries(rest=(self._analysis.origins.of(call),))

    def _stored(self, variable: Node, depth: int) -> Entries:
        """What is put into a context variable, or an asynchronous storage, anywhere in the document."""
        found = NONE
        for other in self._analysis.bindings.companions(variable):
            call = None if other.parent is None else other.parent.parent
            if call is not None and call.type in self._grammar.calls and self._document.called_name(call) in _STORING:
                arguments = self._document.positional(call)
                found += self.entries(arguments[0], depth + 1) if arguments else NONE
        return found if found != NONE else ANYTHING

    def _of_receiver(self, receiver: Node, depth: int) -> Entries:
        return self.entries(receiver, depth + 1)

    def keywords(self, call: Node) -> Entries:
        """The keyword arguments of a call as entries of a map, with those that are spread into it."""
        return Entries(tuple(self._keyword_entries(call))) + self._spread_keywords(call)

    def _keyword_entries(self, call: Node) -> Iterator[Entry]:
        for argument in self._document.arguments_of(call):
            fields = self._grammar.keyword_arguments.get(argument.type)
            is_named = fields is not None and self._document.is_keyword(argument)
            name = self._document.child(argument, fields[0]) if fields is not None and is_named else None
            if fields is None or name is None:
                continue
            key = Text((Piece(self._document.text(name), name.start_byte),))
            yield self.entry([key], self._document.child(argument, fields[1]), name, None)

    def _spread_keywords(self, call: Node) -> Entries:
        found = NONE
        for argument in self._document.arguments_of(call):
            if argument.type in self._grammar.spreads and argument.named_children:
                found += self.entries(argument.named_children[0], 1)
        return found

    def _of_name(self, name: Node, depth: int) -> Entries:
        bindings = self._analysis.bindings
        beside = bindings.bound_beside(name)
        found = self.sum(beside, depth)
        declaration = self._analysis.origins.declaration(name)
        if isinstance(declaration, Given) or not beside:
            imported = None if beside or declaration else self._analysis.calls.constant_entries(name)
            origin = self._analysis.origins.of(name)
            found += imported if imported is not None else Entries(rest=(origin,))
        for other in self._steps.earlier(name):
            found += self._steps.put_at(other, depth)
        return found

    def _of_member(self, member: Node, depth: int) -> Entries:
        field = self._analysis.origins.class_field(member)
        if field is not None:
            return Entries(rest=(field,))
        values = self._analysis.bindings.fields.values(member)
        if values is None:
            imported = self._analysis.calls.constant_entries(member)
            return imported if imported is not None else Entries(rest=(self._analysis.origins.of(member),))
        found = self.sum(values, depth)
        text = self._document.text(member)
        for other in self._analysis.bindings.fields.same_members(member):
            if self._document.text(other) == text:
                found += self._steps.put_at(other, depth)
        return found

    def _further(self, target: Node | Origin | None, path: Sequence[str], depth: int) -> list[Node | Origin | None]:
        if target is None or not isinstance(target, Origin):
            return [None] if target is None else self.below(target, path, depth + 1)
        origin: Origin | None = target
        for part in path:
            origin = None if origin is None else origin.below(part)
        return [origin]

    def _under(self, literal: Node, name: str) -> Iterator[Node | Origin | None]:
        """The values that a map literal has under `name`."""
        for child in self._document.items_of(literal):
            if self._document.is_pair(child) and self._document.label(child) == name:
                value = self._document.halves(child)[1]
                if value is not None:
                    yield value
            elif child.type in self._grammar.shorthand and self._document.text(child) == name:
                yield child
            elif child.type in self._grammar.spreads and child.named_children:
                yield from (one for one in self.below(child.named_children[0], [name], 1) if one is not None)
