"""What the words behind `propguard audit` open."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from propguard.engine.sources import SourceOptions, opened
from propguard.engine.windows import Window
from propguard.errors import UsageError
from propguard.helicone.filter_text import parse_where
from propguard.helicone.times import moment_or_age
from propguard.sandbox import Sandbox
from propguard.schemafile import standard_schema_path
from tests.engine.clickhouse_server import PACKAGE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.engine.clickhouse_server import ClickHouseServer

NOW = datetime(2026, 6, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)
COUNT = "SELECT count() AS n FROM ({}) AS s ORDER BY n"


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox() as sandbox:
        yield sandbox


@pytest.fixture
def rows(tmp_path: Path) -> Path:
    """Four requests, one an hour."""
    path = tmp_path / "rows.jsonl"
    lines = (
        {"request_id": str(n), "request_created_at": (NOW + n * HOUR).isoformat(), "properties": {"a": "1"}}
        for n in range(4)
    )
    path.write_text("\n".join(map(json.dumps, lines)))
    return path


@pytest.mark.parametrize(
    ("window", "expected"),
    [
        (Window(), 4),
        (Window(NOW + HOUR, None), 3),
        (Window(None, NOW + HOUR), 1),
        (Window(NOW + HOUR, NOW + 3 * HOUR), 2),
    ],
)
def test_files(rows: Path, window: Window, expected: int) -> None:
    """Files are read by the embedded engine, a window of them where one is told."""
    with opened([str(rows)], SourceOptions(window=window)) as (engine, shown, notices):
        assert (engine.name, shown, notices) == ("embedded", str(rows), ())
        assert engine.query(COUNT.format(engine.source)) == [{"n": expected}]


@pytest.mark.parametrize("name", ["hql", "api"])
def test_the_platform(sandbox: Sandbox, name: str) -> None:
    """By its word alone, where base URL and key are told beside it, or with its host."""
    sandbox.reset()
    sandbox.seed([{"properties": {"a": "1"}}] * 3)
    host = sandbox.base_url.removeprefix("http://")
    for source, base_url in ((name, sandbox.base_url), (f"{name}://{host}", None), (f"{name}://{host}/", None)):
        with opened([source], SourceOptions(api_key="sk-helicone-x", base_url=base_url)) as (engine, shown, notices):
            assert (engine.name, shown, notices) == (name, f"{name} {sandbox.base_url}", ())
            assert engine.query(COUNT.format(engine.source)) == [{"n": 3}]


@pytest.mark.parametrize("name", ["hql", "api", "files"])
def test_a_filter(sandbox: Sandbox, rows: Path, name: str) -> None:
    """Only requests for which it holds are there, wherever they come from."""
    sandbox.reset()
    sandbox.seed([{"properties": {"a": "1"}}, {"properties": {"a": "2"}}, {"properties": {}}])
    rows.write_text('{"properties": {"a": "1"}}\n{"properties": {"a": "2"}}\n{"properties": {}}\n')
    options = SourceOptions(api_key="k", base_url=sandbox.base_url, where=parse_where("a != 1"))
    with opened([str(rows) if name == "files" else name], options) as (engine, _, _):
        assert engine.query(COUNT.format(engine.source)) == [{"n": 2}]


def test_where_the_endpoint_is_switched_off() -> None:
    """hql falls back to api, and says so."""
    with Sandbox(sql=False) as other:
        other.seed([{"properties": {"a": "1"}}] * 3)
        with opened(["hql"], SourceOptions(api_key="k", base_url=other.base_url)) as (engine, _, notices):
            assert engine.name == "api"
            assert engine.query(COUNT.format(engine.source)) == [{"n": 3}]
    (notice,) = notices
    assert "switched off" in notice
    assert notice.endswith("its requests are read over the API instead")


@pytest.mark.parametrize(
    ("sources", "options", "said"),
    [
        (["hql", "api"], SourceOptions(), "either files"),
        (["a.jsonl", "clickhouse://h"], SourceOptions(), "either files"),
        (["postgres://u:secret@h"], SourceOptions(), "`postgres://` is no source"),
        (["rows.jsonl"], SourceOptions(organization="x"), "--organization is for clickhouse"),
        (["rows.jsonl"], SourceOptions(table="x"), "--table is for clickhouse"),
        (["hql"], SourceOptions(table="x", api_key="k"), "--table is not for the platform"),
        (["api://example.com"], SourceOptions(), "there is no API key"),
        (["api://u:secret@example.com"], SourceOptions(api_key="k"), "user name and password"),
        (["clickhouse://"], SourceOptions(), "it names no host"),
    ],
)
def test_what_cannot_be_opened(sources: list[str], options: SourceOptions, said: str) -> None:
    """One sentence, which repeats no password."""
    with pytest.raises(UsageError, match=said) as caught, opened(sources, options):
        pass
    assert "secret" not in str(caught.value)


def test_ages() -> None:
    """30d is the midnight thirty days ago, whenever on that day it is asked; what is no age is a moment."""
    assert moment_or_age("30d", "--since", NOW + 5.5 * HOUR) == NOW - timedelta(days=30)
    assert moment_or_age("30d", "--since", NOW) == NOW - timedelta(days=30)
    assert moment_or_age("90m", "--since", NOW) == NOW - timedelta(minutes=90)
    assert moment_or_age("999999999w", "--since", NOW).year == 1976
    assert moment_or_age("2026-01-31", "--since", NOW) == datetime(2026, 1, 31, tzinfo=UTC)
    with pytest.raises(UsageError, match="--since is `30x`"):
        moment_or_age("30x", "--since", NOW)


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "propguard", "audit", *arguments, "--schema", standard_schema_path()]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_command(rows: Path) -> None:
    """Options reach the engine, and what they get wrong is a sentence with exit code 2."""
    ran = run(str(rows), "--since", "2026-06-01T01:00Z", "--until", "2026-06-01T03:00Z", "--format", "json")
    assert (ran.returncode, json.loads(ran.stdout)["requests"]) == (1, 2)
    for wrong in (["--since", "soon"], ["--since", "1d", "--until", "2d"], ["--columns", "x=y"], ["--table", "x"]):
        ran = run(str(rows), *wrong)
        assert (ran.returncode, ran.stdout, ran.stderr.count("\n")) == (2, "", 1), ran.stderr


@pytest.mark.external(PACKAGE)
def test_the_command_at_a_server(clickhouse: ClickHouseServer) -> None:
    """A read-only user audits a server; a wrong password is exit code 2 and one sentence without it."""
    clickhouse.run("TRUNCATE TABLE request_response_rmt")
    clickhouse.run(
        "INSERT INTO request_response_rmt (request_id, request_created_at, properties) "
        "SELECT generateUUIDv4(), now() - 60, map('Environment', 'prod') FROM numbers(5)"
    )
    for user in ("bound:b", "reading:r"):
        ran = run(clickhouse.address(user), "--format", "json", "--since", "1h")
        assert ran.returncode == 1, ran.stderr
        document = json.loads(ran.stdout)
        assert (document["requests"], document["engine"]) == (5, "clickhouse")
        assert document["source"] == clickhouse.address(user.partition(":")[0])
    ran = run(clickhouse.address("bound:not-this"))
    assert (ran.returncode, ran.stdout, ran.stderr.count("\n")) == (2, "", 1)
    assert "does not accept the user bound" in ran.stderr
    assert "not-this" not in ran.stderr
