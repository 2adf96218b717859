"""`property_headers`: what it builds is stored as the schema declares it, and what no header can carry is refused."""

from __future__ import annotations

import enum
import logging
from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

import httpx
import pytest
from hypothesis import given

from propguard import Checker, GuardTransport, PropertyRejected, property_headers
from propguard.model.finding import Severity
from propguard.model.names import Names
from propguard.model.schema import Enforcement, Property
from tests.strategies import MANY, schemas_and_records
from tests.subjects import schema_of

if TYPE_CHECKING:
    from propguard.model.schema import PropertySchema

SCHEMA = schema_of(
    Property("environment", enum=("production", "staging"), aliases=("env",), required=True),
    Property("customer_id"),
    Property("city", enforcement=Enforcement("warn")),
    Property("billable", type="boolean"),
    Property("feature_*", enum=("on", "off")),
)
DASHED = replace(SCHEMA, header_separator="-")
CAMEL = schema_of(Property("userTier"), naming="camelCase")
FREE = schema_of(naming="any", unknown_properties="allow")


class Tier(enum.StrEnum):
    PRO = "production"


@pytest.mark.parametrize(
    ("schema", "properties", "headers"),
    [
        (SCHEMA, {}, {}),
        (SCHEMA, {"customer_id": "c1"}, {"customer_id": "c1"}),
        (DASHED, {"customer_id": "c1", "feature_new_ui": "on"}, {"customer-id": "c1", "feature-new-ui": "on"}),
        (DASHED, {"Customer-Id": "c1"}, {"customer-id": "c1"}),
        (SCHEMA, {"Environment": "production"}, {"environment": "production"}),
        (SCHEMA, {"environment": Tier.PRO}, {"environment": "production"}),
        (CAMEL, {"userTier": "pro"}, {"userTier": "pro"}),  # met as `usertier`, which the schema accepts at this door
        (FREE, {"any_thing": "cafe"}, {"any_thing": "cafe"}),
    ],
)
def test_what_is_built(schema: PropertySchema, properties: dict[str, str], headers: dict[str, str]) -> None:
    built = property_headers(schema, properties)
    assert built == {f"Helicone-Property-{key}": value for key, value in headers.items()}
    assert all(type(value) is str for value in built.values())


@pytest.mark.parametrize(
    ("schema", "properties", "rules"),
    [
        (SCHEMA, {"environment": "x", "nobody": "y"}, ["value-not-allowed", "unknown-property"]),
        (SCHEMA, {"env": "production"}, ["key-alias"]),
        (SCHEMA, {"customerId": "c1"}, ["header-key-mismatch"]),
        (SCHEMA, {"customer-id": "c1"}, ["header-key-mismatch"]),
        (SCHEMA, {"customer_id": "日本"}, ["value-unsafe-in-header"]),
        (FREE, {"city": "M\xfcnchen"}, ["value-unsafe-in-header"]),  # latin-1, which httpx does not encode
        (SCHEMA, {"city": "日本"}, ["value-unsafe-in-header"]),  # a warning elsewhere, but here it cannot be done
        (SCHEMA, {"customer_id": "a\r\nX-Evil: 1"}, ["value-unsafe-in-header"]),
        (SCHEMA, {"customer_id": "a "}, ["value-unsafe-in-header"]),
        (SCHEMA, {"billable": True, "customer_id": 5, "city": None}, ["value-not-string"] * 3),
        (FREE, {"a b": "x", "a:b": "x", "a/b": "x", "é": "x"}, ["key-characters"] * 4),
        (FREE, {"": "x"}, ["key-empty"]),
        (FREE, {"a(b)": "x"}, ["key-characters"]),  # ASCII, and yet not what HTTP calls a token
        # nothing is declared of them, and still no header line may begin inside a value
        (FREE, {"note": "a\r\nX-Evil: 1", "city": "東京", "area": " b"}, ["value-unsafe-in-header"] * 3),
        (FREE, {"é": "x", "city": "東京"}, ["key-characters", "value-unsafe-in-header"]),
        (SCHEMA, {"environment": "staging", "Environment": "staging"}, ["duplicate-header"]),
        (DASHED, {"customer_id": "c1", "customer-id": "c2"}, ["duplicate-header"]),
    ],
)
def test_what_is_refused(schema: PropertySchema, properties: dict[str, Any], rules: list[str]) -> None:
    """All of it at once."""
    with pytest.raises(PropertyRejected) as caught:
        property_headers(schema, properties)
    refused = caught.value.violations
    assert [violation.rule for violation in refused if violation.rule != "value-whitespace"] == rules


class TestTheOperator:
    """PROPGUARD_ON_VIOLATION reaches this too; what cannot be done, nobody can order."""

    @pytest.mark.parametrize(
        ("word", "properties", "headers"),
        [
            ("warn", {"environment": "x"}, {"environment": "x"}),
            ("drop", {"environment": "x", "customer_id": "日本"}, {}),
            ("fix", {"env": "staging"}, {"environment": "staging"}),
            ("warn", {"customer_id": "日本"}, None),
            ("fix", {"customer_id": "日本"}, None),
            ("warn", {"cost center": "x"}, None),
            ("reject", {"environment": "x"}, None),
        ],
    )
    def test_overrides(
        self, word: str, properties: dict[str, str], headers: dict[str, str] | None, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("PROPGUARD_ON_VIOLATION", word)
        if headers is None:
            with pytest.raises(PropertyRejected):
                property_headers(SCHEMA, properties)
        else:
            assert property_headers(SCHEMA, properties) == {f"Helicone-Property-{k}": v for k, v in headers.items()}


@pytest.fixture
def _silent(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL, "propguard")


@pytest.mark.usefixtures("_silent")
@MANY
@given(schemas_and_records())
def test_round_trip(drawn: tuple[PropertySchema, dict[str, object]]) -> None:
    """What is built, httpx takes and the guard accepts, and without prefix and capitals it is a stored key of the schema's."""
    schema, record = drawn
    try:
        headers = property_headers(schema, cast("dict[str, str]", record))
    except PropertyRejected:
        return
    sent: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        sent.append(request)
        return httpx.Response(200)

    request = httpx.Request("GET", "https://llm.example", headers=httpx.Headers(headers, encoding="latin-1"))
    assert GuardTransport(schema, httpx.MockTransport(answer)).handle_request(request).status_code == 200
    names, checker = Names(schema, "header"), Checker(schema)
    raw = [(name, value.decode("latin-1")) for name, value in sent[0].headers.raw]
    stored = {name.lower()[len(b"helicone-property-") :].decode(): value for name, value in raw if name != b"Host"}
    assert list(stored.values()) == list(record.values())
    for key, value in stored.items():
        found = checker.check(key, value, door="header")
        # A key that is not declared is one that the schema allows, or warns of as long as it does not block.
        assert names.declared(key) is not None or found or schema.unknown_properties == "allow"
        assert not any(violation.severity is Severity.ERROR for violation in found)
