"""Audits over query-clickhouse: everything is read once, an interruption costs little, and no emptiness is believed at once."""

from __future__ import annotations

import json
import os
import re
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from propguard.audit import audit
from propguard.engine.api import ApiEngine
from propguard.engine.spool import Spool
from propguard.engine.windows import Window
from propguard.errors import AuthenticationFailed, UsageError
from propguard.files import cache_folder
from propguard.helicone.session import Session
from propguard.sandbox import Sandbox
from propguard.schemafile import load_schema, standard_schema_path
from tests.client.platform import IDS, NOW, Platform

if TYPE_CHECKING:
    from collections.abc import Iterator

KEY = "sk-helicone-a-secret"
COUNT = "SELECT count() AS n, uniqExact(request_id) AS requests FROM ({}) AS s ORDER BY n"
_TIME = re.compile(r'"(gte|lt)": "([^"]+)"')


def engine_of(platform: Platform, **rest: Any) -> ApiEngine:
    return ApiEngine(Session(KEY, "http://localhost:1", transport=platform.transport), clock=platform.clock, **rest)


def filled(number: int) -> Platform:
    """So many requests, one every ten minutes; every third has been written to again."""
    platform = Platform()
    for index in range(number):
        platform.store(IDS[index], NOW - timedelta(minutes=10 * (index + 1)), app="old", number=str(index))
    for version in list(platform.versions)[::3]:
        changed = {**version, "properties": {**version["properties"], "app": "new"}}
        platform.versions.append({**changed, "updated_at": "2026-06-02 00:00:00"})
    return platform


def kept() -> list[Path]:
    folder = Path(cache_folder()) / "audit"
    return (
        sorted(path for path in folder.rglob("*") if path.is_file() and path.name != "lock") if folder.exists() else []
    )


def test_everything_once() -> None:
    """Each request is there once, in its latest version; nothing is left on the disk afterwards."""
    with engine_of(filled(700)) as engine:
        assert engine.query(COUNT.format(engine.source)) == [{"n": 700, "requests": 700}]
        (row,) = engine.query(f"SELECT countIf(properties['app'] = 'new') AS n FROM ({engine.source}) AS s ORDER BY n")
        assert (row, engine.unverified) == ({"n": 234}, ())
        assert kept()
    assert not kept()


def test_what_is_kept_holds_no_secrets() -> None:
    """Neither bodies nor the API key are on the disk, and the folder is the user's own."""
    with engine_of(filled(30)):
        content = b"".join(path.read_bytes() + str(path).encode() for path in kept())
        assert kept()[0].parent.stat().st_mode & 0o077 == 0
    assert b"a secret of a user" not in content
    assert KEY.encode() not in content


def test_no_requests() -> None:
    """Nothing is an answer, too."""
    with engine_of(Platform()) as engine:
        assert engine.query(COUNT.format(engine.source)) == [{"n": 0, "requests": 0}]


def test_windows() -> None:
    """A window is half-open, to the millisecond."""
    window = Window(NOW - timedelta(minutes=100), NOW - timedelta(minutes=50))
    with engine_of(filled(100), window=window) as engine:
        assert engine.query(COUNT.format(engine.source)) == [{"n": 5, "requests": 5}]


@pytest.mark.parametrize("after", [1, 3, 12])
def test_resumed(after: int) -> None:
    """What was read before an interruption is not read again, and nothing is missing or twice."""
    platform = filled(2000)
    queries = 0

    def interrupted(request: httpx.Request) -> httpx.Response:
        nonlocal queries
        queries += 1
        if queries > after:
            raise KeyboardInterrupt
        return platform.answer(request)

    broken = Session(KEY, "http://localhost:1", transport=httpx.MockTransport(interrupted))
    with pytest.raises(KeyboardInterrupt):
        ApiEngine(broken, clock=platform.clock)
    oldest = min(int(path.name.partition("-")[0]) for path in kept()) / 1_000_000
    platform.queries.clear()
    with engine_of(platform) as engine:
        assert engine.query(COUNT.format(engine.source)) == [{"n": 2000, "requests": 2000}]
    asked = dict(_TIME.findall(json.dumps(platform.queries[0])))
    assert abs(datetime.fromisoformat(asked["lt"]).timestamp() - oldest) < 1
    assert oldest < (NOW - timedelta(minutes=after)).timestamp() or after == 1


