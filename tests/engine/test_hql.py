"""Audits through the platform's SQL endpoint, against the sandbox's, which holds its restrictions."""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from propguard.audit import Repair, RepairResult, audit, keys_met, stored_evidence
from propguard.compilers import Checker
from propguard.engine.hql import HqlEngine
from propguard.engine.windows import Window
from propguard.errors import AuthenticationFailed, EngineFailed, FeatureOff, TooMuchAsked
from propguard.evolve.infer import patterns_of
from propguard.helicone.protocol import Answer, read_sql
from propguard.helicone.session import Session
from propguard.sandbox import Sandbox
from propguard.schemafile import load_schema, standard_schema_path
from tests.client.platform import FakeClock
from tests.engine.doubles import PlainEngine
from tests.published import node_package

if TYPE_CHECKING:
    from collections.abc import Iterator

    from propguard.engine import Engine

TODAY = date(2026, 7, 1)
START = datetime(2026, 6, 1, tzinfo=UTC)
STANDARD = load_schema(standard_schema_path())
EVERYTHING = """
file_format: property-schema/1
name: everything
version: 1.0.0
naming: kebab-case
header_separator: "-"
unknown_properties: warning
limits: {key_length: 20, value_length: 50, properties_per_request: 4}
reserved: [tmp]
properties:
  environment: {enum: ["production", "it's", 'a\\b'], required: true, requires: [customer-id], value_aliases: {prod: production}}
  customer-id: {pattern: '^c[^"]+\\.x$', aliases: [client], deprecated: {reason: obsolete, sunset: 2026-01-01}}
  quality-score: {type: number, minimum: 0, maximum: 1.5}
  tags: {type: list, separator: "|", items: {format: date}}
  when: {format: date-time, enforcement: {mode: warn, block_from: 2030-01-01}}
  key-*: {type: integer, min_length: 2, deprecated_values: {"7": old}}
"""


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox() as sandbox:
        yield sandbox


def seeded(sandbox: Sandbox) -> Sandbox:
    """Requests with every kind of fault, over many days, some of them in several versions."""
    sandbox.reset()
    values = ("production", "prod", "undefined", "it's", "a\\b", "\N{GRINNING FACE}\n`$#;", "", "x" * 1200)
    ids = sandbox.seed(
        {
            "request_id": f"00000000-0000-4000-8000-{number:012x}",
            "created_at": (START + timedelta(hours=7 * number)).isoformat(),
            "properties": {
                "environment": values[number % 8],
                f"Key{number % 150}": values[number % 3],
                "customer-id": "cust_1",
                "quality_score": str(number / 10),
                "quality-score": str(number / 10 - 3),
                "tags": "2026-01-01|soon" if number % 2 else "2026-01-01",
                "when": "2026-01-01T00:00:00Z" if number % 3 else "noon",
                f"key-{number % 12}": str(number % 9),
                "tmp": "x",
                "Helicone-Session-Id": "s",
            },
        }
        for number in range(300)
    )
    put(sandbox, ids[0], "environment", "staging")
    return sandbox


def put(sandbox: Sandbox, request_id: str, key: str, value: str) -> None:
    headers = {"Authorization": f"Bearer {sandbox.api_key}"}
    address = f"{sandbox.base_url}/v1/request/{request_id}/property"
    assert httpx.put(address, json={"key": key, "value": value}, headers=headers).status_code == 201


def engine_of(sandbox: Sandbox, **rest: Any) -> HqlEngine:
    return HqlEngine(Session(sandbox.api_key, sandbox.base_url), **rest)


def test_an_audit(sandbox: Sandbox) -> None:
    """The three statements get through the restrictions; each request counts once, in its latest version."""
    seeded(sandbox)
    with engine_of(sandbox) as engine:
        result = audit(STANDARD, engine, today=TODAY)
        met = keys_met(STANDARD, engine, today=TODAY)
    assert (result.requests, result.engine) == (300, "hql")
    assert {one.key: one.requests for one in met.keys} == {one.key: one.requests for one in result.keys if one.requests}
    (environment,) = (profile for profile in result.keys if profile.key == "environment")
    assert {one.value: one.count for one in environment.top_values}["staging"] == 1
    assert {one.value: one.count for one in environment.top_values}["production"] == 37
    assert sum(profile.key.startswith("Key") for profile in result.keys) == 150  # more than one page of rows
    assert not any(profile.key.startswith("Helicone") for profile in result.keys)


