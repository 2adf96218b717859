"""The function or class that an expression stands for: through names that it is bound to, fields, imports, and calls that
give back what they are given, such as decorators.

`run` in `run = lru_cache(maxsize=8)(ask)` stands for `ask`, and so does `service.ask` in `service = { ask: traced(ask) }`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from propguard.lint.functions import Given

if TYPE_CHECKING:
    from tree_sitter import Node

    from propguard.lint.analysis import Analysis
    from propguard.lint.modules import Definition

_DEEPEST = 8


class Callables:
    """Tells what the expressions of one document stand for."""

    def __init__(self, analysis: Analysis) -> None:
        self._analysis = analysis
        self._document = analysis.document
        self._grammar = analysis.document.grammar
        self._known: dict[int, tuple[Analysis, Node] | None] = {}

    def behind(self, node: Node, depth: int = 0) -> tuple[Analysis, Node] | None:
        """The function or class of this project that `node` stands for, and the analysis of its module."""
        if depth > _DEEPEST:
            return None
        if node.id not in self._known:
            self._known[node.id] = None  # what stands for itself stands for nothing
            self._known[node.id] = self._behind(self._document.bare(node), depth + 1)
        return self._known[node.id]

    def _behind(self, node: Node, depth: int) -> tuple[Analysis, Node] | None:
        grammar = self._grammar
        if node.type in grammar.functions:
            return self._analysis, node
        if node.type in grammar.names:
            return self._of_name(node, depth)
        if node.type in grammar.members:
            return self._of_member(node, depth)
        return self._of_call(node, depth) if node.type in grammar.calls else None

    def _of_name(self, name: Node, depth: int) -> tuple[Analysis, Node] | None:
        analysis, bindings = self._analysis, self._analysis.bindings
        values = bindings.values(name)
        if values is not None:
            return self.behind(values[0], depth) if len(values) == 1 else None
        function = bindings.function_named(name)
        if function is not None:
            return analysis, function
        if isinstance(analysis.origins.declaration(name), Given):
            return None
        taken = bindings.taken_apart(name)
        if taken is not None and len(taken[1]) == 1:
            return self._in_object(taken[0], taken[1][0], depth)
        declared = analysis.imports.declared().get(self._document.text(name))
        if declared is not None:
            return self._declared(analysis, declared, depth)
        return self._defined(analysis.calls.definition(name), depth)

    def _of_member(self, member: Node, depth: int) -> tuple[Analysis, Node] | None:
        found = self._defined(self._analysis.calls.definition(member), depth)
        if found is not None:
            return found
        values = self._analysis.bindings.fields.values(member)
        if values is not None and len(values) == 1:
            return self.behind(values[0], depth)
        field = self._document.child(member, self._grammar.members[member.type])
        receiver = self._document.child(member, 0)
        if field is None or receiver is None:
            return None
        return self._in_object(receiver, self._document.text(field), depth)

    def _in_object(self, node: Node, name: str, depth: int) -> tuple[Analysis, Node] | None:
        """What the class or the map that `node` is, or is an object of, has under a name."""
        definition = self._analysis.receivers.class_of(node)
        found = None if definition is None or not definition.path else self._analysis.declared(definition)
        if found is None:
            return None
        other, owner = found
        owner = other.document.bare(owner)
        if other.document.is_map(owner):
            entries = other.maps.below(owner, [name])
            values = [entry for entry in entries if entry is not None and not isinstance(entry, tuple)]
        else:
            values = other.functions.methods(owner, name) or other.bindings.fields.of_class(owner, name)
        return other.callables.behind(values[0], depth) if len(values) == 1 else None

    def _of_call(self, call: Node, depth: int) -> tuple[Analysis, Node] | None:
        """What a call returns that is passed a function, where the called function is not known to return anything else."""
        if not self._may_give_function(call):
            return None
        receiver = self._document.receiver(call)
        if receiver is not None and self._document.called_name(call) == "bind":
            return self.behind(receiver, depth)
        given = (self.behind(argument, depth) for argument in self._document.positional(call))
        return next((found for found in given if found is not None), None)

    def _may_give_function(self, call: Node) -> bool:
        """Whether a function of this project that is called returns one; of others that is taken for granted."""
        found = self._analysis.calls.function(call)
        if found is None:
            return True
        other, function = found
        grammar = other.document.grammar
        kinds = grammar.functions | grammar.names | grammar.calls.keys()
        return any(other.document.bare(node).type in kinds for node in other.functions.returns(function))

    def _defined(self, definition: Definition | None, depth: int) -> tuple[Analysis, Node] | None:
        found = None if definition is None else self._analysis.declared(definition)
        return None if found is None else self._declared(*found, depth)

    def _declared(self, other: Analysis, node: Node, depth: int) -> tuple[Analysis, Node] | None:
        """What a name of the top level of a module stands for, which is declared as `node`."""
        if node.type in other.document.grammar.classes:
            return other, node
        return other.callables.behind(node, depth)
