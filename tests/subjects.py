"""Schemas of a few words, and what stands in front of a single rule."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from propguard.model.names import Names
from propguard.model.schema import Property, PropertySchema
from propguard.model.stored_key import stored_key
from propguard.rules.rule import KeySubject, RecordSubject, ValueSubject
from tests.strategies import TODAY

if TYPE_CHECKING:
    from propguard.model.finding import Door


def schema_of(*properties: Property, **fields: Any) -> PropertySchema:
    """A schema that declares `properties`, and otherwise says what `fields` say."""
    return PropertySchema("small", "1.0.0", {declared.name: declared for declared in properties}, **fields)


def key_subject(schema: PropertySchema, written: str, door: Door) -> KeySubject:
    names, stored = Names(schema, door), stored_key(written, door)
    return KeySubject(written, stored, names, schema, names.declared(stored), TODAY)


def value_subject(declared: Property, value: object, door: Door) -> ValueSubject:
    return ValueSubject(declared.name, cast(str, value), declared, door)


def record_subject(schema: PropertySchema, written: tuple[str, ...], door: Door) -> RecordSubject:
    names = Names(schema, door)
    return RecordSubject({stored_key(key, door): key for key in written}, written, names, schema)
