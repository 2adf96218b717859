"""What a map holds where it is used: its literal, what is spread into it, and what is put into it on the way."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from propguard.lint.functions import Given
from propguard.lint.loops import entries_source
from propguard.lint.origin import Origin
from propguard.lint.text import HOLE, Piece, Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tree_sitter import Node

    from propguard.lint.analysis import Analysis

_DEEPEST = 16
_MOST_ENTRIES = 2000
_FALLBACK = frozenset({"or", "||", "??", "|"})
_GUARD = frozenset({"and", "&&"})
_MERGING = frozenset({"|=", "??=", "||="})
_PUTTING = frozenset({"set", "setdefault", "put"})
_ADDING = frozenset({"update", "merge", "putAll"})
_MADE_OF = frozenset(
    {"dict", "assign", "fromEntries", "Map", "OrderedDict", "Record", "freeze", "copy", "deepcopy", "merge"}
)
_SAME = frozenset({"copy", "items", "entries", "model_dump", "dict", "asdict"})


_REMEMBERED = frozenset({"useMemo", "memoize", "once", "computed"})
"""What gives back what a function gives back that is handed to it."""

_STORED = frozenset({"get", "getStore"})
_STORING = frozenset({"set", "run", "enterWith"})
"""How context variables and asynchronous storages are read, and how they are written."""


class Entry(NamedTuple):
    """One entry: the ways its key and its value come out, and where it stands, null where that is another file.

    `literal` is the map literal that it stands in.
    """

    keys: tuple[Text, ...]
    values: tuple[Text, ...]
    node: Node | None
    literal: Node | None = None


class Entries(NamedTuple):
    """What is known of a map: its entries, and what else goes into it, null for what may be anything."""

    known: tuple[Entry, ...] = ()
    rest: tuple[Origin | None, ...] = ()

    def __add__(self, other: Entries) -> Entries:  # type: ignore[override]  # two maps in one
        return Entries((*self.known, *other.known)[:_MOST_ENTRIES], tuple(dict.fromkeys((*self.rest, *other.rest))))


NONE = Entries()
ANYTHING = Entries(rest=(None,))


class Maps:
    """Reads the maps of one document."""

    def __init__(self, analysis: Analysis) -> None:
        self._analysis = analysis
        self._document = analysis.document
        self._grammar = analysis.document.grammar
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
        if node.type in grammar.maps:
            return [target for value in self._under(node, name) for target in self._further(value, path[1:], depth)]
        if node.type in grammar.names:
            return self._below_name(node, path, depth)
        if node.type in grammar.calls:
            keyword = self._document.keyword(node, name)
            if keyword is not None:
                return self.below(keyword, path[1:], depth + 1)
            if any(one.type in grammar.keyword_arguments for one in self._document.arguments_of(node)):
                return []  # an object made without it
        if node.type in grammar.conditional:
            return [target for branch in self._branches(node) for target in self.below(branch, path, depth + 1)]
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
        for other in self._earlier(name):
            target = self._assigned_below(other, path[0])
            if target is not None:
                found.extend(self.below(target, path[1:], depth + 1))
        return found or self._by_origin(name, path)

    def _assigned_below(self, name: Node, key: str) -> Node | None:
        """The value of `name.key = value`, or of `name["key"] = value`."""
        access = name.parent
        target = None if access is None else access.parent
        if access is None or target is None or target.type not in self._grammar.assignments:
            return None
        left, right = self._grammar.assignments[target.type]
        if not self._document.is_field(access, target, left) or access.named_children[0] != name:
            return None
        field = self._grammar.members.get(access.type) or self._grammar.subscripts.get(access.type)
        written = None if field is None else access.child_by_field_name(field)
        if written is None or self._document.text(written).strip("\"'`") != key:
            return None
        return target.child_by_field_name(right)

    def _entries(self, node: Node, depth: int) -> Entries:
        grammar, kind = self._grammar, node.type
        if kind in grammar.maps:
            return self._of_literal(node, depth)
        if kind in grammar.transparent and node.named_children:
            return self.entries(node.named_children[0], depth + 1)
        if kind in grammar.conditional:
            return self._sum(self._branches(node), depth)
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

    def _sum(self, nodes: Sequence[Node], depth: int) -> Entries:
        found = NONE
        for node in nodes:
            found += self.entries(node, depth + 1)
        return found

    def _branches(self, node: Node) -> list[Node]:
        children = [child for child in node.named_children if child.type not in self._grammar.comments]
        return [children[place] for place in self._grammar.conditional[node.type] if place < len(children)]

    def _of_literal(self, literal: Node, depth: int) -> Entries:
        grammar = self._grammar
        clause = next((child for child in literal.named_children if child.type in grammar.loops), None)
        known: list[Entry] = []
        found = NONE
        for child in literal.named_children:
            if child.type in grammar.pairs:
                key_field, value_field = grammar.pairs[child.type]
                key, value = child.child_by_field_name(key_field), child.child_by_field_name(value_field)
                if key is not None:
                    known.append(self._entry(self.key_ways(key), value, key, literal))
            elif child.type in grammar.shorthand:
                name = Text((Piece(self._document.text(child), child.start_byte, named=True),))
                known.append(self._entry([name], child, child, literal))
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
                Entry(
                    tuple(fill(entry.keys, inner.owner, "key", one.keys)),
                    tuple(fill(entry.values, inner.owner, "value", one.values)),
                    one.node,
                    one.literal,
                )
                for one in of.known
            )
            plain = all(len(way.pieces) == 1 and not any(o.changes for o in way.origins()) for way in entry.keys)
            rest.extend(of.rest if plain else [None] * bool(of.rest))
        return Entries(tuple(known), tuple(rest))

    def _entry(self, keys: Sequence[Text], value: Node | None, node: Node, literal: Node | None) -> Entry:
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
        return self._sum([left, right], depth) if sign in _FALLBACK else ANYTHING

    def _of_pairs(self, sequence: Node, depth: int) -> Entries:
        """A list of pairs: `[("a", "b")]`, `[["a", "b"]]`."""
        known: list[Entry] = []
        found = NONE
        for child in sequence.named_children:
            items = [item for item in child.named_children if item.type not in self._grammar.comments]
            if child.type in self._grammar.sequences and len(items) == 2:
                known.append(self._entry(self._analysis.evaluator.ways(items[0]), items[1], items[0], None))
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
            found = self._sum(arguments, depth) + self.keywords(call)
            return found if arguments or receiver is None else found + self._of_receiver(receiver, depth)
        if name in _STORED and receiver is not None and receiver.type in self._grammar.names and not arguments:
            return self._stored(receiver, depth)
        if name in _REMEMBERED and arguments and arguments[0].type in self._grammar.functions:
            return self._sum(self._analysis.functions.returns(arguments[0]), depth)
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
            name = None if fields is None else argument.child_by_field_name(fields[0])
            if fields is None or name is None:
                continue
            key = Text((Piece(self._document.text(name), name.start_byte),))
            yield self._entry([key], argument.child_by_field_name(fields[1]), name, None)

    def _spread_keywords(self, call: Node) -> Entries:
        found = NONE
        for argument in self._document.arguments_of(call):
            if argument.type in self._grammar.spreads and argument.named_children:
                found += self.entries(argument.named_children[0], 1)
        return found

    def _of_name(self, name: Node, depth: int) -> Entries:
        bindings = self._analysis.bindings
        beside = bindings.bound_beside(name)
        found = self._sum(beside, depth)
        declaration = self._analysis.origins.declaration(name)
        if isinstance(declaration, Given) or not beside:
            imported = None if beside or declaration else self._analysis.calls.constant_entries(name)
            origin = self._analysis.origins.of(name)
            found += imported if imported is not None else Entries(rest=(origin,))
        for other in self._earlier(name):
            found += self._put_at(other, depth)
        return found

    def _of_member(self, member: Node, depth: int) -> Entries:
        field = self._analysis.origins.class_field(member)
        if field is not None:
            return Entries(rest=(field,))
        values = self._analysis.bindings.fields.values(member)
        if values is None:
            imported = self._analysis.calls.constant_entries(member)
            return imported if imported is not None else Entries(rest=(self._analysis.origins.of(member),))
        found = self._sum(values, depth)
        text = self._document.text(member)
        for other in self._analysis.bindings.fields.same_members(member):
            if self._document.text(other) == text:
                found += self._put_at(other, depth)
        return found

    def _earlier(self, name: Node) -> list[Node]:
        """The places before `name`, or in other functions, at which the same variable stands."""
        function = self._function_around(name)
        return [
            other
            for other in self._analysis.bindings.companions(name)
            if other.start_byte < name.start_byte or self._function_around(other) != function
        ]

    def _function_around(self, node: Node) -> Node | None:
        return next((around for around in self._document.lineage(node) if around.type in self._grammar.functions), None)

    def _put_at(self, name: Node, depth: int) -> Entries:
        """What is put into the map that `name` is, where it stands: `name[k] = v`, `name.k = v`, `name.update(…)` …"""
        grammar, document = self._grammar, self._document
        access = name.parent
        if access is None:
            return NONE
        if access.type in grammar.arguments and access.parent is not None:
            call = access.parent
            merged = document.positional(call) if call.type in grammar.calls else []
            is_merged = bool(merged) and merged[0] == name and document.called_name(call) == "assign"
            return self._sum(merged[1:], depth) if is_merged else NONE
        target = access.parent
        if access.type in grammar.assignments:
            return self._merged_in(name, access, depth)
        if target is None or not access.named_children or access.named_children[0] != name:
            return NONE
        if target.type in grammar.assignments and document.is_field(
            access, target, grammar.assignments[target.type][0]
        ):
            value = target.child_by_field_name(grammar.assignments[target.type][1])
            field = grammar.members.get(access.type) or grammar.subscripts.get(access.type)
            key = None if field is None else access.child_by_field_name(field)
            if key is None:
                return NONE
            entry = self._entry(self.key_ways(key), value, key, None)
            return self.expanded([entry])
        if access.type in grammar.members and target.type in grammar.calls:
            called, arguments = document.called_name(target), document.positional(target)
            if called in _PUTTING and len(arguments) >= 2:
                keys = self._analysis.evaluator.ways(arguments[0])
                return self.expanded([self._entry(keys, arguments[1], arguments[0], None)])
            if called in _ADDING:
                return self._sum(arguments, depth) + self.keywords(target)
        return NONE

    def _merged_in(self, name: Node, statement: Node, depth: int) -> Entries:
        """`name |= other`, and where it was nothing before, `name ??= other`."""
        fields = self._grammar.assignments.get(statement.type)
        operator = statement.child_by_field_name("operator")
        if fields is None or operator is None or self._document.text(operator) not in _MERGING:
            return NONE
        value = statement.child_by_field_name(fields[1])
        return NONE if value is None or value == name else self.entries(value, depth + 1)

    def _further(self, target: Node | Origin | None, path: Sequence[str], depth: int) -> list[Node | Origin | None]:
        if target is None or not isinstance(target, Origin):
            return [None] if target is None else self.below(target, path, depth + 1)
        origin: Origin | None = target
        for part in path:
            origin = None if origin is None else origin.below(part)
        return [origin]

    def _under(self, literal: Node, name: str) -> Iterator[Node | Origin | None]:
        """The values that a map literal has under `name`."""
        for child in literal.named_children:
            if child.type in self._grammar.pairs and self._document.label(child) == name:
                value = child.child_by_field_name(self._grammar.pairs[child.type][1])
                if value is not None:
                    yield value
            elif child.type in self._grammar.shorthand and self._document.text(child) == name:
                yield child
            elif child.type in self._grammar.spreads and child.named_children:
                yield from (one for one in self.below(child.named_children[0], [name], 1) if one is not None)
