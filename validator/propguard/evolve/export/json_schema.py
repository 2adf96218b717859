"""The JSON Schema of one record, and what of the schema it does not say."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from propguard.compilers.json_schema import json_schema, unsaid
from propguard.evolve.export.left_out import left_out
from propguard.evolve.losses import Loss

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from propguard.compilers.json_schema import Draft
    from propguard.evolve.losses import Effect
    from propguard.model.schema import PropertySchema

_NO_WORD = "JSON Schema has no word for it"
_LIST = "a list is a text with a pattern there"
_OF_ITEMS = "a list is one text there, from which its items cannot be told apart"

# By rule, the field that it stands for and why it is not said.
_RULES: dict[str, tuple[str, str]] = {
    "value-range": ("minimum, maximum", "a value is text there, and only numbers are compared"),
    "value-sensitive": ("sensitive", "it has no words for secrets and personal data"),
    "value-pattern": (
        "pattern",
        "JavaScript reads it otherwise, or it is about the items of a list that cannot be told apart",
    ),
    "value-alias": ("value_aliases", _OF_ITEMS),
    "value-not-allowed": ("items", _OF_ITEMS),
    "value-type": ("items", _OF_ITEMS),
    "value-format": ("items", _OF_ITEMS),
    "value-empty": ("items", _OF_ITEMS),
    "value-too-short": ("items", _OF_ITEMS),
    "value-too-long": ("items", _OF_ITEMS),
    "key-case": (
        "naming",
        "a key in the wrong case is refused also where it stands for a property that does not block yet",
    ),
}
_REASONS: dict[str, tuple[Effect, str]] = {
    "aliases": ("says less", "aliases are refused, and what to write instead stands in a comment"),
    "value_aliases": ("says less", "such values are refused, and what to write instead is not said"),
    "enforcement": (
        "says less",
        "it is judged by the day of the export: as long as errors are warnings, nothing is asked of values",
    ),
    "deprecated": ("says less", "only that it is deprecated is said, and from its sunset on that it is refused"),
    "unknown_properties": ("says less", "a warning is as good as none there"),
    "naming": ("says less", "which keys there are says all, as no others are allowed"),
    "key_length": ("says less", "which keys there are says all, as no others are allowed"),
    "reserved": ("says less", "which keys there are says all, as no others are allowed"),
    "separator": ("says less", _LIST),
    "items": ("says less", _LIST),
}
_CARRIED = frozenset(
    {"name", "description", "examples", "enum", "type", "format", "pattern", "min_length", "max_length", "value_length"}
    | {"minimum", "maximum", "required", "requires"}
)


def as_json_schema(schema: PropertySchema, draft: Draft, today: date | None) -> tuple[str, tuple[Loss, ...]]:
    """The text of the JSON Schema of that draft, and what it does not say."""
    day = today or datetime.now(UTC).date()
    document = json_schema(schema, today=day, draft=draft)
    return json.dumps(document, indent=2) + "\n", (*weaker(schema, day), *_less(schema, "propertyNames" in document))


def weaker(schema: PropertySchema, today: date) -> Iterator[Loss]:
    """What no JSON Schema says and the checker asks, in the order of the schema."""
    order = {name: position for position, name in enumerate(schema.properties)}
    for name, rule in sorted(unsaid(schema, today=today), key=lambda each: (order.get(each[0] or "", -1), each[1])):
        field, reason = _RULES[rule]
        yield Loss(name, field, "refuses more" if rule == "key-case" else "accepts more", reason)


def _less(schema: PropertySchema, names_said: bool) -> Iterator[Loss]:
    carried = _CARRIED | ({"naming", "key_length", "reserved"} if names_said else set())
    if schema.unknown_properties != "warning":
        carried |= {"unknown_properties"}
    yield from left_out(schema, _REASONS, carried, _NO_WORD)
    for name, declared in schema.properties.items():
        if declared.type == "list":
            yield Loss(name, "type", "says less", _LIST)
