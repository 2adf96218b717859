"""Maps that are built in steps: what is put into one between its literal and its use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from propguard.lint.entries import NONE, Entries

if TYPE_CHECKING:
    from tree_sitter import Node

    from propguard.lint.analysis import Analysis
    from propguard.lint.maps import Maps

_PUTTING = frozenset({"set", "setdefault", "put"})
_MERGING = frozenset({"|=", "??=", "||="})
_ADDING = frozenset({"update", "merge", "putAll"})


class MapSteps:
    """Finds the steps in one document."""

    def __init__(self, analysis: Analysis, maps: Maps) -> None:
        self._analysis = analysis
        self._maps = maps
        self._document = analysis.document
        self._grammar = analysis.document.grammar

    def assigned_below(self, name: Node, key: str) -> Node | None:
        """The value of `name.key = value`, or of `name["key"] = value`."""
        access = name.parent
        target = None if access is None else self._document.beyond_lists(access)
        if access is None or target is None or target.type not in self._grammar.assignments:
            return None
        left, right = self._grammar.assignments[target.type]
        if not self._document.is_field(access, target, left) or access.named_children[0] != name:
            return None
        field = self._grammar.members.get(access.type) or self._grammar.subscripts.get(access.type)
        written = None if field is None else self._document.child(access, field)
        if written is None or self._document.text(written).strip("\"'`") != key:
            return None
        return self._document.child(target, right)

    def earlier(self, name: Node) -> list[Node]:
        """The places before `name`, or in other functions, at which the same variable stands."""
        function = self._function_around(name)
        return [
            other
            for other in self._analysis.bindings.companions(name)
            if other.start_byte < name.start_byte or self._function_around(other) != function
        ]

    def _function_around(self, node: Node) -> Node | None:
        return next((around for around in self._document.lineage(node) if around.type in self._grammar.functions), None)

    def put_at(self, name: Node, depth: int) -> Entries:
        """What is put into the map that `name` is, where it stands: `name[k] = v`, `name.k = v`, `name.update(…)` …"""
        grammar, document = self._grammar, self._document
        access = name.parent
        if access is None:
            return NONE
        if access.type in grammar.arguments and access.parent is not None:
            call = access.parent
            merged = document.positional(call) if call.type in grammar.calls else []
            is_merged = bool(merged) and merged[0] == name and document.called_name(call) == "assign"
            return self._maps.sum(merged[1:], depth) if is_merged else NONE
        if access.type in grammar.assignments:
            return self._merged_in(name, access, depth)
        target = document.beyond_lists(access)
        if target is None or not access.named_children or access.named_children[0] != name:
            return NONE
        if target.type in grammar.assignments and document.is_field(
            access, target, grammar.assignments[target.type][0]
        ):
            value = self._document.child(target, grammar.assignments[target.type][1])
            field = grammar.members.get(access.type) or grammar.subscripts.get(access.type)
            key = None if field is None else self._document.child(access, field)
            if key is None:
                return NONE
            entry = self._maps.entry(self._maps.key_ways(key), value, key, None)
            return self._maps.expanded([entry])
        if access.type in grammar.members and target.type in grammar.calls:
            called, arguments = document.called_name(target), document.positional(target)
            if called in _PUTTING and len(arguments) >= 2:
                keys = self._analysis.evaluator.ways(arguments[0])
                return self._maps.expanded([self._maps.entry(keys, arguments[1], arguments[0], None)])
            if called in _ADDING:
                return self._maps.sum(arguments, depth) + self._maps.keywords(target)
        return NONE

    def _merged_in(self, name: Node, statement: Node, depth: int) -> Entries:
        """`name |= other`, and where it was nothing before, `name ??= other`."""
        fields = self._grammar.assignments.get(statement.type)
        operator = statement.child_by_field_name("operator")
        if fields is None or operator is None or self._document.text(operator) not in _MERGING:
            return NONE
        value = self._document.child(statement, fields[1])
        return NONE if value is None or value == name else self._maps.entries(value, depth + 1)
