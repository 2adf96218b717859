"""Calls of the project's own functions: which function is meant, what fills its parameters, what it gives back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from propguard.lint.entries import ANYTHING, Entries, Entry
from propguard.lint.imports import WHOLE, Import
from propguard.lint.origin import Origin, Part
from propguard.lint.substitution import is_known, substituted, with_changes
from propguard.lint.text import HOLE, Piece, Text, unique

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tree_sitter import Node

    from propguard.lint.analysis import Analysis
    from propguard.lint.functions import Parameter
    from propguard.lint.modules import Definition

_DEEPEST = 24
_MOST_RETURNS = 6

BINDING = frozenset({"bind", "partial"})
"""Calls that give a function its first arguments; their own first one is the function, or what it is a method of."""


class Calls:
    """Resolves the calls of one document."""

    def __init__(self, analysis: Analysis) -> None:
        self._analysis = analysis
        self._document = analysis.document
        self._grammar = analysis.document.grammar
        self._pending: set[int] = set()

    def definition(self, callee: Node) -> Definition | None:
        """Where the function, class or constant that `callee` names is defined, where an import says so."""
        modules = self._analysis.modules
        if modules is None:
            return None
        text = self._document.text(callee)
        imports = self._analysis.imports
        if callee.type in self._grammar.names:
            imported = imports.of(text)
            if imported is not None and self._analysis.bindings.is_top_level(callee):
                return modules.definition(self._analysis.path, imported)
            if imported is None and imports.stars() and self._analysis.bindings.declaring_scope(callee) is None:
                everywhere = (modules.definition(self._analysis.path, Import(star, text)) for star in imports.stars())
                return next((found for found in everywhere if found is not None), None)
            return None
        if callee.type in self._grammar.members and callee.named_children:
            whole = imports.of(self._document.text(callee.named_children[0]))
            field = self._document.child(callee, self._grammar.members[callee.type])
            if whole is not None and field is not None:
                module = modules.definition(self._analysis.path, whole)
                if module is not None and module.name == WHOLE:
                    return modules.exported(module.path, self._document.text(field))
        return None

    def function(self, call: Node) -> tuple[Analysis, Node] | None:
        """The function of this project that `call` calls, and the analysis of its module."""
        callee = self._document.child(call, self._grammar.calls[call.type][0])
        if callee is None:
            return None
        local = self._local(callee)
        if local is not None:
            return self._analysis, local
        definition, modules = self.definition(callee), self._analysis.modules
        found = None if definition is None or modules is None else modules.declared(definition)
        return found if found is not None and found[1].type in found[0].document.grammar.functions else None

    def _local(self, callee: Node) -> Node | None:
        """The function of this document that `callee` names."""
        if callee.type not in self._grammar.names:
            return None
        values = self._analysis.bindings.values(callee)
        if values is not None:
            return self._analysis.functions.inner(values[0]) if len(values) == 1 else None
        return self._analysis.bindings.function_named(callee)

    def returned(self, call: Node, depth: int) -> list[Text] | None:
        """The ways in which a call of one of the project's functions comes out; null where it calls none."""
        found = self.function(call) if depth < _DEEPEST else None
        if found is None or found[1].id in self._pending:
            return None
        analysis, function = found
        self._pending.add(function.id)
        try:
            ways = [
                way
                for node in analysis.functions.returns(function)[:_MOST_RETURNS]
                for way in self._here(analysis.evaluator.ways(node, depth + 5), analysis, node)
            ]
            parameters = {name: one.parameter for name, one in analysis.functions.parameters(function).items()}
            own = analysis is self._analysis
            filled = self.instantiated(ways, call, parameters, function.start_byte, own=own)
        finally:
            self._pending.discard(function.id)
        return unique(filled) if filled else None

    def returned_entries(self, call: Node, depth: int) -> Entries | None:
        """The entries of the map that a call of one of the project's functions gives back; null where it calls none."""
        found = self.function(call) if depth < _DEEPEST else None
        if found is None or found[1].id in self._pending:
            return None
        analysis, function = found
        self._pending.add(function.id)
        try:
            whole = Entries()
            for node in analysis.functions.returns(function)[:_MOST_RETURNS]:
                whole += analysis.maps.entries(node, depth + 1)
            parameters = {name: one.parameter for name, one in analysis.functions.parameters(function).items()}
            own = analysis is self._analysis
            known = [
                found
                for entry in whole.known
                for found in (entry if own else entry._replace(node=None, literal=None)).becoming(
                    self.instantiated(self._here(entry.keys, analysis), call, parameters, function.start_byte, own=own),
                    self.instantiated(
                        self._here(entry.values, analysis), call, parameters, function.start_byte, own=own
                    ),
                )
            ]
            rest = Entries(tuple(known))
            for origin in whole.rest:
                if origin is not None and origin.owner == function.start_byte and origin.name in parameters:
                    rest += self.entries_of(origin, call, parameters)
                else:
                    rest += ANYTHING if origin is None or not own else Entries(rest=(origin,))
        finally:
            self._pending.discard(function.id)
        return rest

    def _here(self, ways: Sequence[Text], analysis: Analysis, node: Node | None = None) -> Sequence[Text]:
        """`ways`, which `node` in the document of `analysis` evaluates to, as this one may use them."""
        if analysis is self._analysis:
            return ways
        return [way.abroad(analysis.document.source, analysis.path, node) for way in ways]

    def constant(self, node: Node, depth: int) -> list[Text] | None:
        """The ways in which a name or member of another module comes out; null where it is none, or is no text."""
        found = self._imported(node) if depth < _DEEPEST else None
        if found is None:
            return None
        analysis, value, path = found
        if value.id in self._pending:  # modules that import each other, and constants that stand for each other
            return [HOLE]
        source = analysis.document.source
        self._pending.add(value.id)
        try:
            ways = [
                HOLE if way.is_hole else way.foreign(source, analysis.path, target)
                for target in analysis.targets(value, path)
                for way in analysis.evaluator.ways(target, depth + 1)
            ]
        finally:
            self._pending.discard(value.id)
        return unique(ways) if any(way != HOLE for way in ways) else None

    def constant_entries(self, node: Node) -> Entries | None:
        """The entries of a map that another module holds."""
        found = self._imported(node)
        if found is None:
            return None
        analysis, value, path = found
        whole = Entries()
        for target in analysis.targets(value, path):
            whole += analysis.maps.entries(target, 1)

        def foreign(ways: Iterable[Text]) -> tuple[Text, ...]:
            return tuple(way.foreign(analysis.document.source, analysis.path) for way in ways)

        known = tuple(Entry(foreign(one.keys), foreign(one.values), None) for one in whole.known)
        return Entries(known, (None,) if whole.rest else ())

    def root_definition(self, node: Node) -> Definition | None:
        """The definition that a name or a chain of members begins with."""
        at = node
        while True:
            definition = self.definition(at)
            if definition is not None or at.type not in self._grammar.members or not at.named_children:
                return definition
            at = at.named_children[0]

    def _imported(self, node: Node) -> tuple[Analysis, Node, list[str]] | None:
        """The module, and the value in it, that a name or a chain of members leads to, and what is read below it."""
        modules, path, at = self._analysis.modules, list[str](), node
        while modules is not None:
            definition = self.definition(at)
            if definition is not None:
                declared = modules.declared(definition)
                return None if declared is None else (*declared, path[::-1])
            if at.type not in self._grammar.members or not at.named_children:
                return None
            field = self._document.child(at, self._grammar.members[at.type])
            path.append("" if field is None else self._document.text(field))
            at = at.named_children[0]
        return None

    def filled(self, ways: Iterable[Text], owner: int, part: Part, by: Sequence[Text]) -> list[Text]:
        """`ways` with the key or the value of the entries of the map at `owner` put in for the holes that stand for it."""

        def fill(origin: Origin) -> list[Text] | None:
            return list(by) if origin.owner == owner and not origin.name and origin.part == part else None

        return [way for one in ways for way in substituted(one, fill)]

    def put_in(self, ways: Iterable[Text], whole: Origin, part: Part, by: Sequence[Text]) -> list[Text]:
        """`ways` with the key or the value of one entry put in for the holes that stand for those of the map `whole`."""

        def fill(origin: Origin) -> list[Text] | None:
            return list(by) if origin._replace(changes=()) == whole._replace(part=part) else None

        return [way for one in ways for way in substituted(one, fill)]

    def put_under(self, ways: Iterable[Text], whole: Origin, part: Part, rest: Origin) -> list[Text]:
        """`ways` in which the entries of the map `rest` stand for those of the map `whole`."""
        entry = rest.entry(part)
        return self.put_in(ways, whole, part, [HOLE if entry is None else Text((Piece(None, origin=entry),))])

    def local_definition(self, callee: Node) -> Node | None:
        """The function or class of this document that `callee` names."""
        if callee.type not in self._grammar.names:
            return None
        local = self._local(callee)
        if local is not None or self._analysis.bindings.values(callee) is not None:
            return local
        declared = self._analysis.imports.declared().get(self._document.text(callee))
        return declared if declared is not None and declared.type in self._grammar.classes else None

    def instantiated(
        self,
        ways: Iterable[Text],
        call: Node,
        parameters: Mapping[str, Parameter],
        owner: int,
        *,
        own: bool = False,
    ) -> list[Text]:
        """`ways` with the arguments of `call` put in for the parameters of the function at `owner`, which is one of this
        document where they are its `own`."""

        def fill(origin: Origin) -> list[Text] | None:
            if origin.owner != owner or origin.name not in parameters or origin.part != "whole":
                return None if own else [HOLE]
            return self.texts_of(origin, call, parameters)

        def is_given(default: Origin) -> bool:
            if default.owner != owner or default.name not in parameters:
                return False
            return self._is_given(default, call, parameters)

        def passed_on(default: Origin) -> Origin:
            is_own = (
                default.owner == owner and default.name in parameters and any(c[0] == "if" for c in default.changes)
            )
            texts = self.texts_of(default._replace(part="whole", changes=()), call, parameters) if is_own else []
            given = next(texts[0].origins(), None) if len(texts) == 1 and texts[0].is_of_parameter else None
            return (
                default if given is None else given._replace(part="default", changes=(*given.changes, *default.changes))
            )

        kept = [way.with_defaults(passed_on) for way in ways if not any(map(is_given, way.defaults()))]
        return [way for one in kept for way in substituted(one, fill)]

    def _is_given(self, default: Origin, call: Node, parameters: Mapping[str, Parameter]) -> bool:
        """Whether `call` gives what a default would stand in for, surely of the kind that it would have to be."""
        origin = default._replace(part="whole", changes=())
        targets = self.targets_of(origin, call, parameters)
        if not any(change[0] == "if" for change in default.changes):
            return any(target is not None for target in targets)
        if not targets:
            return ("given",) in default.changes
        texts = self.texts_of(origin, call, parameters)
        return all(is_known(text) and with_changes(text, default.changes) is not None for text in texts)

    def texts_of(self, origin: Origin, call: Node, parameters: Mapping[str, Parameter]) -> list[Text]:
        """The ways in which what fills a parameter comes out."""
        found: list[Text] = []
        for target in self.targets_of(origin, call, parameters):
            if isinstance(target, Origin):
                found.append(Text((Piece(None, origin=target),)))
            else:
                found.extend([HOLE] if target is None else self._analysis.evaluator.ways(target))
        return found

    def entries_of(self, origin: Origin, call: Node, parameters: Mapping[str, Parameter]) -> Entries:
        """The entries of the map that fills a parameter."""
        parameter = parameters[origin.name]
        whole = Entries()
        if parameter.gathers == "keywords" and not origin.path:
            taken = frozenset(other.name for other in parameters.values())
            found = self._analysis.maps.keywords(call)
            return found._replace(known=tuple(one for one in found.known if one.keys[0].known not in taken))
        for target in self.targets_of(origin, call, parameters):
            if isinstance(target, Origin):
                whole += Entries(rest=(target,))
            else:
                whole += ANYTHING if target is None else self._analysis.maps.entries(target, 1)
        if parameter.gathers == "rest" and not origin.path:
            known = [entry for entry in whole.known if entry.keys[0].known not in parameter.taken]
            return whole._replace(known=tuple(known))
        return whole

    def targets_of(self, origin: Origin, call: Node, parameters: Mapping[str, Parameter]) -> list[Node | Origin | None]:
        """What `origin`, a parameter or something below it, stands for where `call` fills the parameters."""
        parameter = parameters[origin.name]
        path = [*parameter.path, *origin.path]
        if parameter.option:
            return self._option(call, parameter.option)
        if parameter.gathers == "keywords":
            if not path:
                return [None]
            keyword = self._document.keyword(call, path[0])
            return [] if keyword is None else self._analysis.maps.below(keyword, path[1:])
        argument = self.argument(call, parameter)
        return [] if argument is None else self._analysis.maps.below(argument, path)

    def _option(self, call: Node, name: str) -> list[Node | Origin | None]:
        """What a call is given under a name: as a keyword argument, or in a map that is an argument."""
        keyword = self._document.keyword(call, name)
        if keyword is not None:
            return [keyword]
        maps = (self._document.bare(argument) for argument in self._document.positional(call))
        return [
            target
            for literal in maps
            if self._document.is_map(literal)
            for target in self._analysis.maps.below(literal, [name])
        ]

    def argument(self, call: Node, parameter: Parameter) -> Node | None:
        """The argument that fills a parameter: by its name, else by its position."""
        named = None if parameter.path else self._document.keyword(call, parameter.name.lstrip("$"))
        if named is not None or parameter.position < 0 or parameter.gathers == "positional":
            return named
        positional = self._document.positional(call)
        if self._document.called_name(call) in BINDING:
            positional = positional[1:]
        before = positional[: parameter.position + 1]
        if any(argument.type in self._grammar.spreads for argument in before):
            return None
        return positional[parameter.position] if parameter.position < len(positional) else None
