"""A JSON Schema that somebody else wrote, against what is made of it: where they differ, a loss says so."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
from hypothesis import given
from hypothesis import strategies as st

from propguard.evolve.importing import import_schema
from tests.evolve.test_round_trips import errors, excused, read_back
from tests.strategies import TODAY

TEXTS = ("", "a", "abc", "b1", "2026-01-01", "12", "true", "x y", "on")
PATTERNS = ("^[a-z]+$", "^b", r"\d$", "(?!a)", "^.+$", r"^\S+$")
KEYS = ("a", "b_c", "aB", "f_x", "f_", "f_y", "id_x", "x-y")

VALUES = st.fixed_dictionaries(
    {},
    optional={
        "type": st.sampled_from(["string", "string", ["string", "null"], "integer"]),
        "enum": st.lists(st.sampled_from([*TEXTS, 1, None]), min_size=1, max_size=4),
        "const": st.sampled_from(TEXTS),
        "pattern": st.sampled_from(PATTERNS),
        "minLength": st.integers(0, 3),
        "maxLength": st.integers(0, 5),
        "minimum": st.integers(0, 20),
        "not": st.sampled_from([{}, {"enum": ["a"]}, {"pattern": "^b"}, {"const": "on"}]),
        "oneOf": st.sampled_from([[{"const": "a"}, {"const": "on"}], [{"type": "string"}, {"type": "integer"}]]),
        "allOf": st.lists(
            st.sampled_from([{"minLength": 2}, {"pattern": "^a"}, {"$ref": "#/$defs/text"}, False]), max_size=2
        ),
        "$ref": st.sampled_from(["#/$defs/text", "#/$defs/short"]),
    },
)
SCHEMAS = st.fixed_dictionaries(
    {"$defs": st.just({"text": {"type": "string"}, "short": {"maxLength": 2, "$ref": "#/$defs/text"}})},
    optional={
        "properties": st.dictionaries(st.sampled_from(KEYS), VALUES | st.booleans(), max_size=4),
        "patternProperties": st.dictionaries(
            st.sampled_from(["^f_", "^f_.+$", "_x$"]), VALUES | st.booleans(), max_size=2
        ),
        "additionalProperties": st.sampled_from([True, False, {"type": "string"}, {"maxLength": 1}]),
        "propertyNames": st.sampled_from([{"pattern": "^[a-z_]+$"}, {"maxLength": 3}]),
        "required": st.lists(st.sampled_from(KEYS), max_size=1),
        "dependentRequired": st.dictionaries(
            st.sampled_from(KEYS), st.lists(st.sampled_from(KEYS), max_size=1), max_size=1
        ),
        "allOf": st.lists(st.sampled_from([{"required": ["a"]}, {"properties": {"a": {"minLength": 1}}}]), max_size=1),
    },
)


@given(
    SCHEMAS,
    st.lists(st.dictionaries(st.sampled_from(KEYS), st.sampled_from(TEXTS), max_size=3), min_size=1, max_size=6),
)
def test_it_refuses_what_the_file_refuses(schema: dict[str, Any], records: list[dict[str, Any]]) -> None:
    """Of records of texts; what differs is listed for the key that makes the difference, or for the schema as a whole."""
    imported = import_schema(json.dumps(schema).encode(), "x.json", "json-schema", today=TODAY)
    again = read_back(imported)
    validator = jsonschema.Draft202012Validator(schema)
    for record in records:
        refused = errors(again, record)
        if validator.is_valid(record) and refused:
            assert excused(list(imported.losses), "refuses more", again, refused), (record, refused)
        if not validator.is_valid(record) and not refused:
            required = {name for part in (schema, *schema.get("allOf", ())) for name in part.get("required", ())}
            assert excused(list(imported.losses), "accepts more", again, {*record, *required, None}), record