def planned(sandbox: Sandbox) -> tuple[set[str], RepairResult]:
    """The corrections of everything that the sandbox holds."""
    with engine_of(sandbox) as engine:
        repair = Repair(Checker(STANDARD, today=TODAY), engine, today=TODAY)
        return {line.decode() for line in repair.lines()}, repair.result


def test_a_repair(sandbox: Sandbox) -> None:
    """Every request with a correction comes through the restrictions, page by page; what a write would blank is known."""
    seeded(sandbox)
    sandbox.seed([{"properties": {"environment": "prod"}, "prompt_id": "p"}])
    rows, result = planned(sandbox)
    assert (result.writes, result.costly_rows, result.unknown_rows) == (300 + 38, 1, 0)
    corrected = Counter((row["rule"], row["key"]) for row in map(json.loads, rows))
    assert corrected == {("header-key-mismatch", "customer_id"): 300, ("value-alias", "environment"): 38}


def test_what_a_schema_is_inferred_from(sandbox: Sandbox) -> None:
    """The same statements as everywhere get through, and what windows of time answer adds up to what the whole does."""
    seeded(sandbox)
    with engine_of(sandbox) as engine:
        whole = stored_evidence(engine, patterns_of, today=TODAY)
    with engine_of(sandbox) as engine:
        parts = stored_evidence(_Halved(engine), patterns_of, today=TODAY)
    assert whole.requests == parts.requests == 300
    assert {one.key: one for one in whole.keys} == {one.key: one for one in parts.keys}
    (environment,) = (one for one in whole.keys if one.key == "environment")
    assert (environment.is_complete, environment.shortest, environment.longest) == (False, 0, 1200)
    (when,) = (one for one in whole.keys if one.key == "when")
    assert {(top.value, top.count) for top in when.values} == {("2026-01-01T00:00:00Z", 200), ("noon", 100)}


class _Halved(PlainEngine):
    """The same engine, of which all at once is too much."""

    name = "hql"

    def __init__(self, engine: HqlEngine) -> None:
        self._engine = engine
        self.source, self.everything, self.window = engine.source, engine.everything, engine.window
        self.longest_statement = engine.longest_statement

    def within(self, window: Window) -> Engine:
        if window == self.window:
            raise TooMuchAsked("too much")
        return self._engine.within(window)

    def query(self, sql: str) -> list[dict[str, object]]:
        return self._engine.query(sql)

    def rows(self, sql: str) -> Iterator[dict[str, object]]:
        return self._engine.rows(sql)

    def close(self) -> None:
        self._engine.close()


def test_windows(sandbox: Sandbox) -> None:
    seeded(sandbox)
    with engine_of(sandbox, window=Window(START + timedelta(days=1), None)) as engine:
        (row,) = engine.query(f"SELECT count() AS n FROM ({engine.source}) AS s ORDER BY n")
        assert row == {"n": 296}
        inside = engine.within(Window(START, START + timedelta(days=1)))
        assert inside.query(f"SELECT count() AS n FROM ({inside.source}) AS s ORDER BY n") == [{"n": 4}]


def test_switched_off() -> None:
    """Where the feature is off, it is said at once, so that another engine can be taken."""
    with (
        Sandbox(sql=False) as other,
        Session("sk-helicone-x", other.base_url) as session,
        pytest.raises(FeatureOff, match="switched off for this organisation"),
    ):
        HqlEngine(session)


def test_a_key_that_is_not_known() -> None:
    with (
        Sandbox(api_key="sk-helicone-right") as other,
        Session("sk-helicone-wrong", other.base_url) as session,
        pytest.raises(AuthenticationFailed) as caught,
    ):
        HqlEngine(session)
    assert "sk-helicone-wrong" not in str(caught.value)


@pytest.mark.parametrize(
    ("status", "error", "expected"),
    [
        (
            500,
            "[EXECUTION_FAILED] Query execution failed: Timeout exceeded: elapsed 30 s. (TIMEOUT_EXCEEDED)",
            TooMuchAsked,
        ),
        (500, "[EXECUTION_FAILED] Memory limit (for query) exceeded", TooMuchAsked),
        (504, "Gateway time-out", TooMuchAsked),
        (500, "[EXECUTION_FAILED] Unknown identifier", EngineFailed),
        (400, "[INVALID_TABLE] Invalid table x", EngineFailed),
        (403, "Access to HQL feature is not enabled", FeatureOff),
        (401, "Unauthorized", AuthenticationFailed),
    ],
)
def test_what_refusals_mean(status: int, error: str, expected: type[Exception]) -> None:
    """What takes too long can be asked of a shorter window; the rest cannot be mended by asking again."""
    with pytest.raises(expected) as caught:
        read_sql(Answer(status, {}, httpx.Response(status, json={"data": None, "error": error}).content))
    assert type(caught.value) is expected


