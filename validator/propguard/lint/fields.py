"""What stands behind a dot: fields of classes, members of enums, entries of a map that a name is bound to."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tree_sitter import Node

    from propguard.lint.bindings import Bindings
    from propguard.lint.document import Document
    from propguard.lint.words import Words

_SELVES = frozenset({"Self", "cls", "self", "this", "$this", "static", "@"})
_MOST_OCCURRENCES = 2000
_MOST_VALUES = 8


class Fields:
    """The fields of one document, as far as it says itself what they hold."""

    def __init__(self, document: Document, bindings: Bindings, words: Words) -> None:
        self._document = document
        self._grammar = document.grammar
        self._bindings = bindings
        self._words = words
        self._found: dict[str, list[tuple[Node, Node]]] = {}

    def values(self, member: Node) -> list[Node] | None:
        """The expressions that the field holds which `member` reads; null where that cannot be known."""
        receiver = self._document.child(member, 0)
        field = self._document.child(member, self._grammar.members[member.type])
        if receiver is None or field is None:
            return None
        if receiver.type in self._grammar.members and self._grammar.carriers:
            return [value for value in self.values(receiver) or () if self._is_carried(value)] or None
        if receiver.named_child_count > 0:
            return None
        name, of = self._document.text(field), self._document.text(receiver)
        if of in _SELVES:
            around = self._class_around(member)
            values = [value for owner, value in self._in_classes(name) if owner == around]
        else:
            values = self._in_map(receiver, name)
            values = values or [value for owner, value in self._in_classes(name) if self._name_of(owner) == of]
        return values if 0 < len(values) <= _MOST_VALUES else None

    def of_class(self, owner: Node, name: str) -> list[Node]:
        """The values that the field `name` of a class or an enum is given."""
        return [value for found, value in self._in_classes(name) if found == owner][:_MOST_VALUES]

    def same_members(self, member: Node) -> list[Node]:
        """Every place at which a field of the same name is read or written."""
        field = self._document.child(member, self._grammar.members[member.type])
        return [] if field is None else [node for node in self._members(self._document.text(field)) if node != member]

    def members(self, owner: Node) -> list[Node]:
        """The values that the body of a class or an enum gives its fields, in their order."""
        body = owner.child_by_field_name("body")
        found = []
        for child in body.named_children if body is not None else ():
            inner = child.named_children[0] if child.type == "expression_statement" and child.named_children else child
            fields = self._grammar.fields.get(inner.type) or self._grammar.assignments.get(inner.type)
            value = None if fields is None else self._document.child(inner, fields[1])
            if value is not None:
                found.append(value)
        return found

    def references(self, declared: Node) -> list[Node]:
        """Every expression that reads the field whose name `declared` is, where it is given a value."""
        given = self._document.beyond_lists(declared)
        if given is not None and given.type in self._grammar.members:
            given = self._document.beyond_lists(given)
        return [
            self._field_of_carrier(member)
            for member in self._members(self._document.text(declared).strip("\"'"))
            if any(self._giving(value) == given for value in self.values(member) or ())
        ]

    def _giving(self, value: Node) -> Node | None:
        """The declaration or assignment that gives a field `value`."""
        around = self._document.beyond_lists(value)
        if around is not None and around.type in self._grammar.arguments:  # of a member of an enum
            return around.parent
        return around

    def _is_carried(self, value: Node) -> bool:
        """Whether `value` is what a member of an enum is made with."""
        giving = self._giving(value)
        return giving is not None and giving.type in self._grammar.carriers

    def _field_of_carrier(self, member: Node) -> Node:
        """The expression that reads what the enum's member carries, where `member` is one: `Key.APP.header`."""
        around = member.parent
        if around is None or around.type not in self._grammar.members or self._document.child(around, 0) != member:
            return member
        return around if any(map(self._is_carried, self.values(around) or ())) else member

    def _members(self, name: str) -> list[Node]:
        return [
            node.parent
            for node in self.occurrences(name)
            if node.parent is not None
            and node.parent.type in self._grammar.members
            and self._document.child(node.parent, self._grammar.members[node.parent.type]) == node
        ]

    def _in_map(self, receiver: Node, name: str) -> list[Node]:
        """The entries called `name` of the maps that a variable is bound to."""
        maps = self._bindings.values(receiver) if receiver.type in self._grammar.names else None
        return [
            value
            for bound in map(self._document.bare, maps or ())
            if self._document.is_map(bound)
            for pair in self._document.items_of(bound)
            if self._document.is_pair(pair) and self._document.label(pair) == name
            if (value := self._document.halves(pair)[1]) is not None
        ]

    def _in_classes(self, name: str) -> list[tuple[Node, Node]]:
        """Each class or enum that has a field of this name, with a value that the field is given."""
        found = self._found.get(name)
        if found is None:
            given = [value for node in self.occurrences(name) if (value := self._given(node)) is not None]
            owners = map(self._class_around, given)
            found = [(owner, value) for owner, value in zip(owners, given, strict=True) if owner is not None]
            self._found[name] = found
        return found

    def _given(self, name: Node) -> Node | None:
        """The value that a field gets where its name stands: in the body of the class, or behind `self.`."""
        grammar, parent = self._grammar, self._document.beyond_lists(name)
        if parent is None:
            return None
        if parent.type in grammar.members:
            receiver, name, parent = self._document.child(parent, 0), parent, self._document.beyond_lists(parent)
            if parent is None or receiver is None or self._document.text(receiver) not in _SELVES:
                return None
        elif parent.type in grammar.fields:
            name_field, value_field = grammar.fields[parent.type]
            return (
                self._document.child(parent, value_field) if self._document.is_field(name, parent, name_field) else None
            )
        elif not self._bindings.is_in_class_body(parent):
            return None
        fields = grammar.assignments.get(parent.type)
        if fields is None or not self._document.is_field(name, parent, fields[0]):
            return None
        return self._document.child(parent, fields[1])

    def _class_around(self, node: Node) -> Node | None:
        return next((around for around in self._document.lineage(node) if around.type in self._grammar.classes), None)

    def _name_of(self, owner: Node) -> str:
        name = owner.child_by_field_name("name") or owner.child_by_field_name("type")
        return "" if name is None else self._document.text(name)

    def occurrences(self, name: str) -> list[Node]:
        """The nodes of which `name` is the whole text."""
        word, nodes = name.encode(), []
        for count, start in enumerate(self._words.places(word)):
            if count >= _MOST_OCCURRENCES:
                return []
            node = self._document.node_at(start, start + len(word))
            if node is not None and node.end_byte - node.start_byte == len(word):
                nodes.append(node)
        return nodes
