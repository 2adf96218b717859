"""What a name, a member or a subscript stands for where the document does not say its value: whose parameter it is, which
field of a class, or which entry of a map."""

from __future__ import annotations

from typing import TYPE_CHECKING

from propguard.lint.functions import Given
from propguard.lint.loops import Loop, loop_of
from propguard.lint.origin import Origin

if TYPE_CHECKING:
    from tree_sitter import Node

    from propguard.lint.analysis import Analysis

_DEEPEST = 40
_SELVES = frozenset({"self", "cls", "this", "$this"})
_TAKING = frozenset({"get", "pop"})
_FALLBACK = frozenset({"or", "||", "??", "?:"})
_SAME = frozenset({"dict", "freeze", "copy", "deepcopy", "structuredClone", "str", "String"})


class Origins:
    """Finds the origins of expressions of one document."""

    def __init__(self, analysis: Analysis) -> None:
        self._analysis = analysis
        self._document = analysis.document
        self._grammar = analysis.document.grammar
        self.iterated: dict[int, Node] = {}
        """Maps that are gone through, by the byte at which they begin."""

        self.owners: dict[int, Node] = {}
        """Functions and classes whose parameters and fields are origins, by the byte at which they begin."""

        self._known: dict[int, tuple[int, Origin | None]] = {}
        self._pending: set[int] = set()

    def of(self, node: Node, depth: int = 0) -> Origin | None:
        """The origin of `node`, null where it has none. Found once, and not by way of itself."""
        if depth > _DEEPEST or node.id in self._pending:
            return None
        known = self._known.get(node.id)
        if known is None or known[0] > depth:  # what was found further down may have been cut short
            self._pending.add(node.id)
            try:
                known = self._known[node.id] = depth, self._found(node, depth)
            finally:
                self._pending.discard(node.id)
        return known[1]

    def _found(self, node: Node, depth: int) -> Origin | None:
        grammar, kind = self._grammar, node.type
        if kind in grammar.names:
            return self._of_name(node, depth)
        if kind in grammar.members:
            return self._of_member(node, depth)
        if kind in grammar.subscripts:
            return self._of_subscript(node, depth)
        if kind in grammar.transparent and node.named_children:
            return self.of(node.named_children[0], depth + 1)
        if kind in grammar.binary:
            operator, left = node.child_by_field_name("operator"), node.child_by_field_name("left")
            if left is not None and operator is not None and self._document.text(operator) in _FALLBACK:
                return self.of(left, depth + 1)
        if kind in grammar.calls:
            return self._of_call(node, depth)
        return None

    def declaration(self, name: Node) -> Loop | Given | None:
        """The loop that gives `name` its value, or the function that it is a parameter of."""
        text = self._document.text(name)
        functions = self._analysis.functions
        lineage = self._document.lineage(name)
        for at, around in enumerate(lineage[1:], start=1):
            loop = loop_of(self._document, lineage, at)
            if loop is not None:
                return loop
            if around.type in self._grammar.functions:
                declared = functions.parameters(around).get(text)
                if declared is not None:
                    return Given(around, declared)
        return None

    def _of_name(self, name: Node, depth: int) -> Origin | None:
        bindings = self._analysis.bindings
        values = bindings.values(name)
        if values is not None:
            found = {self.of(value, depth + 1) for value in values}
            return found.pop() if len(found) == 1 else next((one for one in found if one is not None), None)
        declaration = self.declaration(name)
        if isinstance(declaration, Loop):
            return self.in_loop(declaration)
        if declaration is not None:
            return self.of_parameter(declaration)
        taken = bindings.taken_apart(name)
        if taken is not None:
            whole, path = taken
            origin = self.of(whole, depth + 1)
            for part in path:
                origin = None if origin is None else origin.below(part)
            return origin
        return None

    def of_parameter(self, given: Given) -> Origin:
        return self._owned(given.function, given.declared.parameter.name)

    def _owned(self, owner: Node, name: str) -> Origin:
        self.owners[owner.start_byte] = owner
        return Origin(owner.start_byte, name)

    def in_loop(self, loop: Loop) -> Origin:
        self.iterated[loop.iterated.start_byte] = loop.iterated
        return Origin(loop.iterated.start_byte, "", part=loop.part)

    def _of_member(self, member: Node, depth: int) -> Origin | None:
        field = self._document.child(member, self._grammar.members[member.type])
        receiver = member.named_children[0] if member.named_children else None
        if field is None or receiver is None:
            return None
        name = self._document.text(field).removeprefix("#")
        declared = self.class_field(member)
        if declared is not None:
            return declared
        values = self._analysis.bindings.fields.values(member)
        if values is not None:
            found = [origin for value in values if (origin := self.of(value, depth + 1)) is not None]
            if found:
                return found[0]
        if self._document.text(receiver) in _SELVES:
            return self._of_field(member, name)
        origin = self.of(receiver, depth + 1)
        return None if origin is None else origin.below(name)

    def class_field(self, member: Node) -> Origin | None:
        """The field of its own class that `member` reads, where the class declares it with a type and no constructor of
        its own gives it a value: then whoever makes the object does."""
        receiver = member.named_children[0] if member.named_children else None
        field = self._document.child(member, self._grammar.members[member.type])
        if receiver is None or field is None or self._document.text(receiver) not in _SELVES:
            return None
        owner = next((one for one in self._document.lineage(member) if one.type in self._grammar.classes), None)
        name = self._document.text(field)
        if owner is None or self._analysis.constructor(owner) is not None:
            return None
        return self._owned(owner, name) if name in self._analysis.functions.class_fields(owner) else None

    def _of_field(self, member: Node, name: str) -> Origin | None:
        """A field that the constructor declares among its parameters."""
        functions = self._analysis.functions
        for around in self._document.lineage(member):
            if around.type in self._grammar.classes:
                constructor = self._analysis.constructor(around)
                taken = {} if constructor is None else functions.parameters(constructor)
                declared = next((one for one in (name, f"${name}") if one in taken), None)
                if constructor is not None and declared is not None:
                    return self._owned(constructor, declared)  # TypeScript's `constructor(private name: …)`
                return None
        return None

    def _of_subscript(self, node: Node, depth: int) -> Origin | None:
        index = self._document.child(node, self._grammar.subscripts[node.type])
        whole = node.named_children[0] if node.named_children else None
        if index is None or whole is None:
            return None
        ways = self._analysis.evaluator.ways(index, depth + 5)
        if len(ways) != 1:
            return None
        if (known := ways[0].known) is not None:
            origin = self.of(whole, depth + 1)
            return None if origin is None else origin.below(known)
        key = ways[0].pieces[0].origin if len(ways[0].pieces) == 1 else None
        if key is None or key.part != "key" or key.changes:
            return None
        iterated = self.iterated.get(key.owner)
        if iterated is not None and not key.name and self._document.text(iterated) == self._document.text(whole):
            return key._replace(part="value")
        return None

    def _of_call(self, call: Node, depth: int) -> Origin | None:
        name, receiver = self._document.called_name(call), self._document.receiver(call)
        arguments = self._document.positional(call)
        if name in _TAKING and receiver is not None and arguments:
            ways = self._analysis.evaluator.ways(arguments[0], depth + 5)
            origin = self.of(receiver, depth + 1)
            if origin is not None and len(ways) == 1 and ways[0].known is not None:
                return origin.below(ways[0].known)
            key = ways[0].pieces[0].origin if len(ways) == 1 and len(ways[0].pieces) == 1 else None
            if key is not None and key.part == "key" and not key.name and not key.changes:
                iterated = self.iterated.get(key.owner)
                if iterated is not None and self._document.text(iterated) == self._document.text(receiver):
                    return key._replace(part="value")
            return None
        if name in _SAME:
            inner = arguments[0] if arguments else receiver
            return None if inner is None else self.of(inner, depth + 1)
        return None
