"""Whatever is imported, it is either a schema in which nothing is wrong, or one sentence, and soon."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from propguard.errors import UsageError
from propguard.evolve.importing import import_schema
from tests.evolve.test_round_trips import read_back
from tests.samples import HOSTILE_KEYS, TEXTS
from tests.strategies import TODAY

if TYPE_CHECKING:
    from propguard.evolve.importing import Origin


def dumped(schema: object) -> bytes:
    return json.dumps(schema).encode()


LAUGHTER = {f"d{number}": {"allOf": [{"$ref": f"#/$defs/d{number + 1}"}] * 2} for number in range(60)}

# What is refused, and a word of the sentence that says why.
REFUSED: dict[str, tuple[Origin, bytes, str]] = {
    "nothing": ("json-schema", b"", "no JSON"),
    "no text": ("json-schema", b"\xff\xfe{}", "not UTF-8"),
    "a list": ("json-schema", b"[]", "no JSON object"),
    "deep nesting": ("json-schema", b'{"a":' * 90_000, "nested"),
    "nested within bounds of the parser": ("json-schema", b'{"a":' * 150 + b"1" + b"}" * 150, "nested"),
    "megabytes": ("json-schema", b'{"title": "' + b"x" * (1 << 20) + b'"}', "1 MB"),
    "one member twice": ("json-schema", b'{"title": "a", "title": "b"}', "twice"),
    "half a surrogate pair": ("json-schema", b'{"title": "\\ud800"}', "surrogate"),
    "no number": ("json-schema", b'{"properties": {"a": {"minimum": NaN}}}', "NaN"),
    "a number that nothing holds": ("json-schema", b'{"properties": {"a": {"maximum": 1e999}}}', "1e999"),
    "a number of many digits": ("json-schema", b'{"properties": {"a": {"maximum": ' + b"9" * 400 + b"}}}", "400 digits"),
    "no schema of objects": ("json-schema", dumped({"type": "array"}), "no objects"),
    "a reference to itself": ("json-schema", dumped({"allOf": [{"$ref": "#"}]}), "back to itself"),
    "references in a circle": (
        "json-schema",
        dumped({"properties": {"a": {"$ref": "#/properties/b"}, "b": {"$ref": "#/properties/a"}}}),
        "back to itself",
    ),
    "references that double": ("json-schema", dumped({"$defs": LAUGHTER | {"d60": {}}, "$ref": "#/$defs/d0"}), "refers to"),
    "a reference to nothing": ("json-schema", dumped({"properties": {"a": {"$ref": "#/$defs/gone"}}}), "leads nowhere"),
    "another file at the root": ("json-schema", dumped({"$ref": "other.json"}), "not followed"),
    "thousands of patterns": ("json-schema", dumped({"patternProperties": {f"^p{n}_": {} for n in range(999)}}), "200"),
    "properties in a list": ("json-schema", dumped({"properties": []}), "an object there"),
    "a property that is a text": ("json-schema", dumped({"properties": {"a": "text"}}), "an object or a boolean"),
    "a type that is a number": ("json-schema", dumped({"properties": {"a": {"type": 7}}}), "a type"),
    "a length that is a text": ("json-schema", dumped({"properties": {"a": {"maxLength": "7"}}}), "a whole number"),
    "an enum that is an object": ("json-schema", dumped({"properties": {"a": {"enum": {}}}}), "a list"),
    "required that is a text": ("json-schema", dumped({"required": "a"}), "a list of keys"),
    "YAML that ends in the middle": ("weaver", b"groups: [", "YAML"),
    "YAML as deep": ("weaver", b"[" * 90_000, "nested"),
    "aliases that double": (
        "weaver",
        b"a0: &a0 [x]\n" + b"".join(b"a%d: &a%d [%s]\n" % (n, n, b", ".join([b"*a%d" % (n - 1)] * 9)) for n in range(1, 9)),
        "alias",
    ),
    "a tag": ("weaver", b"groups: !!python/object:os.system []", "tag"),
    "no registry": ("weaver", b"name: x", "neither `groups` nor `attributes`"),
    "groups that are a text": ("weaver", b"groups: x", "a list of mappings"),
    "an attribute without a type": ("weaver", b"groups: [{id: a, attributes: [{id: x}]}]", "the type of x"),
    "members without values": ("weaver", b"groups: [{id: a, attributes: [{id: x, type: {members: [{id: m}]}}]}]", "a member of x"),
    "annotations that are a text": ("weaver", b"groups: [{id: a, annotations: x}]", "a mapping"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_it_is_refused_in_a_sentence(name: str) -> None:
    """Which says where and what, and never takes long."""
    origin, content, word = REFUSED[name]
    start = time.process_time()
    with pytest.raises(UsageError) as raised:
        import_schema(content, "told.file", origin, today=TODAY)
    assert time.process_time() - start < 5
    assert "told.file" in str(raised.value)
    assert word in str(raised.value)
    assert "\n" not in str(raised.value)


def test_references_out_of_the_file_are_listed_and_not_followed() -> None:
    """Whether they name a file that is there, or an address."""
    schema = {"properties": {"a": {"$ref": "file:///etc/passwd"}, "b": {"$ref": "https://example.com/x.json#/y"}}}
    imported = import_schema(dumped(schema), "x.json", "json-schema", today=TODAY)
    assert {loss.property for loss in imported.losses if loss.word == "$ref"} == {"a", "b"}
    assert set(read_back(imported).properties) == {"a", "b"}


def test_annotations_of_strangers_are_held_to_the_file_format() -> None:
    """Fields that do not exist or have wrong values are taken out one by one, and listed; `extends` is no field to be had."""
    content = (
        b"groups:\n- id: registry.x\n  type: attribute_group\n  brief: x\n"
        b"  annotations: {propguard: {naming: any, extends: [../secret.yaml], limits: {key_length: -1}}}\n"
        b"  attributes:\n  - {id: a, type: string, annotations: {propguard: {pattern: '(', bogus: 1, max_length: 9}}}\n"
    )
    imported = import_schema(content, "x.yaml", "weaver", today=TODAY)
    schema = read_back(imported)
    assert (schema.properties["a"].pattern, schema.properties["a"].max_length) == (None, 9)
    assert {loss.word for loss in imported.losses} >= {"pattern", "bogus", "limits"}
    assert "secret" not in imported.text


def assert_sound_or_a_sentence(content: bytes, origin: Origin) -> None:
    """What became of `content` is a schema in which nothing is wrong, or a sentence."""
    try:
        imported = import_schema(content, "told.file", origin, today=TODAY)
    except UsageError as error:
        sentence = str(error)
    else:
        read_back(imported)
        sentence = ""
    assert "\n" not in sentence


KEYWORDS = (
    *(
        "type",
        "enum",
        "const",
        "pattern",
        "format",
        "minLength",
        "maxLength",
        "minimum",
        "exclusiveMaximum",
        "items",
        "not",
    ),
    *("oneOf", "allOf", "$ref", "description", "examples", "deprecated", "properties", "patternProperties", "required"),
    *(
        "additionalProperties",
        "propertyNames",
        "dependentRequired",
        "dependencies",
        "if",
        "then",
        "$defs",
        "title",
        "x-y",
    ),
)
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-3, 2000),
    st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from([text for text in (*TEXTS, *HOSTILE_KEYS) if text != "\ud800"]),
    st.sampled_from(
        ["string", "object", "integer", "array", "^a_", "^[a-z]+$", "(?=a)", "[", "#/$defs/a", "#", "a.json", "date"]
    ),
)
NAMES = st.one_of(st.sampled_from(KEYWORDS), st.sampled_from(["a", "b_c", "^a_", "A-B", *HOSTILE_KEYS[:12]]))
TREES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=4), max_leaves=25
)
PROPERTIES = st.dictionaries(NAMES, st.dictionaries(st.sampled_from(KEYWORDS), TREES, max_size=4), max_size=5)


@given(st.dictionaries(st.sampled_from(KEYWORDS), TREES, max_size=5), PROPERTIES)
def test_any_json_is_a_sound_schema_or_a_sentence(root: dict[str, Any], properties: Any) -> None:
    """No input gets anything else out of the import."""
    assert_sound_or_a_sentence(dumped(root | {"properties": properties}), "json-schema")


ATTRIBUTES = st.lists(
    st.dictionaries(
        st.sampled_from(["id", "key", "ref", "type", "brief", "examples", "stability", "deprecated", "requirement_level", "annotations"]),
        TREES | st.sampled_from(["string", "int", "template[string]", "string[]", {"propguard": {"enum": ["x"], "type": "list"}}]),
        max_size=6,
    ).map(lambda attribute: {"id": "a", "type": "string"} | attribute),
    max_size=4,
)  # fmt: skip


@given(ATTRIBUTES, st.dictionaries(st.sampled_from(["id", "brief", "annotations", "extends"]), TREES, max_size=2))
def test_any_registry_is_a_sound_schema_or_a_sentence(attributes: Any, group: dict[str, Any]) -> None:
    """JSON is YAML, so that what is drawn can be written as that."""
    assert_sound_or_a_sentence(dumped({"groups": [group | {"attributes": attributes}]}), "weaver")
