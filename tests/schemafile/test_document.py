"""A resolved schema can be written as a document or as YAML, and reads back as the same schema."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from hypothesis import given

from propguard.schemafile import as_document, as_yaml, from_document, load_schema, standard_schema_path
from propguard.schemafile.examination import examine_file
from tests.strategies import TODAY, schemas

if TYPE_CHECKING:
    from propguard.model.schema import PropertySchema
    from tests.schemafile.conftest import Write


def as_read(schema: PropertySchema) -> PropertySchema:
    """What is generated names no items; what is read names them after their list."""
    properties = {
        name: replace(declared, items=replace(declared.items, name=name)) if declared.items is not None else declared
        for name, declared in schema.properties.items()
    }
    return replace(schema, properties=properties)


@given(schemas())
def test_every_schema_survives_json(schema: PropertySchema) -> None:
    document = json.loads(json.dumps(as_document(schema)))
    assert from_document(document, schema.path) == as_read(schema)


@given(schemas())
def test_every_schema_survives_yaml(schema: PropertySchema) -> None:
    examination = examine_file(schema.path, as_yaml(schema).encode(), TODAY)
    assert examination.errors == ()
    assert examination.schema == as_read(schema)


def test_the_standard_schema_survives_yaml() -> None:
    schema = load_schema(standard_schema_path())
    examination = examine_file(schema.path, as_yaml(schema).encode())
    assert examination.findings == ()
    assert examination.schema == schema


def test_defaults_are_left_out(write: Write) -> None:
    path = write(
        "extends: []\nnaming: snake_case\nproperties: {a: {min_length: 1, max_length: 1000, enum: [true]}, b: {}}\n"
    )
    schema = load_schema(path)
    assert as_document(schema) == {
        "file_format": "property-schema/1",
        "name": "acme",
        "version": "1.0.0",
        "properties": {"a": {"enum": ["true"]}, "b": {}},
    }
    assert from_document(as_document(schema)) == replace(schema, path="")


def test_text_that_looks_like_something_else_is_quoted(write: Write) -> None:
    path = write(
        "properties: {a: {description: '0o17', enum: [1e3, 0o17, yes, ~x, 2026-01-01, '']}}\n".replace(", ''", "")
    )
    schema = load_schema(path)
    assert examine_file(path, as_yaml(schema).encode()).schema == schema
