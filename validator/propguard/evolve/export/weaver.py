"""An OpenTelemetry Weaver registry file with one attribute group: the syntax of https://github.com/open-telemetry/weaver,
`schemas/semconv-syntax.md` at 08c60cbf, that of `groups:`, which every version of Weaver reads.

What Weaver has no words for goes with the group and each attribute as the annotation `propguard`: annotations may hold any
YAML, and the import reads them again. Weaver itself does not check them, so they are losses all the same.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from propguard.evolve.losses import Loss, notices
from propguard.evolve.texts import text_of
from propguard.schemafile import as_commented_yaml, as_document
from propguard.schemafile.writing import Comments

if TYPE_CHECKING:
    from collections.abc import Iterator

    from propguard.evolve.losses import Effect
    from propguard.model.schema import Property, PropertySchema

ANNOTATION = "propguard"
GROUP_PREFIX = "registry."

NO_DESCRIPTION = "Properties of the schema "

SIMPLE_TYPES = {"string": "string", "integer": "int", "number": "double", "boolean": "boolean"}
"""By type of a property; a list is the one of its items with brackets behind it, a namespace a template of either."""

STABILITIES = {"stable": "stable", "experimental": "development"}

_OPEN = "Weaver takes its members for the ones that are known, and lets others pass"
_NOT_CHECKED = "Weaver does not check it; it goes along as an annotation"
_TEMPLATE = (
    "Weaver writes the keys of a template with a dot before their last part; the prefix goes along as an annotation"
)
_NO_EXAMPLES = "Weaver asks for examples of texts, and the schema has none"

_OF_WEAVER = frozenset({"description", "examples", "enum", "type", "required", "stability"})
_ONLY_SAY = frozenset({"owner", "cardinality", "version", "name", "may_loosen", "deprecated_values", "deprecated"})


def as_weaver(schema: PropertySchema) -> tuple[str, tuple[Loss, ...]]:
    """The text of the registry file, and what Weaver does not make of it."""
    document = as_document(schema)
    losses = [Loss(None, field, _effect(field), _NOT_CHECKED) for field in _annotated(document, {"description"})]
    attributes = []
    ids = _ids(list(schema.properties))
    for name, declared in schema.properties.items():
        attribute, lost = _attribute(declared, ids[name], document["properties"][name])
        attributes.append(attribute)
        losses += lost
    group = {
        "id": f"{GROUP_PREFIX}{schema.name}",
        "type": "attribute_group",
        "brief": schema.description or f"{NO_DESCRIPTION}{schema.name}.",
        "attributes": attributes,
        "annotations": {
            ANNOTATION: {field: document[field] for field in ("name", *_annotated(document, {"description"}))}
        },
    }
    comments: dict[tuple[str | int, ...], Comments] = {(): Comments((_HEAD.format(schema=schema), *notices(losses)))}
    return as_commented_yaml({"groups": [group]}, comments), tuple(losses)


_HEAD = "Made from version {schema.version} of the property schema {schema.name}. What Weaver does not make of it:"


def _annotated(document: dict[str, Any], carried: set[str]) -> Iterator[str]:
    """The fields of the schema itself that Weaver has no words for, but for its name, which makes the group's id."""
    return (field for field in document if field not in {"file_format", "name", "properties", *carried})


def _effect(field: str) -> Effect:
    return "says less" if field in _ONLY_SAY else "accepts more"


def _ids(names: list[str]) -> dict[str, str]:
    """The id of each attribute: its name, for a namespace what all of its keys begin with, without separators at the end where
    that is no other's id."""
    ids = {name: name for name in names if not name.endswith("*")}
    for name in names:
        if name.endswith("*"):
            stem = name[:-1].rstrip("_-.")
            ids[name] = stem if stem and stem not in ids.values() else name[:-1]
    return ids


