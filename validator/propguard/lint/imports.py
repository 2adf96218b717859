"""What a document takes from other modules and what it hands on: imports, re-exports, top-level names. Python and JavaScript."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tree_sitter import Node

    from propguard.lint.analysis import Analysis

_KEYWORD = re.compile(rb"\b(?:import|export|exports|require)\b")
_MOST_STATEMENTS = 2000
_BLOCKS = frozenset({"if_statement", "try_statement", "with_statement", "else_clause", "except_clause", "block"})
_OUTER = frozenset({"expression_statement", "lexical_declaration", "type_declaration", "variable_declaration"})
WHOLE = "*"
"""The name of a module as a whole."""


class Import(NamedTuple):
    """`name` of the module that is written `module`; `*` for the module as a whole."""

    module: str
    name: str


class Imports:
    """The imports, re-exports and top-level names of one document, read when they are first asked for."""

    def __init__(self, analysis: Analysis) -> None:
        self._analysis = analysis
        self._document = analysis.document
        self._read = False
        self._names: dict[str, Import] = {}
        self._handed_on: dict[str, Import | str] = {}
        self._stars: list[str] = []
        self._declared: dict[str, Node] | None = None

    def of(self, name: str) -> Import | None:
        """What the local name, or dotted path, `name` was imported as."""
        self._ensure()
        return self._names.get(name)

    def handed_on(self, name: str) -> Import | str | None:
        """What this module exports as `name` without declaring it under that name: another module's, or a local name."""
        self._ensure()
        return self._handed_on.get(name)

    def names_handed_on(self) -> dict[str, Import | str]:
        self._ensure()
        return self._handed_on

    def names(self) -> dict[str, Import]:
        self._ensure()
        return self._names

    def stars(self) -> list[str]:
        """The modules of which every name is taken or handed on."""
        self._ensure()
        return self._stars

    def declared(self) -> dict[str, Node]:
        """The names that the top level declares: functions, classes, and the values that names are bound to."""
        if self._declared is None:
            self._declared = {}
            for statement in self._top_level(self._document.root):
                for name, node in self._declares(statement):
                    self._declared.setdefault(name, node)
            for statement in self._document.root.named_children:
                value = statement.child_by_field_name("value") if statement.type == "export_statement" else None
                if value is not None and value.type not in self._document.grammar.names:
                    self._declared.setdefault("default", value)
        return self._declared

    def _top_level(self, block: Node, depth: int = 0) -> Iterator[Node]:
        for statement in block.named_children:
            inner = statement.child_by_field_name("declaration") or statement.child_by_field_name("definition")
            if inner is not None:
                yield inner
            elif statement.type in _BLOCKS and depth < 6:
                yield from self._top_level(statement, depth + 1)
            elif statement.type in _OUTER:
                yield from statement.named_children
            else:
                yield statement
        if depth == 0:
            for statement in block.named_children:  # `export const a = …`: the declarators inside
                inner = statement.child_by_field_name("declaration")
                if inner is not None and inner.type in {"lexical_declaration", "variable_declaration"}:
                    yield from inner.named_children

    def _declares(self, statement: Node) -> Iterator[tuple[str, Node]]:
        grammar, text = self._document.grammar, self._document.text
        if "import" in statement.type:
            return
        name = statement.child_by_field_name("name")
        if name is not None and statement.type not in grammar.declarations:
            yield text(name), statement
            return
        fields = grammar.declarations.get(statement.type)
        if fields is not None:
            target, value = (self._document.child(statement, field) for field in fields)
            if target is not None and value is not None and target.type in grammar.names:
                yield text(target), value
            elif target is not None and value is not None and target.type in grammar.members:
                place, _, exported = text(target).rpartition(".")
                if place in {"exports", "module.exports"}:
                    yield exported, value

    def _ensure(self) -> None:
        if self._read:
            return
        self._read = True
        readers: dict[str, Callable[[Node], None]] = {
            "import_statement": self._import,
            "import_from_statement": self._import_from,
            "export_statement": self._export,
            "variable_declarator": self._required,
            "assignment_expression": self._assigned_export,
        }
        seen: set[int] = set()
        for count, match in enumerate(self._document.occurrences(_KEYWORD)):
            if count >= _MOST_STATEMENTS:
                break
            node = self._document.node_at(match.start(), match.end())
            while node is not None and node.type not in readers:
                node = node.parent
            if node is not None and node.id not in seen:
                seen.add(node.id)
                readers[node.type](node)

    def _import(self, statement: Node) -> None:
        source = statement.child_by_field_name("source")
        if source is not None:
            self._javascript_import(statement, self._unquoted(source))
            return
        for child in statement.named_children:
            name = child.child_by_field_name("name") or child
            alias = child.child_by_field_name("alias")
            module = self._document.text(name)
            self._names[self._document.text(alias) if alias is not None else module] = Import(module, WHOLE)

    def _import_from(self, statement: Node) -> None:
        module_node = statement.child_by_field_name("module_name")
        if module_node is None:
            return
        module = self._document.text(module_node).replace(" ", "")
        for child in statement.children_by_field_name("name"):
            name = child.child_by_field_name("name") or child
            alias = child.child_by_field_name("alias") or name
            self._names[self._document.text(alias)] = Import(module, self._document.text(name))
        if any(child.type == "wildcard_import" for child in statement.named_children):
            self._stars.append(module)

    def _javascript_import(self, statement: Node, module: str) -> None:
        clause = next((child for child in statement.named_children if child.type == "import_clause"), None)
        for child in clause.named_children if clause is not None else ():
            if child.type == "named_imports":
                for specifier in child.named_children:
                    self._specifier(specifier, lambda name, alias: self._names.update({alias: Import(module, name)}))
            elif child.type == "namespace_import" and child.named_children:
                self._names[self._document.text(child.named_children[0])] = Import(module, WHOLE)
            else:
                self._names[self._document.text(child)] = Import(module, "default")

    def _export(self, statement: Node) -> None:
        source = statement.child_by_field_name("source")
        module = None if source is None else self._unquoted(source)
        clause = next((child for child in statement.named_children if child.type == "export_clause"), None)
        if clause is not None:
            for specifier in clause.named_children:
                self._specifier(
                    specifier,
                    lambda name, alias: self._handed_on.update(
                        {alias: name if module is None else Import(module, name)}
                    ),
                )
        elif module is not None:
            named = next((child for child in statement.named_children if child.type == "namespace_export"), None)
            if named is not None and named.named_children:
                self._handed_on[self._document.text(named.named_children[0])] = Import(module, WHOLE)
            else:
                self._stars.append(module)
        value = statement.child_by_field_name("value") or statement.child_by_field_name("declaration")
        if any(child.type == "default" for child in statement.children) and value is not None:
            name = value.child_by_field_name("name") or value
            if name.child_count == 0:
                self._handed_on["default"] = self._document.text(name)

    def _required(self, declarator: Node) -> None:
        """`const x = require("…")` and `const { a: b } = require("…")`, the same with `await import`."""
        name, value = declarator.child_by_field_name("name"), declarator.child_by_field_name("value")
        if name is None or value is None:
            return
        value = self._document.bare(value)
        if value.type not in self._document.grammar.calls or not self._document.arguments_of(value):
            return
        function = value.child_by_field_name("function")
        argument = self._document.arguments_of(value)[0]
        if function is None or self._document.text(function) not in {"require", "import"} or argument.type != "string":
            return
        module = self._unquoted(argument)
        if name.child_count == 0:
            self._names[self._document.text(name)] = Import(module, WHOLE)
        for child in name.named_children:
            if child.type == "pair_pattern":
                key, local = child.child_by_field_name("key"), child.child_by_field_name("value")
                if key is not None and local is not None:
                    self._names[self._document.text(local)] = Import(module, self._document.text(key))
            elif child.child_count == 0:
                self._names[self._document.text(child)] = Import(module, self._document.text(child))

    def _assigned_export(self, assignment: Node) -> None:
        """`module.exports = { a, b: c }`, `module.exports = a`, `exports.a = b`."""
        left, right = assignment.child_by_field_name("left"), assignment.child_by_field_name("right")
        if left is None or right is None:
            return
        target = self._document.text(left)
        if target == "module.exports":
            if right.type in self._document.grammar.names:
                self._handed_on["default"] = self._handed_on[WHOLE] = self._document.text(right)
            for child in right.named_children if right.type in self._document.grammar.maps else ():
                if child.type in self._document.grammar.shorthand:
                    self._handed_on[self._document.text(child)] = self._document.text(child)
                elif child.type in self._document.grammar.pairs:
                    value = child.child_by_field_name("value")
                    if value is not None and value.child_count == 0:
                        self._handed_on[self._document.label(child)] = self._document.text(value)
        elif target.startswith(("exports.", "module.exports.")) and right.child_count == 0:
            self._handed_on[target.rpartition(".")[2]] = self._document.text(right)

    def _specifier(self, specifier: Node, keep: Callable[[str, str], None]) -> None:
        name = specifier.child_by_field_name("name")
        if name is not None:
            alias = specifier.child_by_field_name("alias") or name
            keep(self._document.text(name), self._document.text(alias))

    def _unquoted(self, node: Node) -> str:
        return self._document.text(node).strip("\"'`")
