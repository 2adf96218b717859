"""Portkey's metadata schema, which API keys and workspaces of an organisation are held to.

Portkey takes JSON Schema draft-07 with its own conditions: `type: object` at the top, `additionalProperties: true` always,
and every property of `type: string`. Its examples have `properties`, `required`, `enum` and `default`; other words of draft-07
are kept to those that say something of one text. Values are at most 128 characters long. Sources:
https://portkey.ai/docs/product/administration/enforcing-request-metadata and
https://portkey.ai/docs/product/observability/metadata (Portkey-AI/docs-core at 0605f28d and 1889115c).
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from propguard.compilers.json_schema import json_schema
from propguard.evolve.export.json_schema import weaker
from propguard.evolve.export.left_out import left_out
from propguard.evolve.losses import Loss

if TYPE_CHECKING:
    from datetime import date

    from propguard.evolve.losses import Effect
    from propguard.model.schema import Property, PropertySchema

LONGEST_VALUE = 128

_WORDS = ("type", "description", "examples", "enum", "pattern", "minLength", "maxLength")
_NO_WORD = "Portkey's metadata schemas have no word for it"
_ONE_PATTERN = "of several patterns only the first can be kept"
_REFUSED = "a property that may not be written cannot be said"

_REASONS: dict[str, tuple[Effect, str]] = {
    "requires": ("accepts more", "they cannot say that one property requires another"),
    "unknown_properties": ("says less", "they always allow other keys"),
    "value_aliases": ("accepts more", "a text cannot be left out of an open set of values"),
    "aliases": ("accepts more", "they always allow other keys"),
    "reserved": ("accepts more", "they always allow other keys"),
    "naming": ("accepts more", "they always allow other keys"),
    "key_length": ("accepts more", "they always allow other keys"),
}
_CARRIED = frozenset(
    {"description", "examples", "enum", "type", "format", "pattern", "min_length", "max_length", "required"}
    | {"minimum", "maximum"}
)


def as_portkey(schema: PropertySchema, today: date | None) -> tuple[str, tuple[Loss, ...]]:
    """The text of the metadata schema, and what it does not say."""
    day = today or datetime.now(UTC).date()
    compiled = json_schema(schema, today=day, draft="draft-07")
    losses = [Loss(None, "unknown_properties", "accepts more", "they must allow other keys")]
    for loss in left_out(schema, _REASONS, _CARRIED | {"unknown_properties"}, _NO_WORD):
        is_closed = loss.property is not None and schema.properties[loss.property].enum is not None
        losses.append(loss._replace(effect="says less") if loss.word == "value_aliases" and is_closed else loss)
    losses += (loss for loss in weaker(schema, day) if loss.property in schema.properties)
    properties: dict[str, Any] = {}
    for name, declared in schema.properties.items():
        if declared.is_namespace:
            losses.append(Loss(name, "properties", "accepts more", "they have no namespaces"))
            continue
        said, lost = _property(compiled["properties"][name], declared)
        losses += (Loss(name, *each) for each in lost)
        if said is not None:
            unsaid = dict.fromkeys(loss.word for loss in losses if loss.property == name and loss.effect != "says less")
            properties[name] = said | ({"$comment": f"Not said here: {', '.join(unsaid)}."} if unsaid else {})
    required = [name for name in compiled.get("required", []) if name in properties]
    document = {
        "type": "object",
        **({"required": required} if required else {}),
        "properties": properties,
        "additionalProperties": True,
    }
    return json.dumps(document, indent=2) + "\n", tuple(losses)


def _property(
    compiled: dict[str, Any], declared: Property
) -> tuple[dict[str, Any] | None, list[tuple[str, Effect, str]]]:
    """What can be said of a property, null where that it is there cannot, and what is lost of it."""
    if compiled.get("not") == {}:
        return None, [("deprecated", "accepts more", _REFUSED)]
    said = {"type": "string"} | {word: compiled[word] for word in _WORDS if word in compiled}
    lost: list[tuple[str, Effect, str]] = []
    if "allOf" in compiled:
        lost.append(("pattern", "accepts more", _ONE_PATTERN))
    if any(len(value) > LONGEST_VALUE for value in said.get("enum", ())):
        lost.append(("enum", "refuses more", f"values are at most {LONGEST_VALUE} characters long there"))
    elif "maxLength" in said and said["maxLength"] > LONGEST_VALUE:
        said["maxLength"] = LONGEST_VALUE
        lost.append(("max_length", "refuses more", f"values are at most {LONGEST_VALUE} characters long there"))
    if "type" not in compiled and declared.enforcement.mode == "warn":
        lost.append(("type", "refuses more", "every property must be text there, also one that does not block yet"))
    return said, lost
