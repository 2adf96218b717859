"""Each record rule by itself: what it leaves alone, then what it reports."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from propguard.model.schema import Limits, Property, PropertySchema
from propguard.rules.record import RECORD_RULES
from tests.subjects import record_subject, schema_of

if TYPE_CHECKING:
    from propguard.model.finding import Door

RULES = {rule.id: rule for rule in RECORD_RULES}

OPEN = schema_of(unknown_properties="allow")
TWO = schema_of(limits=Limits(properties_per_request=2))
REQUIRED = schema_of(Property("customer_id", required=True), Property("app", required=True), header_separator="-")
DEPENDENT = schema_of(
    Property("billing", requires=("customer_id", "app")), Property("customer_id"), Property("app"), header_separator="-"
)
NAMESPACED = schema_of(
    Property("billing", requires=("flag_billing",)), Property("flag_*", requires=("app",)), Property("app")
)
CAMEL = schema_of(Property("billing", requires=("flagBilling",)), Property("flag*"), naming="camelCase")

SILENT: dict[str, list[tuple[PropertySchema, Door, tuple[str, ...]]]] = {
    "duplicate-header": [
        (OPEN, "header", ()),
        (OPEN, "header", ("App", "Apps")),
        (OPEN, "header", ("User-Id", "User_Id")),  # two headers, and two stored keys
        (OPEN, "api", ("App", "APP")),  # the API keeps case, so these are two properties
    ],
    "required-property-missing": [
        (OPEN, "api", ()),
        (REQUIRED, "api", ("app", "customer_id", "more")),
        (REQUIRED, "header", ("App", "Customer-Id")),
        (REQUIRED, "header", ("APP", "customer_id")),
    ],
    "dependent-property-missing": [
        (DEPENDENT, "api", ()),
        (DEPENDENT, "api", ("customer_id",)),  # the other way round nothing is required
        (DEPENDENT, "api", ("app", "billing", "customer_id")),
        (DEPENDENT, "header", ("App", "Billing", "Customer-Id")),
        (NAMESPACED, "api", ("billing", "flag_billing", "app")),  # a key of a namespace by its own name
        (CAMEL, "header", ("Billing", "FlagBilling")),
    ],
    "too-many-properties": [
        (OPEN, "api", tuple(f"key{number}" for number in range(1000))),
        (TWO, "api", ("a", "b")),
        (TWO, "header", ("a", "A", "b")),  # one header is one property
    ],
}

# What is reported: the stored keys at which, and words of the messages.
REPORTED: dict[str, list[tuple[PropertySchema, Door, tuple[str, ...], dict[str | None, str]]]] = {
    "duplicate-header": [
        (OPEN, "header", ("App", "APP"), {"app": "`Helicone-Property-App`, `Helicone-Property-APP` are one header"}),
        (OPEN, "header", ("a", "A", "b", "B", "c"), {"a": "joins their values", "b": "joins their values"}),
    ],
    "required-property-missing": [
        (REQUIRED, "api", (), {"customer_id": "`customer_id` is missing", "app": "`app` is missing"}),
        (REQUIRED, "api", ("customer-id", "app"), {"customer_id": "is missing"}),  # another property for the API
    ],
    "dependent-property-missing": [
        (DEPENDENT, "api", ("billing",), {"billing": "without `customer_id`, `app`"}),
        (DEPENDENT, "header", ("Billing", "App"), {"billing": "without `customer_id`, which"}),
        (NAMESPACED, "api", ("billing", "flag_other", "app"), {"billing": "without `flag_billing`"}),
        # reported at the stored key, not at the namespace
        (NAMESPACED, "api", ("flag_a", "flag_b"), {"flag_a": "without `app`", "flag_b": "without `app`"}),
    ],
    "too-many-properties": [
        (TWO, "api", ("a", "b", "c"), {None: "has 3 properties; a request may have 2"}),
    ],
}


@pytest.mark.parametrize(
    ("rule", "schema", "door", "keys"), [(rule, *row) for rule, rows in SILENT.items() for row in rows]
)
def test_silent(rule: str, schema: PropertySchema, door: Door, keys: tuple[str, ...]) -> None:
    assert list(RULES[rule].find(record_subject(schema, keys, door))) == []


@pytest.mark.parametrize(
    ("rule", "schema", "door", "keys", "expected"), [(rule, *row) for rule, rows in REPORTED.items() for row in rows]
)
def test_reported(
    rule: str, schema: PropertySchema, door: Door, keys: tuple[str, ...], expected: dict[str | None, str]
) -> None:
    found = dict(RULES[rule].find(record_subject(schema, keys, door)))
    assert list(found) == list(expected)
    for key, words in expected.items():
        assert words in found[key].message


def test_every_record_rule_has_its_tables() -> None:
    """superseded-property looks at values too, and has a file of its own for them: `test_superseded_property.py`."""
    assert [*SILENT, "superseded-property"] == [*REPORTED, "superseded-property"] == list(RULES)
