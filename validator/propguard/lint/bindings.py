"""Names and what they are bound to in the same file: found by searching for the name, then asking the tree."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from propguard.lint.fields import Fields
from propguard.lint.words import Words

if TYPE_CHECKING:
    from tree_sitter import Node

    from propguard.lint.document import Document

_MOST_OCCURRENCES = 2000
_MOST_VALUES = 8


class _Occurrences(NamedTuple):
    """Where a name stands. `bound` pairs each scope with a value; `opaque` lists scopes in which it is bound to
    something that is not known, a parameter for instance; `patterns` are the places in such scopes at which it is."""

    bound: list[tuple[Node, Node]]
    opaque: list[Node]
    references: list[Node]
    patterns: list[Node]


class Bindings:
    """The names of one document."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._grammar = document.grammar
        self._words = Words(document)
        self._takes_in_names = document.grammar.inline is not None or document.grammar.captured is not None
        self._found: dict[str, _Occurrences] = {}
        self.fields = Fields(document, self, self._words)

    def values(self, name: Node) -> list[Node] | None:
        """The expressions that `name` is bound to where it stands; null where that cannot be known."""
        return self.values_of(self._document.text(name), name)

    def values_of(self, name: str, place: Node) -> list[Node] | None:
        """The expressions that a name is bound to at `place`; null where that cannot be known."""
        occurrences = self._occurrences(name)
        for scope in self._scopes_around(place):
            if scope in occurrences.opaque:
                return None
            values = self._in_force([value for where, value in occurrences.bound if where == scope], place)
            if values:
                inside_itself = any(value.start_byte <= place.start_byte < value.end_byte for value in values)
                return None if inside_itself or len(values) > _MOST_VALUES else values
        return None

    def companions(self, name: Node) -> list[Node]:
        """The other places at which the same variable stands as `name` does, where it is not bound anew."""
        occurrences = self._occurrences(self._document.text(name))
        scope = self._scope_of(name, occurrences)
        if scope is None:
            return []
        updated = [node for node in occurrences.patterns if self._is_updated(node)]
        return [
            node
            for node in (*occurrences.references, *updated)
            if node != name and self._scope_of(node, occurrences) == scope
        ]

    def _is_updated(self, name: Node) -> bool:
        """Whether `name` is given more: `name |= other`."""
        return name.parent is not None and name.parent.type in self._grammar.assignments

    def bound_beside(self, name: Node) -> list[Node]:
        """The expressions that the variable `name` is bound to, be it a parameter as well, but for one that `name` stands in."""
        occurrences = self._occurrences(self._document.text(name))
        scope = self._scope_of(name, occurrences)
        values = [value for where, value in occurrences.bound if where == scope]
        return [value for value in values if not value.start_byte <= name.start_byte < value.end_byte][:_MOST_VALUES]

    def declaring_scope(self, name: Node) -> Node | None:
        """The scope of the variable that `name` is, null where this document does not declare it."""
        return self._scope_of(name, self._occurrences(self._document.text(name)))

    def taken_apart(self, name: Node) -> tuple[Node, tuple[str, ...]] | None:
        """The expression that `name` is taken out of, and what it is called there: `const { a: { b } } = options`."""
        occurrences = self._occurrences(self._document.text(name))
        scope = self._scope_of(name, occurrences)
        for pattern in occurrences.patterns:
            if scope is not None and self._scopes_around(pattern)[0] == scope:
                path: list[str] = []
                for inner, around in pairwise(self._document.lineage(pattern)):
                    if around.type == "pair_pattern":
                        key = around.child_by_field_name("key")
                        path.append("" if key is None else self._document.text(key).strip("\"'"))
                    elif inner.type == "shorthand_property_identifier_pattern":
                        path.append(self._document.text(inner))
                    if around.type in self._grammar.declarations:
                        value = self._document.child(around, self._grammar.declarations[around.type][1])
                        is_rest = pattern.parent is not None and pattern.parent.type == "rest_pattern"
                        return None if value is None or is_rest or not path else (value, tuple(reversed(path)))
                    if around.type in self._grammar.scopes:
                        break
        return None

    def is_top_level(self, name: Node) -> bool:
        """Whether no function or block around `name` declares it, but for an import."""
        occurrences = self._occurrences(self._document.text(name))
        scope = self._scope_of(name, occurrences)
        if scope is None or scope == self._document.root:
            return True
        return any(
            self._scopes_around(pattern)[0] == scope and self._is_imported(pattern) for pattern in occurrences.patterns
        )

    def function_named(self, name: Node) -> Node | None:
        """The function that declares `name` as its own, where it stands."""
        occurrences = self._occurrences(self._document.text(name))
        scope = self._scope_of(name, occurrences)
        for pattern in occurrences.patterns:
            parent = pattern.parent
            if (
                parent is not None
                and parent.type in self._grammar.functions
                and parent.child_by_field_name("name") == pattern
                and scope in self._scopes_around(parent)[:2]
            ):
                return parent
        return None

    def _is_imported(self, pattern: Node) -> bool:
        around = self._document.lineage(pattern)[1:5]
        return any("import" in node.type for node in around)

    def words_named(self, text: str) -> list[Node]:
        """Every node of which `text` is the whole text."""
        return self.fields.occurrences(text)

    def _scope_of(self, name: Node, occurrences: _Occurrences) -> Node | None:
        for around in self._scopes_around(name):
            if around in occurrences.opaque or any(where == around for where, _ in occurrences.bound):
                return around
        return None

    def _in_force(self, values: list[Node], place: Node) -> list[Node]:
        """Those of a scope's values that a name may have at `place`, where it can be declared anew in one scope."""
        renewing = [value for value in values if self._renews(value)]
        if not renewing:
            return values
        before = [value for value in renewing if value.start_byte <= place.start_byte]
        return [value for value in values if value in before[-1:] or not self._renews(value)] if before else []

    def _renews(self, value: Node) -> bool:
        parent = self._document.beyond_lists(value)
        return parent is not None and parent.type in self._grammar.renewing

    def references(self, declared: Node) -> list[Node]:
        """Every use of the name that the node `declared` binds."""
        scope = self._scopes_around(declared)[0]
        occurrences = self._occurrences(self._document.text(declared))
        return [node for node in occurrences.references if self._sees(node, scope, occurrences)]

    def identity(self, declared: Node) -> tuple[str, int]:
        """What nodes that bind the same name of the same scope have in common."""
        return self._document.text(declared), self._scopes_around(declared)[0].id

    def is_in_class_body(self, node: Node) -> bool:
        """Whether a name that `node` declares is a field of a class."""
        return self._scopes_around(node)[0].type in self._grammar.classes

    def _sees(self, reference: Node, scope: Node, occurrences: _Occurrences) -> bool:
        for around in self._scopes_around(reference):
            if around == scope:
                return True
            if around in occurrences.opaque or any(where == around for where, _ in occurrences.bound):
                return False
        return False

    def _scopes_around(self, node: Node) -> list[Node]:
        """The scopes that `node` stands in, innermost first, the whole document last."""
        return [
            around
            for around in self._document.lineage(node)
            if around.type in self._grammar.scopes or around == self._document.root
        ]

    def _occurrences(self, name: str) -> _Occurrences:
        found = self._found.get(name)
        if found is None:
            found = self._found[name] = self._search(name)
        return found

    def _search(self, name: str) -> _Occurrences:
        occurrences = _Occurrences([], [], [], [])
        word = name.encode()
        for count, start in enumerate(self._words.places(word)):
            if count >= _MOST_OCCURRENCES:
                occurrences.opaque.append(self._document.root)
                break
            node = self._document.node_at(start, start + len(word))
            if node is None:
                continue
            if node.type in self._grammar.names and node.end_byte - node.start_byte == len(word):
                self._sort_in(node, occurrences)
            elif self._takes_in_names and node.type in self._grammar.content:
                occurrences.references.append(node)
        return self._attributed(occurrences) if self._grammar.rebinding else occurrences

    def _sort_in(self, node: Node, occurrences: _Occurrences) -> None:
        parent = self._document.beyond_lists(node)
        if parent is None or node.parent is None or self._is_label(node, node.parent):
            return
        scopes = self._scopes_around(node)
        fields = self._grammar.declarations.get(parent.type)
        if fields is not None and self._document.is_field(node, parent, fields[0]):
            value = self._document.counterpart(node, parent, fields[1])
            if value is not None and not self._adds(parent):
                occurrences.bound.append((scopes[0], value))
            elif value is None and node.parent.type not in self._grammar.lists:
                return
            else:
                occurrences.opaque.append(scopes[0])
        elif parent.type in self._grammar.opaque or node.type.endswith("_pattern"):
            occurrences.opaque.append(scopes[0])
            occurrences.patterns.append(node)
        elif (field := self._opaque_field(node, parent)) is not None:
            occurrences.patterns.append(node)
            names_the_scope = field == "name" and parent.type in self._grammar.scopes
            occurrences.opaque.append(scopes[1] if names_the_scope and len(scopes) > 1 else scopes[0])
        else:
            occurrences.references.append(node)

    def _adds(self, assignment: Node) -> bool:
        """Whether an assignment puts something to what is there."""
        operator = assignment.child_by_field_name("operator")
        return operator is not None and self._document.text(operator) not in {"=", ":="}

    def _is_label(self, node: Node, parent: Node) -> bool:
        """Whether the name is that of a member or a keyword argument, and so no name of the scope."""
        member = self._grammar.members.get(parent.type)
        if member is not None:
            return self._document.child(parent, member) == node
        keyword = self._grammar.keyword_arguments.get(parent.type)
        return (
            keyword is not None
            and self._document.is_keyword(parent)
            and self._document.child(parent, keyword[0]) == node
        )

    def _opaque_field(self, node: Node, parent: Node) -> str | None:
        for kind, field in self._grammar.opaque_fields:
            if parent.type == kind and self._document.is_field(node, parent, field):
                return str(field)
        return None

    def _attributed(self, occurrences: _Occurrences) -> _Occurrences:
        """Assignments to a variable of an outer scope counted there."""
        declared = [scope for scope, value in occurrences.bound if not self._is_rebinding(value)]
        declared += occurrences.opaque
        moved = [
            (next((around for around in self._scopes_around(value) if around in declared), self._document.root), value)
            if self._is_rebinding(value)
            else (scope, value)
            for scope, value in occurrences.bound
        ]
        return occurrences._replace(bound=moved)

    def _is_rebinding(self, value: Node) -> bool:
        parent = self._document.beyond_lists(value)
        return parent is not None and parent.type in self._grammar.rebinding