def _attribute(declared: Property, attribute_id: str, document: dict[str, Any]) -> tuple[dict[str, Any], list[Loss]]:
    name = declared.name
    stability = STABILITIES[declared.stability]
    annotation = {field: value for field, value in document.items() if field not in _OF_WEAVER}
    if _has_members(declared) and all(map(str.strip, declared.deprecated_values.values())):
        annotation.pop("deprecated_values", None)  # which its members say, as they are no others
    losses = [Loss(name, field, _effect(field), _NOT_CHECKED) for field in annotation]
    gone = annotation.pop("deprecated", {})
    if "sunset" in gone:
        annotation["sunset"] = gone.pop("sunset")
    else:
        losses = [loss for loss in losses if loss.word != "deprecated"]
    attribute: dict[str, Any] = {"id": attribute_id, "type": _type(declared, stability), "stability": stability}
    if declared.is_namespace:
        annotation = {"key": name, **annotation}
        losses.append(Loss(name, "properties", "says less", _TEMPLATE))
    if declared.enum is not None:
        losses.append(Loss(name, "enum", "accepts more", _OPEN))
        if not _has_members(declared):
            annotation["enum"] = list(declared.enum)
    if declared.description:
        attribute["brief"] = declared.description
    losses += _add_examples(declared, attribute, annotation)
    if declared.required:
        attribute["requirement_level"] = "required"
    if gone:
        attribute["deprecated"] = gone | {"reason": "renamed" if gone.get("renamed_to") else "obsoleted"}
    if annotation:
        attribute["annotations"] = {ANNOTATION: annotation}
    return attribute, losses


def _has_members(declared: Property) -> bool:
    """Whether its closed set is one of Weaver's: a template has no members, and what has members no other type."""
    return declared.enum is not None and not declared.is_namespace and declared.type == "string"


def _add_examples(declared: Property, attribute: dict[str, Any], annotation: dict[str, Any]) -> Iterator[Loss]:
    examples, left = _examples(declared)
    if examples:
        attribute["examples"] = examples
    elif declared.enum is None and declared.type in {"string", "list"}:
        yield Loss(declared.name, "examples", "says less", _NO_EXAMPLES)
    if left:
        annotation["examples"] = list(declared.examples)
        yield Loss(declared.name, "examples", "says less", "not all of them are written in that way there")


def _type(declared: Property, stability: str) -> Any:
    items = declared.items.type if declared.items is not None else "string"
    plain = f"{SIMPLE_TYPES[items]}[]" if declared.type == "list" else SIMPLE_TYPES[declared.type]
    if declared.is_namespace:
        return f"template[{plain}]"
    if declared.enum is None or not _has_members(declared):
        return plain
    ids = _member_ids(declared.enum)
    return {
        "members": [
            {"id": ids[value], "value": value, "stability": stability} | _gone(declared.deprecated_values.get(value))
            for value in declared.enum
        ]
    }


def _gone(note: str | None) -> dict[str, Any]:
    return {} if note is None else {"deprecated": {"reason": "obsoleted", "note": note}}


def _member_ids(values: tuple[str, ...]) -> dict[str, str]:
    """An id for each value: its letters and digits in lower case, no two alike."""
    ids: dict[str, str] = {}
    taken: set[str] = set()
    for value in values:
        plain = "_".join(re.findall(r"[a-z0-9]+", value.lower())) or "value"
        number, member = 1, plain
        while member in taken:
            number += 1
            member = f"{plain}_{number}"
        taken.add(member)
        ids[value] = member
    return ids


def _examples(declared: Property) -> tuple[list[Any], bool]:
    """The examples as values of the type that the attribute has, and whether some of them are not that or look otherwise."""
    if _has_members(declared):
        return list(declared.examples), False
    kind = declared.items.type if declared.type == "list" and declared.items is not None else declared.type
    read: list[Any] = []
    exact = True
    for example in declared.examples:
        parts = example.split(declared.separator) if declared.type == "list" else [example]
        values = [value for part in parts if (value := _typed(part, "string" if kind == "list" else kind)) is not None]
        exact = exact and list(map(text_of, values)) == parts
        if len(values) == len(parts):
            read.append(values if declared.type == "list" else values[0])
    return read, not exact


def _typed(text: str, kind: str) -> str | int | float | bool | None:
    """`text` as a value of that type, null where it is none or has none that every reader of YAML takes."""
    if kind == "string":
        return text
    if kind == "boolean":
        return {"true": True, "false": False}.get(text)
    try:
        number = (int if kind == "integer" else float)(text) if len(text) <= 18 else None
    except ValueError:
        return None
    return number if number is None or number - number == 0 else None
