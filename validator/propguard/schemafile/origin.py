"""Where each field of a resolved schema was written: in which of the layers, and at which line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from propguard.schemafile.nodes import MappingNode, ScalarNode, SequenceNode
from propguard.schemafile.structure import span_at

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from propguard.rules.schema_draft import SchemaPath
    from propguard.schemafile.layers import File
    from propguard.schemafile.resolving import Resolved


class Origin(NamedTuple):
    """A layer by the name and the path of its schema, and the line there, from 1."""

    schema: str
    path: str
    line: int


Origins = dict["SchemaPath", tuple[Origin, ...]]
"""By path in the document of a resolved schema: the layer that has the last word, for a property all layers that name it, the
last of them last."""


def origins_of(resolved: Resolved, document: Mapping[str, Any]) -> Origins:
    """The origins of everything that `document`, which shows `resolved`, says: its fields, those of its limits and its
    properties, and each reserved key."""
    return dict(_origins(resolved, document))


def _origins(resolved: Resolved, document: Mapping[str, Any]) -> Iterator[tuple[SchemaPath, tuple[Origin, ...]]]:
    lineage = resolved.file.lineage()
    for field in document:
        if field not in {"properties", "limits", "reserved"}:
            yield (field,), (_origin(resolved.stating(field), (field,)),)
    for name in document.get("limits", {}):
        layers = [layer for layer in lineage if _holds(layer, "limits", name)]
        yield ("limits", name), (_origin(layers[-1], ("limits", name)),)
    for position, key in enumerate(document.get("reserved", ())):
        yield ("reserved", position), _reserved(lineage, key)
    for name, fields in document["properties"].items():
        layers = [layer for layer in lineage if _holds(layer, "properties", name)]
        yield ("properties", name), tuple(_origin(layer, ("properties", name), at_key=True) for layer in layers)
        by_field = resolved.origins[name].fields
        for field in fields:
            yield ("properties", name, field), (_origin(by_field[field], ("properties", name, field)),)


def _origin(layer: File, path: SchemaPath, *, at_key: bool = False) -> Origin:
    return Origin(layer.name, layer.source.path, span_at(layer.root, path, at_key=at_key).line)


def _holds(layer: File, field: str, name: str) -> bool:
    node = layer.root.entries.get(field, (None, None))[1]
    return isinstance(node, MappingNode) and name in node.entries


def _reserved(lineage: tuple[File, ...], key: str) -> tuple[Origin, ...]:
    """The first layer that reserves `key`, as later ones add nothing to that."""
    for layer in lineage:
        node = layer.stated("reserved")
        members = node.members if isinstance(node, SequenceNode) else ()
        for member in members:
            if isinstance(member, ScalarNode) and member.text == key:
                return (Origin(layer.name, layer.source.path, member.span.line),)
    return ()
