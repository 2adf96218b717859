"""Where each part of a resolved schema comes from."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import yaml
from hypothesis import given
from hypothesis import strategies as st

from propguard.schemafile import as_commented_yaml, as_document, as_yaml, schema_with_origins
from propguard.schemafile.writing import Comments
from tests.schemafile.conftest import HEAD
from tests.strategies import schemas

if TYPE_CHECKING:
    from propguard.model.schema import PropertySchema
    from tests.schemafile.conftest import Write

COMMENTS = st.builds(Comments, st.lists(st.text(max_size=20), max_size=2).map(tuple), st.text(max_size=20))


def test_each_field_has_the_layer_that_won_it(write: Write) -> None:
    """Three layers: the last one to state a field has it, and every layer that names a property is told."""
    company, division = HEAD.replace("acme", "company"), HEAD.replace("acme", "division")
    write(
        "reserved: [tmp]\nlimits: {key_length: 50}\nproperties:\n  a: {enum: [x, y],\n    owner: one}\n",
        "one.yaml",
        head=company,
    )
    write(
        "extends: [one.yaml]\nlimits: {value_length: 40}\nproperties:\n  a: {owner: two}\n", "two.yaml", head=division
    )
    path = write("extends: [two.yaml]\nreserved: [old]\nproperties:\n  a:\n    enum: [x]\n  b: {}\n")
    _, origins = schema_with_origins(path)
    told = {
        where: [(origin.schema, os.path.basename(origin.path), origin.line) for origin in found]
        for where, found in origins.items()
    }
    assert told == {
        ("file_format",): [("acme", "properties.yaml", 1)],
        ("name",): [("acme", "properties.yaml", 2)],
        ("version",): [("acme", "properties.yaml", 3)],
        ("limits", "key_length"): [("company", "one.yaml", 5)],
        ("limits", "value_length"): [("division", "two.yaml", 5)],
        ("reserved", 0): [("company", "one.yaml", 4)],
        ("reserved", 1): [("acme", "properties.yaml", 5)],
        ("properties", "a"): [("company", "one.yaml", 7), ("division", "two.yaml", 7), ("acme", "properties.yaml", 7)],
        ("properties", "a", "enum"): [("acme", "properties.yaml", 8)],
        ("properties", "a", "owner"): [("division", "two.yaml", 7)],
        ("properties", "b"): [("acme", "properties.yaml", 9)],
    }


@given(schemas(), st.data())
def test_comments_change_nothing(schema: PropertySchema, data: st.DataObject) -> None:
    """Whatever they say and wherever they stand, the text reads back as the document without them."""
    document = as_document(schema)
    paths = [(), *((field,) for field in document), ("limits", "key_length"), ("reserved", 0)]
    for name, fields in document["properties"].items():
        paths += [("properties", name), *(("properties", name, field) for field in fields)]
        paths += [("properties", name, field, 0) for field in fields]
    comments = data.draw(st.dictionaries(st.sampled_from(paths), COMMENTS, max_size=8))
    assert yaml.safe_load(as_commented_yaml(document, comments)) == yaml.safe_load(as_yaml(schema))
