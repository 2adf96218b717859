"""What a name evaluates to: what it is bound to, the parameter or the field that it is, a constant of another module."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING

from propguard.lint.functions import Given
from propguard.lint.narrowing import narrowed
from propguard.lint.text import HOLE, Text, hole_of, unique

if TYPE_CHECKING:
    from tree_sitter import Node

    from propguard.lint.analysis import Analysis
    from propguard.lint.loops import Loop
    from propguard.lint.origin import Origin


_DEFAULTS = frozenset({":-", "-", ":=", "=", ":+", "+"})
_WITH_DEFAULT = 5
"""The parts of an expansion with a default: its braces, the name, the operator, the default."""


class Names:
    """Evaluates the names of one document."""

    def __init__(self, analysis: Analysis) -> None:
        self._analysis = analysis
        self._document = analysis.document
        self._grammar = analysis.document.grammar
        self._bindings = analysis.bindings

    def ways(self, node: Node, depth: int) -> list[Text]:
        """Every way in which a name, a member or an expansion of a shell can come out."""
        if node.type in self._grammar.expansions:
            if (with_default := self._with_default(node, depth)) is not None:
                return with_default
            inner = [child for child in node.named_children if child.type in self._grammar.names]
            if len(inner) != 1 or node.named_child_count != 1:
                return [HOLE]
            node = inner[0]
        is_member = node.type in self._grammar.members
        field = self._analysis.origins.class_field(node) if is_member else None
        if field is not None:
            return self._field(node, field, depth)
        bound = self._bindings.fields.values(node) if is_member else self._bindings.values(node)
        if bound is not None:
            return self.bound(bound, depth)
        return self._member(node, depth) if is_member else self.unbound(node, depth)

    def _with_default(self, expansion: Node, depth: int) -> list[Text] | None:
        """What `${NAME:-default}` evaluates to; None where there is no default that can be read."""
        parts = expansion.children
        if len(parts) != _WITH_DEFAULT or parts[2].type not in _DEFAULTS or parts[3].type in self._grammar.adjacent:
            return None
        defaults = [way for way in self._analysis.evaluator.ways(parts[3], depth + 1) if way.known != ""]
        is_alternative = parts[2].type.endswith("+")
        return unique([*([HOLE] if is_alternative else self.ways(parts[1], depth + 1)), *defaults])

    def bound(self, values: list[Node] | None, depth: int) -> list[Text]:
        """What a name evaluates to that is bound to `values`."""
        if values is None:
            return [HOLE]
        ways = unique(way.renamed() for value in values for way in self._analysis.evaluator.ways(value, depth + 5))
        may_be_text = len(values) > 1 and any(way.json_type == "string" for way in ways)
        return [way for way in ways if not may_be_text or way.is_text_or_literal]

    def _field(self, member: Node, origin: Origin, depth: int) -> list[Text]:
        """A field that a constructor call sets, or leaves to its default."""
        ways = [
            way.renamed().by_default(origin)
            for value in self._bindings.fields.values(member) or ()
            for way in self._analysis.evaluator.ways(value, depth + 5)
            if not way.is_hole and way.json_type != "null"
        ]
        return unique([*ways, hole_of(origin)])

    def unbound(self, name: Node, depth: int) -> list[Text]:
        """A name that no expression of this document is bound to: a parameter, a member of a loop, an import."""
        declaration = self._analysis.origins.declaration(name)
        of_case = narrowed(self._analysis, name)
        if of_case is not None and not isinstance(declaration, Given):
            return [way.renamed() for way in of_case]
        if declaration is None:
            imported = self._analysis.calls.constant(name, depth)
            return imported if imported is not None else self._analysis.evaluator.by_origin(name, depth)
        if not isinstance(declaration, Given):
            return self._listed(declaration, depth) or [hole_of(self._analysis.origins.in_loop(declaration))]
        function, declared = declaration
        origin = self._analysis.origins.of_parameter(declaration)
        members = of_case
        if members is None and declared.type is not None:
            members = self._analysis.types.members(declared.type)
        if members is not None:
            return [*(member.by_default(origin) for member in members), hole_of(origin._replace(closed=True))]
        ways = (
            []
            if declared.default is None
            else [way.renamed() for way in self._analysis.evaluator.ways(declared.default, depth + 5)]
        )
        ways = [way.by_default(origin) for way in ways if not way.is_hole and way.json_type != "null"]
        beside, kinds = self._bindings.bound_beside(name), list[str]()
        for value in beside:
            instead = self._analysis.guards.stood_in_for(value)
            kinds += [instead[1]] if instead is not None and instead[0] == origin else []
            found = (way.renamed() for way in self._analysis.evaluator.ways(value, depth + 5))
            ways.extend(way if instead is None else way.by_default(*instead) for way in found)
        if not (beside and self._is_always_bound(beside[-1], function)):
            ways.append(reduce(Text.only_if, kinds, hole_of(origin)))
        return unique(ways or [HOLE])

    def _listed(self, loop: Loop, depth: int) -> list[Text]:
        """The members of a list that holds nothing but texts, each as it comes out; none where it is anything else."""
        listed = self._document.bare(loop.iterated)
        if listed.type in self._grammar.names:
            values = self._bindings.values(listed) or []
            listed = self._document.bare(values[0]) if len(values) == 1 else listed
        texts = [member for member in listed.named_children if member.type not in self._grammar.comments]
        strings = self._grammar.plain | self._grammar.verbatim
        if listed.type not in self._grammar.sequences or not all(text.type in strings for text in texts):
            return []
        return unique(way.renamed() for text in texts for way in self._analysis.evaluator.ways(text, depth + 1))

    def _is_always_bound(self, value: Node, function: Node) -> bool:
        """Whether the assignment of `value` stands in the body of the function itself, and not under a condition."""
        around = self._document.lineage(value)
        statements = [node for node in around if node.type in self._grammar.statements]
        body = function.child_by_field_name("body")
        blocks = [node for node in statements if node.type != "expression_statement"]
        return bool(blocks) and blocks[0] == body

    def _member(self, node: Node, depth: int) -> list[Text]:
        """A member of what is no map or class of this document: an imported one, an enum's value, a parameter's field."""
        imported = self._analysis.calls.constant(node, depth)
        if imported is not None:
            return imported
        receiver = node.named_children[0] if node.named_children else None
        field = self._document.child(node, self._grammar.members[node.type])
        if receiver is not None and field is not None and self._document.text(field) in {"value", "name"}:
            ways = self._analysis.evaluator.ways(receiver, depth + 5)
            if any(way.known is not None for way in ways):
                return ways
        return self._analysis.evaluator.by_origin(node, depth)
