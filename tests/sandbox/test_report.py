"""What broke the schema, reported, and with --enforce refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import httpx
import pytest

from propguard.errors import UsageError
from propguard.sandbox import Sandbox

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BODY = {"model": "m", "messages": []}
SCHEMA = """\
file_format: property-schema/1
name: test
version: 1.0.0
properties:
  app: {enum: [search, chat], required: true}
  tier: {enum: [free, pro], enforcement: {mode: warn, block_from: 2999-01-01}}
"""


@pytest.fixture(scope="module")
def _enforcing_process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    schema = tmp_path_factory.mktemp("schema") / "properties.yaml"
    schema.write_text(SCHEMA)
    with Sandbox(schema, enforce=True) as sandbox:
        yield sandbox


@pytest.fixture
def enforcing(_enforcing_process: Sandbox) -> Sandbox:
    _enforcing_process.reset()
    return _enforcing_process


@pytest.fixture
def enforced(enforcing: Sandbox) -> Iterator[httpx.Client]:
    headers = {"Authorization": f"Bearer {enforcing.api_key}"}
    with httpx.Client(base_url=enforcing.base_url, headers=headers, trust_env=False) as client:
        yield client


def of_rules(report: dict[str, Any]) -> dict[tuple[str, str | None], int]:
    return {(finding["rule"], finding["key"]): finding["count"] for finding in report["findings"]}


def test_the_report(client: httpx.Client, sandbox: Sandbox) -> None:
    """One finding per rule and key, with counts, values and request ids, in the envelope of all reports."""
    ids = sandbox.seed([{}] * 7)
    for request_id in ids:
        client.put(f"/v1/request/{request_id}/property", json={"key": "environment", "value": "prod"})
    client.put(f"/v1/request/{ids[0]}/property", json={"key": "environment", "value": "moon"})
    client.post("/v1/chat/completions", json=BODY, headers={"Helicone-Property-User-Tier": "free"})
    report = sandbox.report()
    assert (report["version"], report["tool"]["name"]) == (1, "propguard")
    assert report["summary"] == {"errors": 9, "warnings": 0, "infos": 0, "writes": 9, "not_listed": 0}
    assert of_rules(report) == {
        ("header-key-mismatch", "user-tier"): 1,
        ("value-alias", "environment"): 7,
        ("value-not-allowed", "environment"): 1,
    }
    (alias,) = (finding for finding in report["findings"] if finding["rule"] == "value-alias")
    assert alias["values"] == [{"value": "prod", "count": 7, "suggestion": "production"}]
    assert alias["request_ids"] == ids[:5]
    assert alias["first_seen"] <= alias["last_seen"]
    assert all(request["properties"] for request in sandbox.requests())  # reported, and stored all the same


def test_headers_that_differ_only_in_case(client: httpx.Client, sandbox: Sandbox) -> None:
    """Two headers that the platform joins are reported as such."""
    headers = httpx.Headers([("Helicone-Property-App", "a"), ("Helicone-Property-APP", "b")])
    client.post("/v1/chat/completions", json=BODY, headers=headers)
    assert of_rules(sandbox.report()) == {("duplicate-header", "app"): 1}


def test_secrets_are_masked(client: httpx.Client, sandbox: Sandbox) -> None:
    """A report shows no personal data."""
    (request_id,) = sandbox.seed([{}])
    client.put(f"/v1/request/{request_id}/property", json={"key": "app", "value": "anna@example.com"})
    assert "anna@example.com" not in str(sandbox.report())


def test_many_keys_are_rolled_up(client: httpx.Client, sandbox: Sandbox) -> None:
    """More than 200 keys under one rule are one finding."""
    (request_id,) = sandbox.seed([{}])
    for number in range(201):
        client.put(f"/v1/request/{request_id}/property", json={"key": f"unknown_{number}", "value": "x"})
    (finding,) = sandbox.report()["findings"]
    assert (finding["key"], finding["count"], finding["context"]["keys"]) == (None, 201, 201)


def test_long_texts_are_cut(client: httpx.Client, sandbox: Sandbox) -> None:
    """However long keys and values are, a report stays one that can be read."""
    (request_id,) = sandbox.seed([{}])
    for key, value in (("k" * 1_000_000, "v"), ("environment", "v" * 1_000_000)):
        client.put(f"/v1/request/{request_id}/property", json={"key": key, "value": value})
    assert sandbox.report()["summary"]["errors"] >= 2
    assert len(str(sandbox.report())) < 30_000


def test_no_schema(other: Sandbox) -> None:
    """Without a schema there is no report, and it says so."""
    with pytest.raises(UsageError, match="no property schema"):
        other.report()


def test_enforced_writes(enforced: httpx.Client, enforcing: Sandbox) -> None:
    """A PUT that breaks the schema is answered 422 with the violations, and not carried out."""
    (request_id,) = enforcing.seed([{}])
    path = f"/v1/request/{request_id}/property"
    answer = enforced.put(path, json={"key": "app", "value": "moon"})
    assert answer.status_code == 422
    assert answer.json()["message"] == "Validation Failed"
    assert "search" in answer.json()["details"]["requestBody.value"]["message"]
    assert [violation["rule"] for violation in answer.json()["violations"]] == ["value-not-allowed"]
    assert "requestBody.key" in enforced.put(path, json={"key": "aap", "value": "x"}).json()["details"]
    assert enforced.put(path, json={"key": "tier", "value": "gold"}).status_code == 201  # a warning until 2999
    assert [request["properties"] for request in enforcing.requests()] == [{"tier": "gold"}]
    assert enforcing.report()["summary"]["errors"] == 2


def test_enforced_requests(enforced: httpx.Client, enforcing: Sandbox) -> None:
    """An LLM request that breaks the schema is answered 400 in the provider's shape, and not stored."""
    for path, value in (("/v1/chat/completions", "moon"), ("/v1/messages", "moon"), ("/v1/messages", None)):
        headers = {} if value is None else {"Helicone-Property-App": value}
        answer = enforced.post(path, json=BODY, headers=headers)
        assert answer.status_code == 400
        error = answer.json()["error"]
        assert (error["type"], len(error["violations"])) == ("invalid_request_error", 1)
    assert enforced.post("/v1/messages", json=BODY, headers={"Helicone-Property-App": "chat"}).status_code == 200
    assert len(list(enforcing.requests())) == 1


def test_a_faulty_schema(tmp_path: Path) -> None:
    """A sandbox with a faulty schema does not start, and says why."""
    schema = tmp_path / "properties.yaml"
    schema.write_text("file_format: property-schema/1\n")
    with pytest.raises(UsageError, match="not a valid property schema"), Sandbox(schema):
        pass