def test_an_error_of_the_audit_keeps_what_was_read() -> None:
    """Who has to run the audit again does not wait for the platform again."""
    platform = filled(50)
    with pytest.raises(UsageError), engine_of(platform):
        raise UsageError("the disk is full")
    platform.queries.clear()
    with engine_of(platform) as engine:
        assert engine.query(COUNT.format(engine.source)) == [{"n": 50, "requests": 50}]
    assert not platform.queries


def test_what_cannot_be_verified() -> None:
    """An hour that the platform takes too long about is told as that; what is around it is there."""
    platform = filled(18)
    since, until = NOW - timedelta(hours=2), NOW - timedelta(hours=1)

    def given_up(query: dict[str, Any]) -> bool:
        times = {name: datetime.fromisoformat(at) for name, at in _TIME.findall(json.dumps(query))}
        is_in_it = times["gte"] < until and times["lt"] > since
        platform.clock.time += 25 if is_in_it else 0
        return is_in_it

    platform.blind = given_up
    with engine_of(platform, window=Window(NOW - timedelta(hours=3), NOW)) as engine:
        assert engine.unverified
        assert all(one.since >= since and one.until <= until for one in engine.unverified)  # type: ignore[operator]  # they have ends
        (row,) = engine.query(COUNT.format(engine.source))
        assert row["n"] == row["requests"] == 12


def test_a_second_that_is_contradicted() -> None:
    """Shown together with the one before it, and not alone."""
    platform = filled(5)
    second = Window(NOW - timedelta(minutes=30), NOW - timedelta(minutes=30) + timedelta(seconds=1))

    def blind(query: dict[str, Any]) -> bool:
        times = [datetime.fromisoformat(at) for _, at in _TIME.findall(json.dumps(query))]
        return max(times) - min(times) != timedelta(seconds=2)

    platform.blind = blind
    with engine_of(platform, window=second) as engine:
        assert engine.unverified == (second,)


def test_two_at_once() -> None:
    """Two audits that read the same do not write over each other."""
    platform = filled(5)
    with (
        engine_of(platform),
        Session(KEY, "http://localhost:1", transport=platform.transport) as session,
        pytest.raises(UsageError, match="another audit"),
    ):
        ApiEngine(session, clock=platform.clock)


def test_a_key_that_is_not_known() -> None:
    """It is said, without the key, and nothing wrong is kept."""
    platform = Platform()
    platform.faults = [httpx.Response(401, json={"error": "Unauthorized"})]
    with pytest.raises(AuthenticationFailed) as caught:
        engine_of(platform)
    assert KEY not in str(caught.value)
    with engine_of(filled(5)) as engine:
        assert engine.query(COUNT.format(engine.source)) == [{"n": 5, "requests": 5}]


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with Sandbox() as sandbox:
        yield sandbox


def test_an_audit(sandbox: Sandbox) -> None:
    """The same findings as anywhere: values of every kind survive the way over HTTP and the disk."""
    values = ["production", "prod", "it's", "a\\b", '\N{GRINNING FACE}\n\t"$', "", "\u202e"]
    sandbox.seed({"properties": {"environment": value, "Helicone-Session-Id": "s"}} for value in values * 3)
    schema = load_schema(standard_schema_path())
    with ApiEngine(Session(sandbox.api_key, sandbox.base_url)) as engine:
        result = audit(schema, engine, today=date(2026, 7, 1))
    (environment,) = (profile for profile in result.keys if profile.key == "environment")
    assert {one.value: one.count for one in environment.top_values} == dict.fromkeys(values, 3)
    assert (result.requests, result.engine, result.properties) == (21, "api", 1)


def test_what_cannot_be_read_again_is_forgotten() -> None:
    """Half a file, and a pipe from which nothing would ever come; a folder that others may write in is closed."""
    spool = Spool("broken")
    spool.add((NOW, NOW + timedelta(hours=1)), [])
    spool.close()
    (whole,) = kept()
    whole.with_name("1-2.parquet").write_bytes(whole.read_bytes()[:20])
    os.mkfifo(whole.with_name("2-3.parquet"))
    whole.parent.chmod(0o777)
    spool = Spool("broken")
    spool.close()
    assert [path.name for path in whole.parent.iterdir() if path.suffix == ".parquet"] == [whole.name]
    assert (whole.stat().st_mode & 0o077, whole.parent.stat().st_mode & 0o077) == (0, 0)
