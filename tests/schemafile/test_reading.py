"""What a schema file says arrives in the schema as it was meant."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from propguard.model.schema import Deprecation, Enforcement, Limits, Property
from propguard.schemafile import check_schema, load_schema
from propguard.schemafile.scalars import resolve

if TYPE_CHECKING:
    from tests.schemafile.conftest import Write

WHOLE = """\
description: All fields
naming: snake_case
header_separator: "-"
unknown_properties: warning
may_loosen: false
limits: {key_length: 60, value_length: 500, properties_per_request: 20}
reserved: [tmp, debug]
properties:
  environment:
    description: Where
    owner: platform
    examples: [production]
    enum: [production, staging]
    aliases: [env]
    value_aliases: {prod: production}
    deprecated_values: {staging: gone soon}
    required: true
    stability: experimental
  score: {type: number, minimum: 0, maximum: 1.5, cardinality: high}
  id: {pattern: '^[a-z]+$', min_length: 2, max_length: 64, cardinality: 12, sensitive: allow}
  flags: {type: list, separator: ";", items: {pattern: '^[a-z_]+$'}}
  feature_*: {enum: [enabled, disabled]}
  status: {enum: [active], requires: [id], enforcement: {mode: warn, block_from: 2999-01-01}}
  plan: {enforcement: block, min_length: 0}
  level: {enforcement: {mode: warn}}
  old: {deprecated: {reason: renamed, renamed_to: plan, note: use plan, sunset: 2999-06-30}}
  version: {format: semver}
