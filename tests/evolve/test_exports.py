"""What other tools are given, to the letter where those have a syntax of their own."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import yaml

from propguard.evolve.export import TARGETS, export_schema
from propguard.evolve.losses import Loss
from propguard.model.schema import Deprecation, Enforcement, Property, PropertySchema
from propguard.schemafile import load_schema, standard_schema_path
from tests.strategies import TODAY


def schema_of(*properties: Property, **fields: Any) -> PropertySchema:
    return PropertySchema("acme", "1.4.0", {declared.name: declared for declared in properties}, **fields)


SMALL = schema_of(
    Property(
        "tier", description="Plan", enum=("free", "Pro+", "pro"), deprecated_values={"pro": "write Pro+"}, required=True
    ),
    Property("score", type="number", minimum=0, maximum=1, examples=("0.93",), stability="experimental"),
    Property("old", deprecated=Deprecation("renamed", "tier", "renamed", date(2027, 6, 30)), examples=("x",)),
    Property("tags", type="list", examples=("a,b",), owner="web"),
    Property("feature_*", type="boolean"),
    unknown_properties="warning",
)

REGISTRY = """\
groups:
- id: registry.acme
  type: attribute_group
  brief: Properties of the schema acme.
  attributes:
  - id: tier
    type:
      members:
      - {id: free, value: free, stability: stable}
      - {id: pro, value: Pro+, stability: stable}
      - {id: pro_2, value: pro, stability: stable, deprecated: {reason: obsoleted, note: write Pro+}}
    stability: stable
    brief: Plan
    requirement_level: required
  - id: score
    type: double
    stability: development
    examples: [0.93]
    annotations: {propguard: {minimum: 0, maximum: 1}}
  - id: old
    type: string
    stability: stable
    examples: [x]
    deprecated: {reason: renamed, renamed_to: tier, note: renamed}
    annotations: {propguard: {sunset: '2027-06-30'}}
  - id: tags
    type: string[]
    stability: stable
    examples: [[a, b]]
    annotations: {propguard: {owner: web}}
  - id: feature
    type: template[boolean]
    stability: stable
    annotations: {propguard: {key: feature_*}}
  annotations:
    propguard: {name: acme, version: 1.4.0, unknown_properties: warning}
"""


def test_a_registry_file_of_weaver() -> None:
    """Groups, attributes, members, templates, deprecations and examples as its syntax has them."""
    text, losses = export_schema(SMALL, "weaver")
    assert yaml.safe_load(text) == yaml.safe_load(REGISTRY)
    assert {(loss.property, loss.word) for loss in losses if loss.effect == "accepts more"} == {
        (None, "unknown_properties"),
        ("tier", "enum"),
        ("score", "minimum"),
        ("score", "maximum"),
    }


def test_a_metadata_schema_of_portkey() -> None:
    """Texts only, never more than 128 characters, and other keys always allowed."""
    text, losses = export_schema(SMALL, "portkey", today=TODAY)
    document = json.loads(text)
    assert document["required"] == ["tier"]
    assert list(document["properties"]) == ["tier", "score", "old", "tags"]
    assert document["properties"]["old"]["maxLength"] == 128
    assert Loss("feature_*", "properties", "accepts more", "they have no namespaces") in losses
    assert "minimum" in document["properties"]["score"]["$comment"]


def test_every_stated_field_arrives_or_is_listed() -> None:
    """Nothing is dropped in silence, whatever the target: each field of each property of the standard schema, and of one that
    states all."""
    full = Property(
        "full",
        description="d",
        owner="o",
        examples=("a1",),
        pattern="^a[0-9]$",
        min_length=2,
        max_length=2,
        aliases=("whole",),
        value_aliases={"b": "a1"},
        requires=("tier",),
        cardinality=5,
        sensitive="allow",
        enforcement=Enforcement("warn", date(2026, 12, 1)),
        stability="experimental",
        deprecated=Deprecation("obsolete", note="gone", sunset=date(2027, 1, 1)),
        deprecated_values={"a1": "gone"},
    )
    unsaid = {
        "owner",
        "aliases",
        "value_aliases",
        "cardinality",
        "sensitive",
        "enforcement",
        "deprecated_values",
        "deprecated",
    }
    for target in TARGETS:
        _, losses = export_schema(schema_of(full, *SMALL.properties.values()), target, today=TODAY)
        listed = {loss.word for loss in losses if loss.property == "full"}
        assert unsaid <= listed
        assert all(loss.sentence() for loss in losses)
        _, losses = export_schema(load_schema(standard_schema_path()), target, today=TODAY)
        assert {"aliases", "cardinality"} <= {loss.word for loss in losses}
