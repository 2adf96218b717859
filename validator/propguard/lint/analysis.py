"""One document with everything that answers questions about it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from propguard.lint.bindings import Bindings
from propguard.lint.callables import Callables
from propguard.lint.calls import Calls
from propguard.lint.evaluate import Evaluator
from propguard.lint.functions import Functions
from propguard.lint.guards import Guards
from propguard.lint.imports import WHOLE, Imports
from propguard.lint.maps import Maps
from propguard.lint.names import Names
from propguard.lint.origin import Origin
from propguard.lint.origins import Origins
from propguard.lint.placement import Placer
from propguard.lint.receivers import Receivers
from propguard.lint.types import Types

if TYPE_CHECKING:
    from collections.abc import Hashable

    from tree_sitter import Node

    from propguard.lint.document import Document
    from propguard.lint.functions import Parameter
    from propguard.lint.modules import Definition, Modules
    from propguard.lint.wrappers import Constant, Wrapper


class Analysis:
    """The readers of one document, which ask each other. `modules` is what else the project holds, null for a document alone."""

    def __init__(self, document: Document, modules: Modules | None = None) -> None:
        self.document = document
        self.path = os.path.abspath(document.source.path)
        self.modules = modules
        self.bindings = Bindings(document)
        self.functions = Functions(document)
        self.imports = Imports(self)
        self.types = Types(self)
        self.origins = Origins(self)
        self.calls = Calls(self)
        self.callables = Callables(self)
        self.guards = Guards(self)
        self.names = Names(self)
        self.evaluator = Evaluator(self)
        self.maps = Maps(self)
        self.receivers = Receivers(self)
        self.placer = Placer(document)
        self.calls_found: dict[Hashable, list[tuple[tuple[Parameter, ...], Node]]] = {}
        """The calls of each function of the project that were found in this document."""
        self._imported: frozenset[str] | None = None

    def constructor(self, owner: Node) -> Node | None:
        """The function by which a class makes its objects, where it writes one."""
        body = owner.child_by_field_name("body")
        for child in body.named_children if body is not None else ():
            function = child.child_by_field_name("definition") or child
            if function.type in self.document.grammar.functions and self.functions.is_constructor(function):
                return function
        return next((child for child in owner.named_children if child.type == "primary_constructor"), None)

    def targets(self, value: Node, path: list[str]) -> list[Node]:
        """The expressions that `path` leads to below a value, a class or an enum of the top level."""
        if path and (value.type in self.document.grammar.classes):
            found = self.bindings.fields.of_class(value, path[0])
            return [target for one in found for target in self._below(one, path[1:])]
        return [
            target for target in self.maps.below(value, path) if target is not None and not isinstance(target, Origin)
        ]

    def _below(self, value: Node, path: list[str]) -> list[Node]:
        return [value] if path in ([], ["value"]) else self.targets(value, path)

    def declared(self, definition: Definition) -> tuple[Analysis, Node] | None:
        """The module and the node that a definition leads to, in this document or another."""
        if definition.path == self.path:
            node = self.imports.declared().get(definition.name)
            return None if node is None else (self, node)
        return None if self.modules is None else self.modules.declared(definition)

    def imported_files(self) -> frozenset[str]:
        """The files of this project that the document imports from."""
        if self._imported is None:
            found = set()
            for imported in self.imports.names().values() if self.modules is not None else ():
                definition = self.modules.definition(self.path, imported) if self.modules is not None else None
                if definition is not None:
                    found.add(definition.path)
            self._imported = frozenset(found)
        return self._imported

    def local_names(self, wrapper: Wrapper | Constant) -> list[str]:
        """The names by which this document may call what another, or it itself, defines."""
        if wrapper.alias:
            meant = {wrapper.alias, *([WHOLE] if wrapper.alias == "default" else [])}
            locals_ = [local for local, imported in self.imports.names().items() if imported.name in meant]
            return list(dict.fromkeys([wrapper.alias, *locals_]))
        names = {} if wrapper.name == "default" else {wrapper.name: None}
        if wrapper.path and getattr(wrapper, "kind", "") != "method" and wrapper.path != self.path:
            for local, imported in self.imports.names().items():
                if imported.name in {wrapper.name, "default"} and "." not in local:
                    names[local] = None
        return list(names)

    def is_default_export(self, function: Node) -> bool:
        parent = function.parent
        return (
            parent is not None
            and parent.type == "export_statement"
            and any(child.type == "default" for child in parent.children)
        )

    def maker_of(self, function: Node) -> Node | None:
        """The function with a name that gives `function` back."""
        for outer in self.document.lineage(function)[1:]:
            if outer.type in self.document.grammar.functions:
                returned = (self.document.bare(node) for node in self.functions.returns(outer))
                return outer if function in returned and self.functions.name(outer) else None
        return None

    def object_around(self, function: Node) -> str | None:
        """The name of the object that a function is a method of: what its literal is bound to, or what gives it back."""
        parent = function.parent
        if parent is not None and self.document.is_pair(parent):
            parent = parent.parent
        if parent is None or not self.document.is_map(parent):
            return self._handed_back_by(function)
        name = self.functions.name_node(parent)
        if name is not None:
            return self.document.text(name)
        return self._function_around(parent)

    def _handed_back_by(self, function: Node) -> str | None:
        """The name of the function that `function` is declared in, where that gives it back in an object."""
        name = self.functions.name(function)
        outer = next(
            (one for one in self.document.lineage(function)[1:] if one.type in self.document.grammar.functions), None
        )
        for returned in self.functions.returns(outer) if outer is not None and name else ():
            literal = self.document.bare(returned)
            if self.document.is_map(literal) and any(
                self.document.text(child) == name
                or (self.document.is_pair(child) and self.document.label(child) == name)
                for child in self.document.items_of(literal)
            ):
                return self.functions.name(outer) if outer is not None else None
        return None

    def _function_around(self, node: Node) -> str | None:
        outer = next(
            (one for one in self.document.lineage(node)[1:] if one.type in self.document.grammar.functions), None
        )
        return None if outer is None else self.functions.name(outer) or None
