"""What the type of a name says: the members of a closed set, or the class that an object is of."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from propguard.lint.analysis import Analysis
    from propguard.lint.text import Text

_DEEPEST = 8
_MOST_MEMBERS = 64
_NAMES = frozenset({"identifier", "name", "type_identifier"})
_WRAPPERS = frozenset({"Optional", "Annotated", "Final", "Readonly", "NonNullable", "Partial", "Required"})
_TRANSPARENT = frozenset(
    {
        *("type_annotation", "type", "union_type", "parenthesized_type", "literal_type", "readonly_type"),
        *("binary_operator", "pointer_type", "named_type", "optional_type", "nullable_type", "user_type"),
    }
)
"""Types that say no more than the types in them: unions, and what only changes how a type is held."""

_ENUMS = frozenset({"Enum", "StrEnum", "TextChoices"})


class Types:
    """Reads the types of one document."""

    def __init__(self, analysis: Analysis) -> None:
        self._analysis = analysis
        self._document = analysis.document

    def members(self, annotation: Node, depth: int = 0) -> list[Text] | None:
        """Every text that a value of this type can be, each once; null where the type is not such a closed set."""
        if depth > _DEEPEST:
            return None
        ways = self._analysis.evaluator.ways
        strings = self._document.grammar.plain
        found: list[Text] = []
        for part in self._alternatives(annotation):
            if part.type in strings:
                found.extend(way for way in ways(part) if way.known is not None)
            elif part.type in {"none", "null", "undefined"} or self._document.text(part) in {"None", "undefined"}:
                continue
            elif (literal := self._literal_members(part)) is not None:
                for member in literal:
                    found.extend(way for way in ways(member) if way.known is not None)
            else:
                named = self._named_members(part, depth)
                if named is None:
                    return None
                found.extend(named)
        return list(dict.fromkeys(found)) if 0 < len(found) <= _MOST_MEMBERS else None

    def class_name(self, annotation: Node) -> str:
        """The name of the class that a type says an object is of; empty where it says none, or more than one."""
        parts = (
            (part.child_by_field_name("name") or part) if part.type == "qualified_type" else part
            for part in self._alternatives(annotation)
        )
        names = [self._document.text(part) for part in parts if part.type in _NAMES]
        names = [name for name in names if name != "None"]
        return names[0].strip("\"'") if len(names) == 1 else ""

    def _alternatives(self, node: Node, depth: int = 0) -> Iterator[Node]:
        """The types of which a value is one: what stands between the bars of a union, without what changes nothing."""
        kind = node.type
        if depth > _DEEPEST:
            yield node
        elif kind in _TRANSPARENT:
            for child in node.named_children:
                yield from self._alternatives(child, depth + 1)
        elif kind in {"generic_type", "subscript"} and self._generic_name(node) in _WRAPPERS:
            yield from self._alternatives(self._arguments(node)[0], depth + 1) if self._arguments(node) else ()
        else:
            yield node

    def _literal_members(self, node: Node) -> list[Node] | None:
        if node.type in {"generic_type", "subscript"} and self._generic_name(node) == "Literal":
            return [
                argument.named_children[0] if argument.type == "type" else argument
                for argument in self._arguments(node)
            ]
        return None

    def _generic_name(self, node: Node) -> str:
        name = node.child_by_field_name("name") or (node.named_children[0] if node.named_children else None)
        return "" if name is None else self._document.text(name).rpartition(".")[2]

    def _arguments(self, node: Node) -> list[Node]:
        """What stands in the brackets of a generic type."""
        rest = node.named_children[1:]
        if len(rest) == 1 and rest[0].type in {"type_parameter", "type_arguments"}:
            rest = rest[0].named_children
        return [child.named_children[0] if child.type == "type" and child.named_children else child for child in rest]

    def _named_members(self, node: Node, depth: int) -> list[Text] | None:
        """The members of an enum, or of the type that an alias stands for."""
        if node.type == "lookup_type" or self._document.text(node).startswith(("(typeof", "typeof")):
            return self._members_of_constant(node)
        if node.type not in _NAMES:
            return None
        name = self._document.text(node)
        declared = self._analysis.imports.declared().get(name)
        if declared is not None:
            return self.declared_members(self._analysis, declared, depth)
        imported, modules = self._analysis.imports.of(name), self._analysis.modules
        definition = modules.definition(self._analysis.path, imported) if modules is not None and imported else None
        found = modules.declared(definition) if modules is not None and definition is not None else None
        members = None if found is None else found[0].types.declared_members(*found, depth)
        if members is None or found is None:
            return None
        return [member.foreign(found[0].document.source, found[0].path) for member in members]

    def declared_members(self, analysis: Analysis, declared: Node, depth: int) -> list[Text] | None:
        """Every text that a value of a type, an alias or an enum of a module can be."""
        if declared.type == "type_alias_declaration":
            value = declared.child_by_field_name("value")
            return None if value is None else analysis.types.members(value, depth + 1)
        if declared.type == "enum_declaration" or (
            declared.type in analysis.document.grammar.classes and analysis.types.is_enum(declared)
        ):
            texts = [
                way for value in analysis.bindings.fields.members(declared) for way in analysis.evaluator.ways(value)
            ]
            return [way.renamed() for way in texts if way.known is not None]
        if declared.type in {"subscript", "generic_type", "binary_operator"}:
            return analysis.types.members(declared, depth + 1)
        return None

    def is_enum(self, owner: Node) -> bool:
        """Whether a class is an enum of Python's."""
        bases = owner.child_by_field_name("superclasses")
        return bases is not None and any(
            self._document.text(base).rpartition(".")[2] in _ENUMS for base in bases.named_children
        )

    def _members_of_constant(self, node: Node) -> list[Text] | None:
        """`(typeof VALUES)[number]` of an array of literals."""
        pending, name = [node], None
        while pending and name is None:
            current = pending.pop()
            if current.type == "type_query" and current.named_children:
                name = self._document.text(current.named_children[0])
            pending.extend(current.named_children)
        value = None if name is None else self._analysis.imports.declared().get(name)
        bare = None if value is None else self._document.bare(value)
        if bare is None or bare.type not in self._document.grammar.sequences:
            return None
        texts = [way for member in bare.named_children for way in self._analysis.evaluator.ways(member)]
        return [way.renamed() for way in texts if way.known is not None]
