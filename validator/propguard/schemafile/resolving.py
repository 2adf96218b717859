"""Layers of fields folded into one property schema, field by field, with the place that each field came from."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any, cast

from propguard.model.naming import fold
from propguard.model.schema import Deprecation, Enforcement, Limits, Property, PropertySchema
from propguard.rules.schema_draft import PropertyDraft
from propguard.schemafile.narrowing import without_narrowed
from propguard.schemafile.nodes import MappingNode, ScalarNode, SequenceNode
from propguard.schemafile.structure import span_at

if TYPE_CHECKING:
    from propguard.model.finding import Span
    from propguard.rules.schema_draft import SchemaPath
    from propguard.schemafile.layers import File
    from propguard.schemafile.nodes import Node
    from propguard.schemafile.source import Source

_OF_THE_FILE_ITSELF = ("name", "version", "description", "may_loosen")
_INHERITED = ("naming", "header_separator", "unknown_properties")


_Owners = dict[str, "tuple[str, File]"]
"""By folded name or alias the last property that claims it, and in which layer: aliases from earlier layers give way."""


@dataclass(slots=True)
class Origin:
    """Which layer each field of one property comes from; `declared_in` is the last layer that names the property."""

    declared_in: File
    fields: dict[str, File] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Resolved:
    """A file with its layers folded in, as far as they could be read."""

    file: File
    schema: PropertySchema
    properties: tuple[PropertyDraft, ...]
    origins: dict[str, Origin]

    def place(self, path: SchemaPath, *, at_key: bool = False) -> tuple[Source, Span]:
        """Where `path` of the resolved schema was written."""
        layer = self.file
        if len(path) > 1 and path[0] == "properties" and path[1] in self.origins:
            origin = self.origins[str(path[1])]
            layer = origin.fields.get(str(path[2]), origin.declared_in) if len(path) > 2 else origin.declared_in
        elif path:
            layer = self.stating(path[0])
        return layer.source, span_at(layer.root, path, at_key=at_key)

    def stating(self, name: str | int) -> File:
        """The last layer that states the top-level field `name`, the file itself where none does."""
        layers = [layer for layer in self.file.lineage() if name in layer.root.entries]
        return layers[-1] if layers else self.file


def resolve_layers(file: File) -> Resolved:
    """What `file` and all that it extends say together; broken fields count as left out."""
    lineage = file.lineage()
    limits = _limits(lineage)
    origins = _origins(lineage)
    owners = _owners(lineage)
    drafts = tuple(_draft(name, origin, limits, owners) for name, origin in origins.items())
    top: dict[str, Any] = {}
    for name in _OF_THE_FILE_ITSELF:
        node = file.stated(name)
        if node is not None:
            top[name] = _plain(node) if name == "may_loosen" else _text(node)
    for layer in lineage:
        for name in _INHERITED:
            node = layer.stated(name)
            if node is not None:
                top[name] = _text(node)
    reserved = [key for layer in lineage for key in _texts(layer.stated("reserved"))]
    top.setdefault("name", "")
    top.setdefault("version", "")
    if file.is_broken(("naming",)):  # names are not judged by a style that nobody has chosen
        top["naming"] = "any"
    schema = PropertySchema(
        properties={draft.declared.name: draft.declared for draft in drafts},
        limits=limits,
        reserved=tuple(dict.fromkeys(reserved)),
        path=file.source.path,
        **top,
    )
    return Resolved(file, schema, drafts, origins)


def _limits(lineage: tuple[File, ...]) -> Limits:
    stated: dict[str, int | None] = {}
    for layer in lineage:
        node = layer.root.entries.get("limits", (None, None))[1]
        if isinstance(node, MappingNode):
            for name, (_, value) in node.entries.items():
                if not layer.is_broken(("limits", name)):
                    number = _plain(value)
                    stated[name] = None if number is None else int(number)
    return Limits(**cast(Any, stated))


def _origins(lineage: tuple[File, ...]) -> dict[str, Origin]:
    """Every declared property, in the order in which the layers first name them."""
    origins: dict[str, Origin] = {}
    for layer in lineage:
        declared = layer.root.entries.get("properties", (None, None))[1]
        if not isinstance(declared, MappingNode):
            continue
        for name, (_, node) in declared.entries.items():
            origin = origins.setdefault(name, Origin(layer))
            origin.declared_in = layer
            if isinstance(node, MappingNode):
                for stated in node.entries:
                    if layer.is_broken(("properties", name, stated)):
                        origin.fields.pop(stated, None)
                    else:
                        origin.broken.discard(stated)
                        origin.fields[stated] = layer
            if ("properties", name) in layer.broken_within:
                origin.broken |= _broken_fields(layer, name)
    return origins


def _broken_fields(layer: File, name: str) -> set[str]:
    """The fields of one property that `layer` states but that cannot be used; all, where the property is no mapping."""
    broken: set[str] = set()
    for path in layer.broken:
        if path[:2] == ("properties", name):
            broken |= {str(path[2])} if len(path) > 2 else set(Property.__dataclass_fields__)
    return broken


def _owners(lineage: tuple[File, ...]) -> _Owners:
    owners: _Owners = {}
    for layer in lineage:
        declared = layer.root.entries.get("properties", (None, None))[1]
        if isinstance(declared, MappingNode):
            for name, (_, node) in declared.entries.items():
                owners[fold(name)] = (name, layer)
                aliases = node.entries.get("aliases") if isinstance(node, MappingNode) else None
                if aliases is not None and not layer.is_broken(("properties", name, "aliases")):
                    owners.update((fold(alias), (name, layer)) for alias in _texts(aliases[1]))
    return owners


def _draft(name: str, origin: Origin, limits: Limits, owners: _Owners) -> PropertyDraft:
    nodes = {
        stated: cast(MappingNode, _property_node(layer, name)).entries[stated][1]
        for stated, layer in origin.fields.items()
        if stated in Property.__dataclass_fields__
    }
    declared = _declared(name, nodes, limits)
    kept = tuple(
        alias
        for alias in declared.aliases
        if owners[fold(alias)][0] == name or owners[fold(alias)][1] is origin.fields["aliases"]
    )
    if kept != declared.aliases:
        declared = replace(declared, aliases=kept)
    inherited = {stated for stated, layer in origin.fields.items() if layer is not origin.declared_in}
    if inherited and not origin.broken:
        declared = without_narrowed(declared, inherited)
    layers = {stated: layer.name for stated, layer in origin.fields.items()} | {"": origin.declared_in.name}
    return PropertyDraft(declared, frozenset(nodes), frozenset(origin.broken), layers)


def _property_node(layer: File, name: str) -> Node:
    return cast(MappingNode, layer.root.entries["properties"][1]).entries[name][1]


def _declared(name: str, nodes: dict[str, Node], limits: Limits) -> Property:
    """The property that the fields `nodes`, each of the right shape, declare."""
    fields: dict[str, Any] = {"max_length": limits.value_length}
    for stated, node in nodes.items():
        if stated in {"enum", "examples", "aliases", "requires"}:
            fields[stated] = _texts(node)
        elif stated in {"value_aliases", "deprecated_values"}:
            fields[stated] = {text: _text(value) for text, (_, value) in cast(MappingNode, node).entries.items()}
        elif stated == "items":
            inner = {text: value for text, (_, value) in cast(MappingNode, node).entries.items()}
            fields[stated] = _declared(name, inner, limits)
        elif stated in {"min_length", "max_length"}:
            fields[stated] = int(_plain(node))
        elif stated in {"minimum", "maximum", "required"}:
            fields[stated] = _plain(node)
        elif stated == "cardinality":
            value = _plain(node)
            fields[stated] = value if isinstance(value, str) else int(value)
        elif stated == "enforcement":
            fields[stated] = _enforcement(node)
        elif stated == "deprecated":
            fields[stated] = _deprecation(cast(MappingNode, node))
        else:
            fields[stated] = _text(node)
    return Property(name, **fields)


def _enforcement(node: Node) -> Enforcement:
    if not isinstance(node, MappingNode):
        return Enforcement()
    stated = {text: _text(value) for text, (_, value) in node.entries.items()}
    day = stated.get("block_from")
    return Enforcement("warn", date.fromisoformat(day) if day else None)


def _deprecation(node: MappingNode) -> Deprecation:
    stated: dict[str, Any] = {text: _text(value) for text, (_, value) in node.entries.items()}
    day = stated.pop("sunset", None)
    return Deprecation(**stated, sunset=date.fromisoformat(day) if day else None)


def _text(node: Node) -> str:
    return cast(ScalarNode, node).text


def _texts(node: Node | None) -> tuple[str, ...]:
    return tuple(_text(member) for member in node.members) if isinstance(node, SequenceNode) else ()


def _plain(node: Node) -> Any:
    return cast(ScalarNode, node).value
