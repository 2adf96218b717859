"""Which class an object is of, as far as the source says: what it was made by, how it is declared, what a type says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from propguard.lint.functions import Given
from propguard.lint.modules import Definition

if TYPE_CHECKING:
    from tree_sitter import Node

    from propguard.lint.analysis import Analysis

_DEEPEST = 10
_SELVES = frozenset({"self", "cls", "this", "$this", "static"})
_PARTS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
ELSEWHERE = Definition("", "")
"""A class that is none of this project's."""


class Receivers:
    """Tells the classes of objects in one document."""

    def __init__(self, analysis: Analysis) -> None:
        self._analysis = analysis
        self._document = analysis.document
        self._grammar = analysis.document.grammar
        self._of_receivers: dict[int, Definition | None] = {}

    def class_of_receiver(self, node: Node) -> Definition | None:
        """The class of an object whose method is called, which is asked for every method of that name."""
        if node.id not in self._of_receivers:
            self._of_receivers[node.id] = self.class_of(node)
        return self._of_receivers[node.id]

    def class_of(self, node: Node, depth: int = 0) -> Definition | None:
        """The class that `node` is an object of (or the class itself); null where that is not known."""
        if depth > _DEEPEST:
            return None
        node, grammar = self._document.bare(node), self._grammar
        text = self._document.text(node) if node.end_byte - node.start_byte < 80 else ""
        if text in _SELVES or text in {"super", "super()"}:
            owner = next((one for one in self._document.lineage(node) if one.type in grammar.classes), None)
            name = None if owner is None else owner.child_by_field_name("name")
            return None if name is None else Definition(self._analysis.path, self._document.text(name))
        if node.type in grammar.names:
            return self._of_name(node, depth)
        if node.type in grammar.calls:
            return self._of_call(node, depth)
        if node.type in grammar.members:
            return self._of_member(node, depth)
        if node.type in grammar.binary and node.named_children:
            return self.class_of(node.named_children[-1], depth + 1)
        return None

    def named(self, name: str) -> Definition | None:
        """The class that a type of this name is."""
        if not name:
            return None
        if name in self._analysis.imports.declared():
            return Definition(self._analysis.path, name)
        if self._grammar.is_found_by_name:
            return Definition("", name)
        imported, modules = self._analysis.imports.of(name), self._analysis.modules
        if imported is None or modules is None:
            return None
        return modules.definition(self._analysis.path, imported) or ELSEWHERE

    def bases(self, definition: Definition) -> list[Definition]:
        """The classes that a class of this project derives from."""
        analysis = self._analysis
        if not definition.path:
            return []
        if definition.path != analysis.path:
            other = analysis.modules.analysis(definition.path) if analysis.modules is not None else None
            return [] if other is None else other.receivers.bases(definition)
        owner = analysis.imports.declared().get(definition.name)
        if owner is None:
            return []
        listed = owner.child_by_field_name("superclasses") or next(
            (child for child in owner.named_children if child.type == "class_heritage"), None
        )
        words = [] if listed is None else re.findall(r"[A-Za-z_$][\w$]*", self._document.text(listed))
        return [found for word in words if (found := self.named(word)) is not None]

    def _of_name(self, name: Node, depth: int) -> Definition | None:
        analysis, text = self._analysis, self._document.text(name)
        values = analysis.bindings.values(name)
        if values is not None:
            if self._document.is_map(self._document.bare(values[0])):
                return Definition(analysis.path, text)
            return self.class_of(values[0], depth + 1)
        declaration = analysis.origins.declaration(name)
        if isinstance(declaration, Given):
            return self.typed(declaration.declared.type)
        if declaration is not None:
            return None
        declared = analysis.imports.declared().get(text)
        if declared is not None and declared.type in self._grammar.classes:
            return Definition(analysis.path, text)
        if self._grammar.is_found_by_name:
            given = self._given_to_class(name, text)
            return self.named(text) if given is None and text[:1].isupper() else self.typed(given)
        definition, modules = analysis.calls.definition(name), analysis.modules
        if definition is not None and modules is not None:
            found = modules.declared(definition)
            if found is not None and found[1].type not in self._grammar.classes | self._grammar.functions:
                if found[0].document.is_map(found[1]):
                    return definition
                return found[0].receivers.class_of(found[1], depth + 1)
            return definition
        return ELSEWHERE if analysis.imports.of(text) is not None else None

    def _of_call(self, call: Node, depth: int) -> Definition | None:
        analysis = self._analysis
        callee = self._document.child(call, self._grammar.calls[call.type][0])
        function = analysis.calls.function(call)
        if function is not None:
            other, node = function
            annotation = node.child_by_field_name("return_type")
            typed = None if annotation is None else other.receivers.typed(annotation)
            if typed is not None:
                return typed
            returns = other.functions.returns(node)
            inner = other.document.bare(returns[0]) if returns else None
            if inner is not None and other.document.is_map(inner):
                return Definition(other.path, other.functions.name(node))
            return None if inner is None else other.receivers.class_of(inner, depth + 1)
        if callee is None:
            return None
        if callee.type in self._grammar.names:
            return self._of_name(callee, depth + 1)
        if callee.type in self._grammar.members and callee.named_children:
            definition = analysis.calls.definition(callee)
            return definition or self.class_of(callee.named_children[0], depth + 1)
        return None

    def _of_member(self, member: Node, depth: int) -> Definition | None:
        analysis = self._analysis
        values = analysis.bindings.fields.values(member)
        if values is not None:
            found = self.class_of(values[0], depth + 1)
            if found is not None:
                return found
        field = self._document.child(member, self._grammar.members[member.type])
        receiver = member.named_children[0] if member.named_children else None
        if field is None or receiver is None:
            return None
        name = self._document.text(field)
        if self._document.text(receiver) in _SELVES:
            owner = next((one for one in self._document.lineage(member) if one.type in self._grammar.classes), None)
            declared = None if owner is None else analysis.functions.class_fields(owner).get(name)
            constructor = None if owner is None else analysis.constructor(owner)
            if declared is None and constructor is not None:
                taken = analysis.functions.parameters(constructor)
                declared = taken.get(name) or taken.get(f"${name}")
            return None if declared is None else self.typed(declared.type)
        return analysis.calls.definition(member) or self._of_typed_field(receiver, name, depth)

    def _of_typed_field(self, receiver: Node, name: str, depth: int) -> Definition | None:
        """The class that a field is declared as, where that of the object is one of this document."""
        owner = self.class_of(receiver, depth + 1) if self._grammar.is_found_by_name else None
        if owner is None or owner.path != self._analysis.path:
            return None
        declared = self._analysis.imports.declared().get(owner.name)
        field = None if declared is None else self._analysis.functions.class_fields(declared).get(name)
        return None if field is None else self.typed(field.type)

    def _given_to_class(self, name: Node, text: str) -> Node | None:
        """The type of a parameter of the class around `name` that is a field of its objects at once."""
        owner = next((one for one in self._document.lineage(name) if one.type in self._grammar.classes), None)
        constructor = None if owner is None else self._analysis.constructor(owner)
        declared = None if constructor is None else self._analysis.functions.parameters(constructor).get(text)
        return None if declared is None else declared.type

    def typed(self, annotation: Node | None) -> Definition | None:
        """The class that a type says an object is of."""
        if annotation is None:
            return None
        return self.named(self._analysis.types.class_name(annotation))


def resembles(receiver: str, owner: str) -> bool:
    """Whether a variable is named after a class, as `llmClient` and `self._llm_client` are after `LLMClient`."""
    left, right = (
        {part.lower() for part in _PARTS.findall(name) if len(part) > 2}
        for name in (receiver.rpartition(".")[2], owner)
    )
    return bool(left) and (left <= right or right <= left or len(left & right) > 1)
