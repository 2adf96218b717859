"""Looking a stored key up: exact name, header spelling, longest namespace, alias, folded spelling."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from propguard.model.names import Names
from propguard.model.schema import Property
from tests.subjects import schema_of

if TYPE_CHECKING:
    from propguard.model.finding import Door

PROPERTIES = (
    Property("customer_id", aliases=("cust_id", "Customer ID", "customer-id")),
    Property("feature_*"),
    Property("feature_flags"),
    Property("feature_new_*"),
)
UNDERSCORED = schema_of(*PROPERTIES, reserved=("Tmp",))
DASHED = schema_of(*PROPERTIES, header_separator="-")
# A setting for snake_case only.
TRAIN = schema_of(Property("Customer-Id"), Property("Feature-*"), naming="Train-Case", header_separator="-")
CAMEL = schema_of(Property("customerId"), naming="camelCase")


@pytest.mark.parametrize(
    ("names", "stored", "expected"),
    [
        (Names(UNDERSCORED, "api"), "customer_id", "customer_id"),
        (Names(UNDERSCORED, "api"), "Customer_Id", None),
        (Names(UNDERSCORED, "api"), "customer-id", None),
        (Names(UNDERSCORED, "header"), "customer_id", "customer_id"),
        (Names(UNDERSCORED, "header"), "customer-id", None),
        (Names(DASHED, "header"), "customer-id", "customer_id"),
        (Names(DASHED, "header"), "customer_id", "customer_id"),
        (Names(DASHED, "api"), "customer-id", None),  # the API writes what it is given
        (Names(TRAIN, "header"), "customer-id", "Customer-Id"),
        (Names(TRAIN, "header"), "customer_id", None),
        (Names(TRAIN, "api"), "customer-id", None),
        (Names(CAMEL, "header"), "customerid", "customerId"),
        # an exact name wins, then the longest namespace
        (Names(UNDERSCORED, "api"), "feature_flags", "feature_flags"),
        (Names(UNDERSCORED, "api"), "feature_flag", "feature_*"),
        (Names(UNDERSCORED, "api"), "feature_new_ui", "feature_new_*"),
        (Names(UNDERSCORED, "api"), "feature_new_", "feature_*"),  # nothing follows the longer prefix
        (Names(UNDERSCORED, "api"), "feature_", None),
        (Names(UNDERSCORED, "api"), "feature", None),
        (Names(UNDERSCORED, "header"), "feature-x", None),
        (Names(DASHED, "header"), "feature-x", "feature_*"),
        (Names(DASHED, "header"), "feature-new-x", "feature_new_*"),
        (Names(TRAIN, "header"), "feature-x", "Feature-*"),
        (Names(UNDERSCORED, "api"), "", None),
    ],
)
def test_declared(names: Names, stored: str, expected: str | None) -> None:
    declared = names.declared(stored)
    assert (declared.name if declared is not None else None) == expected


@pytest.mark.parametrize(
    ("names", "aliases"),
    [
        (Names(UNDERSCORED, "api"), {"cust_id", "Customer ID", "customer-id"}),
        (Names(UNDERSCORED, "header"), {"cust_id", "customer id", "customer-id"}),
        # a spelling that headers have anyway is no alias there
        (Names(DASHED, "header"), {"cust_id", "customer id"}),
    ],
)
def test_aliases(names: Names, aliases: set[str]) -> None:
    assert set(names.aliases) == aliases
    assert {declared.name for declared in names.aliases.values()} == {"customer_id"}


@pytest.mark.parametrize(
    ("stored", "expected"),
    [
        ("CustomerID", "customer_id"),
        ("customer-id", "customer_id"),
        ("featureflags", "feature_flags"),
        ("feature", None),
        ("", None),
    ],
)
def test_folded(stored: str, expected: str | None) -> None:
    assert Names(UNDERSCORED, "api").folded(stored) == expected


def test_folded_is_null_where_two_names_are_meant() -> None:
    both = schema_of(Property("user_id"), Property("userId"), naming="any")
    assert Names(both, "api").folded("user-id") is None


@pytest.mark.parametrize(
    ("prefix", "expected"),
    [
        # inside a namespace: that one, and what is declared inside it
        ("feature_x", {"feature_*"}),
        ("feature_", {"feature_*", "feature_flags", "feature_new_*"}),
        ("feature_fl", {"feature_*", "feature_flags"}),
        ("feature_new_u", {"feature_new_*"}),
        # before one
        ("feat", {"feature_*", "feature_flags", "feature_new_*"}),
        ("c", {"customer_id"}),
        ("", {"customer_id", "feature_*", "feature_flags", "feature_new_*"}),
        ("x", set()),
    ],
)
def test_what_a_key_can_be_of_which_the_beginning_is_known(prefix: str, expected: set[str]) -> None:
    assert {declared.name for declared in Names(UNDERSCORED, "api").reachable(prefix)} == expected


@pytest.mark.parametrize(
    ("schema", "door", "canonical"),
    [(DASHED, "header", "customer_id"), (DASHED, "api", "customer-id"), (UNDERSCORED, "header", "customer-id"), (TRAIN, "header", "customer-id")],
)  # fmt: skip
def test_canonical(schema: object, door: Door, canonical: str) -> None:
    assert Names(schema, door).canonical("customer-id") == canonical  # type: ignore[arg-type]  # a parameter is an object to pytest


@pytest.mark.parametrize(
    ("names", "name", "written", "expected"),
    [
        (Names(UNDERSCORED, "header"), "customer_id", "Customer-Id", "customer_id"),  # a header keeps an underscore
        (Names(DASHED, "header"), "customer_id", "customerId", "customer-id"),
        (
            Names(DASHED, "header"),
            "customer_id",
            "CustomerId",
            "Customer-Id",
        ),  # capitals change nothing, so they may stay
        (Names(UNDERSCORED, "header"), "environment", "Env", "Environment"),
        (Names(UNDERSCORED, "header"), "environment", "env", "environment"),
        (Names(CAMEL, "header"), "customerId", "Customer-Id", "customerId"),
    ],
)
def test_how_a_header_spells_a_declared_name(names: Names, name: str, written: str, expected: str) -> None:
    assert names.header_spelling(name, written) == expected


def test_reserved_names_are_compared_without_case() -> None:
    assert Names(UNDERSCORED, "api").reserved == {"tmp"}
