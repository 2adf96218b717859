"""The bundled standard schema: all that the documentation of the property API writes is in it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from jsonschema import Draft7Validator

from propguard.compilers import Checker
from propguard.model.finding import Severity
from propguard.schemafile import check_schema, load_schema, standard_schema_path
from propguard.schemafile.places import format_path

if TYPE_CHECKING:
    from propguard.model.schema import PropertySchema

# Every property that the page writes, and every value that its own schema lists.
WRITTEN = (
    ("environment", "production"),
    ("environment", "staging"),
    ("environment", "development"),
    ("region", "us-east-1"),
    ("region", "eu-west-1"),
    ("region", "ap-south-1"),
    ("version", "1.2.3"),
    ("customer_id", "cust_456"),
    ("user_tier", "free"),
    ("user_tier", "pro"),
    ("user_tier", "enterprise"),
    ("organization_id", "org_1"),
    ("experiment_id", "exp_1"),
    ("variant", "control"),
    ("variant", "treatment"),
    ("feature_flags", "new_ui,advanced_mode"),
    ("feature_flags", "new_ui"),
    ("cost_center", "CC-100"),
    ("department", "engineering"),
    ("project", "onboarding"),
    ("billable", "true"),
    ("billable", "false"),
    ("review_status", "pending"),
    ("review_status", "in_review"),
    ("review_status", "approved"),
    ("review_status", "flagged"),
    ("quality_score", "0.95"),
    ("needs_attention", "true"),
    ("needs_review", "true"),
    ("conversation_id", "conv_123"),
    ("category", "billing question"),
    ("category_confidence", "0.87"),
    ("billing_status", "active"),
    ("experiment_start", "2026-01-31T09:30:00.000Z"),
    ("error_type", "unknown"),
    ("error_type", "rate_limit"),
    ("error_type", "timeout"),
    ("error_type", "validation"),
    ("error_message", "Request timeout after 30 s: upstream said “busy”"),
    ("feature_new_ui", "enabled"),
    ("feature_advanced_mode", "disabled"),
    ("feature_beta_feature", "enabled"),
    ("reviewer_id", "reviewer_1"),
    ("review_started_at", "2026-01-31T09:30:00.000Z"),
    ("review_completed_at", "2026-01-31T09:30:00.000Z"),
    ("flag_reason", "Wrong answer"),
)

# What the page writes and contradicts elsewhere: declared as deprecated, so a warning that names what to write.
DEPRECATED = (
    ("status", "reviewed", None),
    ("new_ui_enabled", "true", None),
    ("feature_flag", "new_ui_enabled", None),
    ("feature_flag", "enabled", None),
    ("experiment", "prompt_optimization_v2", "experiment_id"),
    ("customer_tier", "pro", "user_tier"),
)

# What has another spelling on the page, or in real code: an error that a safe fix mends.
RESPELLED = (
    ("user_tier", "premium", "value-alias", "pro"),
    ("env", "production", "key-alias", "environment"),
    ("deploy_env", "production", "key-alias", "environment"),
    ("environment", "prod", "value-alias", "production"),
    ("billable", "True", "value-alias", "true"),
    ("feature_new_ui", "true", "value-alias", "enabled"),
    ("app_name", "chat", "key-alias", "app"),
)

REFUSED = (
    ("environment", "moon", "value-not-allowed"),
    ("region", "US East", "value-pattern"),
    ("version", "v1", "value-format"),
    ("billable", "maybe", "value-type"),
    ("quality_score", "high", "value-type"),
    ("category_confidence", "1.5", "value-range"),
    ("feature_flags", "new ui, other", "value-pattern"),
    ("feature_", "enabled", "key-case"),
    ("favourite_colour", "red", "unknown-property"),
)


@pytest.fixture(scope="module")
def standard() -> PropertySchema:
    return load_schema(standard_schema_path(), remember=False)


def test_nothing_is_to_be_said_of_it() -> None:
    assert check_schema(standard_schema_path()) == ()


def test_it_names_itself(standard: PropertySchema) -> None:
    assert (standard.name, standard.version, standard.unknown_properties) == ("standard", "1.0.0", "error")
    with open(standard_schema_path(), encoding="utf-8") as file:
        assert file.readline() == "# yaml-language-server: $schema=./property-schema.json\n"


def test_nothing_is_required_and_everything_is_described(standard: PropertySchema) -> None:
    for declared in standard.properties.values():
        assert not declared.required
        assert declared.description.endswith((".", ")")), declared.name
        assert declared.examples, declared.name


@pytest.mark.parametrize(("key", "value"), WRITTEN)
def test_what_the_page_writes_is_accepted(standard: PropertySchema, key: str, value: str) -> None:
    assert Checker(standard).check(key, value) == ()


@pytest.mark.parametrize(("key", "value", "renamed_to"), DEPRECATED)
def test_what_the_page_contradicts_is_a_warning(
    standard: PropertySchema, key: str, value: str, renamed_to: str | None
) -> None:
    (violation,) = Checker(standard).check(key, value)
    assert (violation.rule, violation.severity) == ("deprecated-property", Severity.WARNING)
    assert violation.suggestion == renamed_to


@pytest.mark.parametrize(("key", "value", "rule", "suggestion"), RESPELLED)
def test_another_spelling_has_a_safe_fix(
    standard: PropertySchema, key: str, value: str, rule: str, suggestion: str
) -> None:
    (violation, *_) = Checker(standard).check(key, value)
    assert (violation.rule, violation.suggestion) == (rule, suggestion)


@pytest.mark.parametrize(("key", "value", "rule"), REFUSED)
def test_what_no_page_writes_is_refused(standard: PropertySchema, key: str, value: str, rule: str) -> None:
    assert [violation.rule for violation in Checker(standard).check(key, value)] == [rule]


def test_the_pages_headers_are_told_apart(standard: PropertySchema) -> None:
    """`Environment` is stored as `environment`; `Customer-Id` is stored as another property than `customer_id`."""
    checker = Checker(standard)
    assert checker.check("Environment", "production", door="header") == ()
    (violation,) = checker.check("Customer-Id", "cust_456", door="header")
    assert (violation.rule, violation.suggestion) == ("header-key-mismatch", "customer_id")


def test_the_file_format_is_a_sound_json_schema_that_describes_every_field() -> None:
    with open(format_path(), encoding="utf-8") as file:
        schema = json.load(file)
    Draft7Validator.check_schema(schema)
    definitions = schema["definitions"]
    for described in (schema, definitions["property"], definitions["item"], schema["properties"]["limits"]):
        assert described["additionalProperties"] is False
        for name, field in described["properties"].items():
            target = definitions[field["$ref"].rpartition("/")[2]] if "$ref" in field else field
            assert target["description"], name
