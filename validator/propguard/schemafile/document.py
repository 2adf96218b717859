"""A resolved property schema as a document with the field names of the file format, defaults left out, and back."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from propguard.model.schema import Deprecation, Enforcement, Limits, Property, PropertySchema

if TYPE_CHECKING:
    from collections.abc import Mapping

FILE_FORMAT = "property-schema/1"

_NO_PROPERTY = Property("")
_NO_SCHEMA = PropertySchema("", "", {})
_NO_LIMITS = Limits()
_PLAIN = (
    "description",
    "owner",
    "type",
    "format",
    "pattern",
    "min_length",
    "minimum",
    "maximum",
    "separator",
    "required",
)
_LISTS = ("examples", "enum", "aliases", "requires")
_MAPPINGS = ("value_aliases", "deprecated_values")
_LAST = ("cardinality", "sensitive", "stability")


def as_document(schema: PropertySchema) -> dict[str, Any]:
    """The resolved schema as JSON and YAML can hold it: what it extends is folded in, so `extends` is gone."""
    document: dict[str, Any] = {"file_format": FILE_FORMAT, "name": schema.name, "version": schema.version}
    for name in ("description", "may_loosen", "naming", "header_separator", "unknown_properties"):
        if getattr(schema, name) != getattr(_NO_SCHEMA, name):
            document[name] = getattr(schema, name)
    limits = {
        name: getattr(schema.limits, name)
        for name in ("key_length", "value_length", "properties_per_request")
        if getattr(schema.limits, name) != getattr(_NO_LIMITS, name)
    }
    if limits:
        document["limits"] = limits
    if schema.reserved:
        document["reserved"] = list(schema.reserved)
    longest = schema.limits.value_length
    document["properties"] = {
        name: _property_document(declared, longest) for name, declared in schema.properties.items()
    }
    return document


def _property_document(declared: Property, longest: int) -> dict[str, Any]:
    document: dict[str, Any] = {}
    document.update(_changed(declared, _PLAIN))
    if declared.max_length != longest:
        document["max_length"] = declared.max_length
    document.update((name, list(getattr(declared, name))) for name in _LISTS if getattr(declared, name))
    document.update((name, dict(getattr(declared, name))) for name in _MAPPINGS if getattr(declared, name))
    if declared.items is not None:
        document["items"] = _property_document(declared.items, longest)
    document.update(_changed(declared, _LAST))
    if declared.enforcement.mode == "warn":
        document["enforcement"] = {"mode": "warn", **_stated(block_from=declared.enforcement.block_from)}
    if declared.deprecated is not None:
        gone = declared.deprecated
        document["deprecated"] = _stated(
            reason=gone.reason, renamed_to=gone.renamed_to, note=gone.note, sunset=gone.sunset
        )
    return document


def _changed(declared: Property, names: tuple[str, ...]) -> dict[str, Any]:
    values = {name: getattr(declared, name) for name in names}
    return {name: value for name, value in values.items() if value != getattr(_NO_PROPERTY, name)}


def _stated(**fields: str | date | None) -> dict[str, str]:
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in fields.items()
        if value is not None
    }


def from_document(document: Mapping[str, Any], path: str = "") -> PropertySchema:
    """The schema that `as_document` made `document` of; nothing is checked."""
    limits = Limits(**document.get("limits", {}))
    longest = limits.value_length
    return PropertySchema(
        name=document["name"],
        version=document["version"],
        properties={name: _property(name, fields, longest) for name, fields in document["properties"].items()},
        description=document.get("description", ""),
        naming=document.get("naming", "snake_case"),
        header_separator=document.get("header_separator", "_"),
        unknown_properties=document.get("unknown_properties", "error"),
        limits=limits,
        reserved=tuple(document.get("reserved", ())),
        may_loosen=document.get("may_loosen", True),
        path=path,
    )


def _property(name: str, document: Mapping[str, Any], longest: int) -> Property:
    fields = {"max_length": longest, **document}
    for listed in _LISTS:
        if listed in fields:
            fields[listed] = tuple(fields[listed])
    if "items" in fields:
        fields["items"] = _property(name, fields["items"], longest)
    if "enforcement" in fields:
        fields["enforcement"] = Enforcement("warn", _date(fields["enforcement"].get("block_from")))
    if "deprecated" in fields:
        deprecated = dict(fields["deprecated"])
        fields["deprecated"] = Deprecation(**{**deprecated, "sunset": _date(deprecated.get("sunset"))})
    return Property(name, **fields)


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text is not None else None