"""


def test_every_field(write: Write) -> None:
    path = write(WHOLE)
    assert check_schema(path) == ()
    schema = load_schema(path)
    assert (schema.name, schema.version, schema.description, schema.path) == ("acme", "1.0.0", "All fields", path)
    assert (schema.naming, schema.header_separator, schema.unknown_properties) == ("snake_case", "-", "warning")
    assert schema.limits == Limits(60, 500, 20)
    assert (schema.reserved, schema.may_loosen) == (("tmp", "debug"), False)
    assert dict(schema.properties) == {
        "environment": Property(
            "environment",
            description="Where",
            owner="platform",
            examples=("production",),
            enum=("production", "staging"),
            max_length=500,
            aliases=("env",),
            value_aliases={"prod": "production"},
            deprecated_values={"staging": "gone soon"},
            required=True,
            stability="experimental",
        ),
        "score": Property("score", type="number", max_length=500, minimum=0, maximum=1.5, cardinality="high"),
        "id": Property("id", pattern="^[a-z]+$", min_length=2, max_length=64, cardinality=12, sensitive="allow"),
        "flags": Property(
            "flags",
            type="list",
            max_length=500,
            separator=";",
            items=Property("flags", pattern="^[a-z_]+$", max_length=500),
        ),
        "feature_*": Property("feature_*", enum=("enabled", "disabled"), max_length=500),
        "status": Property(
            "status",
            enum=("active",),
            max_length=500,
            requires=("id",),
            enforcement=Enforcement("warn", date(2999, 1, 1)),
        ),
        "plan": Property("plan", max_length=500, min_length=0),
        "level": Property("level", max_length=500, enforcement=Enforcement("warn")),
        "old": Property(
            "old", max_length=500, deprecated=Deprecation("renamed", "plan", "use plan", date(2999, 6, 30))
        ),
        "version": Property("version", max_length=500, format="semver"),
    }


def test_scalars_are_the_text_as_written(write: Write) -> None:
    schema = load_schema(
        write(
            "properties:\n"
            "  a: {enum: [true, 1.0, no, 2026-01-01, 0x10, 1_000, 'quoted', \"tab\\t\", 12:30:45, 007, 1e3, .5, +1]}\n"
            "  b: {enum: [yes, off, 'null', '~'], value_aliases: {1: yes, True: off, 'on': yes}, examples: [yes]}\n"
            "reserved: [1, true]\n",
        )
    )
    expected = (
        "true",
        "1.0",
        "no",
        "2026-01-01",
        "0x10",
        "1_000",
        "quoted",
        "tab\t",
        "12:30:45",
        "007",
        "1e3",
        ".5",
        "+1",
    )
    assert schema.properties["a"].enum == expected
    assert schema.properties["b"].enum == ("yes", "off", "null", "~")
    assert schema.properties["b"].value_aliases == {"1": "yes", "True": "off", "on": "yes"}


SCALARS: tuple[tuple[str, object], ...] = (
    ("true", True),
    ("TRUE", True),
    ("False", False),
    ("yes", "yes"),
    ("on", "on"),
    ("~", None),
    ("", None),
    ("Null", None),
    ("12", 12),
    ("-3", -3),
    ("0o17", 15),
    ("0x1F", 31),
    ("017", 17),
    ("1_000", "1_000"),
    ("1:30", "1:30"),
    ("1.5", 1.5),
    ("1.", 1.0),
    (".5", 0.5),
    ("1e3", 1000.0),
    ("2026-01-01", "2026-01-01"),
    ("=", "="),
    # no number of JSON
    (".inf", ".inf"),
    (".nan", ".nan"),
    ("1e999", "1e999"),
    ("9" * 5000, "9" * 5000),
)


@pytest.mark.parametrize(("text", "value"), SCALARS)
def test_plain_scalars_are_what_yaml_1_2_says(text: str, value: object) -> None:
    resolved = resolve(text)
    assert resolved == value
    assert type(resolved) is type(value)


SILENT = (
    "properties: {}\n",
    "# a comment\nproperties: {a: {}}\n",
    # anchors, aliases and merge keys, within bounds
    "properties:\n  a: &limits {max_length: 40}\n  b: *limits\n  c: {<<: *limits, min_length: 2}\n",
    "properties:\n  a: &x {max_length: 40}\n  b: &y {min_length: 2}\n  c: {<<: [*x, *y], max_length: 50}\n",
    # an alias may be another spelling of its own property's name, and break the naming
    "properties: {customer_id: {aliases: [customerId, CustomerID, 'Customer ID']}}\n",
    # a rename into a namespace
    "properties:\n  feature_*: {enum: [enabled]}\n  ui: {deprecated: {reason: renamed, renamed_to: feature_ui}}\n",
    # an exact name in a namespace
    "properties:\n  feature_*: {enum: [enabled]}\n  feature_flags: {type: list}\n",
    # an empty member is a member
    "properties: {a: {enum: ['', b], min_length: 0}}\n",
    # what is in a closed set is no secret, and no placeholder
    "properties: {a: {enum: [jane@example.com, 'null', undefined]}}\n",
    # open values may be deprecated
    "properties: {a: {deprecated_values: {old: write new}}}\n",
    # a warning enforcement does not make an example wrong
    "properties: {a: {enum: [b], examples: [b], enforcement: {mode: warn}}}\n",
    "properties: {a: {type: list, items: {enum: [x, y], value_aliases: {z: x}}, examples: ['x,y', x]}}\n",
    "limits: {properties_per_request: null}\nproperties: {}\n",
)


@pytest.mark.parametrize("body", SILENT)
def test_nothing_is_said_of(body: str, write: Write) -> None:
    assert check_schema(write(body)) == ()


def test_a_merged_field_gives_way_to_a_written_one(write: Write) -> None:
    schema = load_schema(write("properties:\n  a: &a {max_length: 40, min_length: 3}\n  b: {<<: *a, max_length: 50}\n"))
    assert (schema.properties["b"].max_length, schema.properties["b"].min_length) == (50, 3)


def test_a_byte_order_mark_and_windows_line_ends_are_fine(tmp_path: object, write: Write) -> None:
    path = write("")
    with open(path, "wb") as file:
        file.write(
            "\ufefffile_format: property-schema/1\r\nname: é\r\nversion: 1.0.0\r\nproperties: {a: {}}\r\n".encode()
        )
    assert load_schema(path).name == "é"
