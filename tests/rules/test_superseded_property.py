"""superseded-property: what was corrected is counted apart, what was not is still reported."""

from __future__ import annotations

import pytest

from propguard.compilers import Checker
from propguard.model.schema import Deprecation, Property, PropertySchema
from tests.strategies import TODAY
from tests.subjects import schema_of

SCHEMA = schema_of(
    Property(
        "environment",
        enum=("production", "staging"),
        aliases=("env", "deploy_env"),
        value_aliases={"prod": "production"},
    ),
    Property("customer_id", pattern="^cust_[0-9]+$"),
    Property("team", aliases=("squad",)),
    Property("old_tier", deprecated=Deprecation("renamed", "plan"), value_aliases={"gold": "pro"}),
    Property("plan", enum=("free", "pro")),
    Property("flag_*", enum=("on", "off")),
)
DASHED = schema_of(Property("customer_id", aliases=("client",)), header_separator="-")
CONTRADICTING = {"env": "staging", "environment": "production"}

# Nothing but that the keys are superseded is reported of these records.
SUPERSEDED: list[tuple[PropertySchema, dict[str, str], set[str]]] = [
    (SCHEMA, {"env": "production", "environment": "production"}, {"env"}),
    (SCHEMA, {"env": "prod", "environment": "production"}, {"env"}),  # the value was corrected with its key
    (SCHEMA, {"env": "", "environment": "production"}, {"env"}),  # emptied: the nearest to deleting it
    (SCHEMA, {"env": "prod", "deploy_env": "", "environment": "production"}, {"env", "deploy_env"}),
    (SCHEMA, {"Environment": "staging", "environment": "staging"}, {"Environment"}),
    (SCHEMA, {"customer-id": "cust_1", "customer_id": "cust_1"}, {"customer-id"}),
    (SCHEMA, {"CustomerId": "cust_1", "customer_id": "cust_1"}, {"CustomerId"}),
    (SCHEMA, {"squad": " search ", "team": "search"}, {"squad"}),  # blanks of an open value
    (SCHEMA, {"squad": "search", "team": "search"}, {"squad"}),
    (SCHEMA, {"old_tier": "gold", "plan": "pro"}, {"old_tier"}),  # by the value aliases of its old name
    (SCHEMA, {"Flag_Search": "on", "flag_search": "on"}, {"Flag_Search"}),
    (DASHED, {"client": "a", "customer-id": "a"}, {"client"}),  # as a header wrote it
]

# Of these the wrong key is reported as ever.
NOT: list[tuple[PropertySchema, dict[str, str], set[str]]] = [
    (SCHEMA, {"env": "production"}, {"key-alias"}),
    (SCHEMA, {"env": ""}, {"key-alias"}),  # emptied, and its correction is nowhere
    (SCHEMA, CONTRADICTING, {"key-alias"}),  # somebody has to decide which is right
    (SCHEMA, {"env": "prod", "environment": "staging"}, {"key-alias"}),
    (SCHEMA, {"squad": "search", "team": " search"}, {"key-alias", "value-whitespace"}),
    (SCHEMA, {"teem": "search", "team": "search"}, {"unknown-property"}),  # only probably the same
    (SCHEMA, {"flag_a": "on", "Flag_b": "on"}, {"key-case"}),
    (SCHEMA, {"environment": "production", "team": "search"}, set()),
]


@pytest.mark.parametrize(("schema", "record", "keys"), SUPERSEDED)
def test_a_wrong_key_beside_its_correction(schema: PropertySchema, record: dict[str, str], keys: set[str]) -> None:
    violations = Checker(schema, today=TODAY).check_record(record, door="data")
    assert {(one.rule, one.key, one.severity.value) for one in violations} == {
        ("superseded-property", key, "info") for key in keys
    }


@pytest.mark.parametrize(("schema", "record", "rules"), NOT)
def test_what_is_not_superseded(schema: PropertySchema, record: dict[str, str], rules: set[str]) -> None:
    assert {one.rule for one in Checker(schema, today=TODAY).check_record(record, door="data")} == rules


def test_a_write_is_never_excused() -> None:
    """What is about to be written can still be written right."""
    rules = {
        one.rule for one in Checker(SCHEMA, today=TODAY).check_record({"env": "prod", "environment": "production"})
    }
    assert rules == {"key-alias"}