def test_the_pace() -> None:
    """Fewer than a hundred calls begin in any minute, and a refusal for being too fast is waited for."""
    clock, begun, refusals = FakeClock(), [], [1]

    def answered(request: httpx.Request) -> httpx.Response:
        begun.append(clock.time)
        if len(begun) == 50 and refusals.pop():
            return httpx.Response(429, json={"error": "slow down"}, headers={"Retry-After": "7"})
        clock.time += 0.01
        return httpx.Response(200, json={"data": {"rows": [{"n": 1}]}, "error": None})

    session = Session("sk-helicone-x", "http://localhost:1", transport=httpx.MockTransport(answered))
    with HqlEngine(session, clock=clock) as engine:
        for _ in range(300):
            engine.query("SELECT count() AS n FROM request_response_rmt ORDER BY n")
    assert all(later - earlier >= 60 for earlier, later in zip(begun, begun[99:], strict=False))
    assert begun[50] - begun[49] >= 7
    assert begun[-1] < 250


@pytest.fixture(scope="module")
def parser() -> list[str]:
    """The command of the parser that the platform sends SQL through."""
    script = Path(__file__).with_name("postgresql_round_trip.js")
    return ["node", str(script), str(node_package("node-sql-parser"))]


@pytest.mark.external("node-sql-parser", "node")
@pytest.mark.parametrize(("exact", "text"), [(True, None), (False, None), (False, EVERYTHING)])
def test_the_parser_changes_no_answer(
    sandbox: Sandbox, parser: list[str], tmp_path: Path, exact: bool, text: str | None
) -> None:
    """Every statement means the same after the platform's parser has had it, or has given it up."""
    schema = STANDARD
    if text is not None:
        (tmp_path / "properties.yaml").write_text(text)
        schema = load_schema(tmp_path / "properties.yaml")
    with Sandbox(sql_parser=parser) as parsing:
        results, met = [], []
        for one in (sandbox, parsing):
            with engine_of(seeded(one)) as engine:
                results.append(audit(schema, engine, today=TODAY, exact=exact))
                met.append(keys_met(schema, engine, today=TODAY))
        plain, parsed = results
        assert met[0] == met[1]
        assert (plain.requests, plain.keys, plain.days, plain.score) == (
            parsed.requests,
            parsed.keys,
            parsed.days,
            parsed.score,
        )
        told = [[(one.violation, one.count, one.values, one.seen) for one in result.findings] for result in results]
        assert told[0] == told[1]
        assert told[0]


@pytest.mark.external("node-sql-parser", "node")
def test_the_parser_changes_no_correction(sandbox: Sandbox, parser: list[str]) -> None:
    """A plan is the same after the platform's parser has had its statement."""
    with Sandbox(sql_parser=parser) as parsing:
        plain, parsed = planned(seeded(sandbox)), planned(seeded(parsing))
    assert plain == parsed
    assert plain[0]


@pytest.mark.external("node-sql-parser", "node")
def test_the_parser_changes_no_evidence(sandbox: Sandbox, parser: list[str]) -> None:
    with Sandbox(sql_parser=parser) as parsing:
        found = []
        for one in (sandbox, parsing):
            with engine_of(seeded(one)) as engine:
                found.append(stored_evidence(engine, lambda *_: ["^c[0-9]$", "^c.*$"], today=TODAY))
        assert found[0] == found[1]


@pytest.mark.external("node-sql-parser", "node")
def test_what_the_parser_breaks(sandbox: Sandbox, parser: list[str]) -> None:
    """FINAL becomes an alias and ARRAY JOIN a join, as on the platform: the double is no better than it."""
    with Sandbox(sql_parser=parser) as parsing:
        for one, versions in ((sandbox, 1), (parsing, 2)):
            one.reset()
            (request_id,) = one.seed([{"properties": {"a": "1"}}])
            put(one, request_id, "a", "2")
            with engine_of(one) as engine:
                rows = engine.query("SELECT count() AS n FROM request_response_rmt FINAL ORDER BY n")
                assert rows == [{"n": versions}]
        with engine_of(parsing) as engine, pytest.raises(EngineFailed):
            engine.query("SELECT k FROM request_response_rmt ARRAY JOIN mapKeys(properties) AS k ORDER BY k")
