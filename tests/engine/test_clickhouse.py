"""Audits of a real ClickHouse server over HTTP, with Helicone's table."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from propguard.audit import Repair, audit
from propguard.compilers import Checker
from propguard.engine.clickhouse import ClickHouseEngine
from propguard.engine.remembered import Remembered
from propguard.engine.windows import Window, divided
from propguard.errors import EngineFailed, PropguardError, TooMuchAsked, UsageError
from propguard.helicone.filters import P
from propguard.model.schema import PropertySchema
from propguard.schemafile import load_schema, standard_schema_path
from tests.engine.clickhouse_server import PACKAGE

if TYPE_CHECKING:
    from tests.engine.clickhouse_server import ClickHouseServer

pytestmark = pytest.mark.external(PACKAGE)

OURS, THEIRS = "00000000-0000-0000-0000-000000000001", "00000000-0000-0000-0000-000000000002"
START = datetime(2026, 2, 1, tzinfo=UTC)


@pytest.fixture
def server(clickhouse: ClickHouseServer) -> ClickHouseServer:
    """Ten requests, one an hour, each in three versions that are not merged; two of them are somebody else's."""
    clickhouse.run("TRUNCATE TABLE request_response_rmt")
    clickhouse.run("SYSTEM STOP MERGES")
    for version in range(3):
        clickhouse.run(
            "INSERT INTO request_response_rmt (request_id, organization_id, request_created_at, properties, updated_at) "
            "SELECT toUUID(concat('10000000-0000-0000-0000-00000000000', toString(number))), "
            f"toUUID(if(number < 8, '{OURS}', '{THEIRS}')), toDateTime64('2026-02-01 00:00:00', 3, 'UTC') + number * 3600, "
            f"map('version', '{version}'), toDateTime('2026-02-02 00:00:0{version}', 'UTC') FROM numbers(10)"
        )
    return clickhouse


def counted(engine: ClickHouseEngine) -> tuple[int, list[str]]:
    """How many requests there are, and which versions of them."""
    sql = f"SELECT count() AS n, arraySort(groupUniqArray(properties['version'])) AS versions FROM ({engine.source})"
    (row,) = engine.query(sql)
    assert isinstance(row["versions"], list)
    return int(str(row["n"])), row["versions"]


@pytest.mark.parametrize("user", ["default", "writer:w%26p%2F1", "bound:b", "reading:r"])
def test_each_request_once(server: ClickHouseServer, user: str) -> None:
    """In its latest version, merged or not, whatever the user may do; who is read-only already needs nothing more."""
    with ClickHouseEngine(server.address(user)) as engine:
        assert counted(engine) == (10, ["2"])


def test_tables_that_know_no_final(server: ClickHouseServer) -> None:
    """In a plain copy, the latest version is the one with the greatest updated_at; the name of the table is an option."""
    server.run(
        "CREATE OR REPLACE TABLE `a copy` ENGINE = MergeTree ORDER BY tuple() AS SELECT * FROM request_response_rmt"
    )
    with ClickHouseEngine(server.address(), table="default.a copy") as engine:
        assert counted(engine) == (10, ["2"])


def test_one_organisation(server: ClickHouseServer) -> None:
    with ClickHouseEngine(server.address(), organization=OURS) as engine:
        assert counted(engine) == (8, ["2"])


def test_a_filter(server: ClickHouseServer) -> None:
    """It is asked of the latest version of a request, in windows too."""
    for value, number in (("2", 10), ("1", 0)):
        with ClickHouseEngine(server.address(), where=P("version") == value) as engine:
            assert counted(engine)[0] == number
            assert counted(engine.within(Window(START + timedelta(hours=5), None)))[0] == number // 2


def test_windows(server: ClickHouseServer) -> None:
    """A window is half-open; what is divided holds each request once."""
    with ClickHouseEngine(server.address()) as engine:
        inside = engine.within(Window(START + timedelta(hours=2), START + timedelta(hours=5)))
        assert counted(inside)[0] == 3
        halves = Window(None, None).halves(START + timedelta(days=1))
        assert halves is not None
        assert sum(counted(engine.within(half))[0] for half in halves) == 10


def test_rows_as_they_come(server: ClickHouseServer) -> None:
    """Whoever needs many rows gets the first ones before the last are made; a fault is told as that of any query."""
    with ClickHouseEngine(server.address()) as engine:
        rows = engine.rows("SELECT number, repeat('x', 1000) AS text FROM numbers(1000000) ORDER BY number")
        assert next(rows)["number"] == 0
        assert sum(1 for _ in engine.rows("SELECT number FROM numbers(200000) ORDER BY number")) == 200_000
        with pytest.raises(EngineFailed, match="did not answer"):
            next(engine.rows("SELECT nothing"))


def test_a_repair(server: ClickHouseServer) -> None:
    """Corrections come out of the latest versions, window by window where all of them are too much."""
    server.run(
        f"INSERT INTO request_response_rmt (request_id, organization_id, request_created_at, properties, prompt_id) SELECT toUUID("
        f"concat('20000000-0000-0000-0000-00000000000', toString(number))), toUUID('{OURS}'), toDateTime64('2026-02-01 00:00:00', 3, "
        "'UTC') + number * 3600, map('environment', 'prod'), if(number < 2, 'p', '') FROM numbers(6)"
    )
    standard = load_schema(standard_schema_path())
    with ClickHouseEngine(server.address()) as engine:
        repair = Repair(Checker(standard, today=START.date()), engine, today=START.date())
        assert len(list(repair.lines())) == 4
        assert (repair.result.costly_rows, repair.result.unknown_rows) == (2, 0)


def test_windows_reach_the_table(server: ClickHouseServer) -> None:
    """A window is a condition on the column itself, so that partitions outside of it are not read."""
    with ClickHouseEngine(server.address(), window=Window(START + timedelta(days=40), None)) as engine:
        plan = "\n".join(str(row) for row in engine.query(f"EXPLAIN indexes = 1 {engine.source}"))
    assert "Parts: 0/" in plan or "ReadFromPreparedSource" in plan, plan


def test_nothing_is_written(server: ClickHouseServer) -> None:
    """Whoever may write does not through us, and can again afterwards: no setting outlives its query."""
    with ClickHouseEngine(server.address("writer:w%26p%2F1")) as engine, pytest.raises(EngineFailed):
        engine.query("INSERT INTO request_response_rmt (request_id) SELECT generateUUIDv4()")
    assert server.run("SELECT getSetting('readonly'), getSetting('max_execution_time')") == "0\t0\n"
    assert server.run("SELECT uniq(request_id) FROM request_response_rmt") == "10\n"


NEVER = "clickhouse://user:tell-nobody@127.0.0.1:1/default"


@pytest.mark.parametrize(
    ("user", "rest", "said"),
    [
        ("reading:tell-nobody", "default", "does not accept the user reading with this password"),
        ("stranger:tell-nobody", "default", "does not accept the user stranger with this password"),
        ("default", "nowhere", "has no database `nowhere`"),
        ("default", "default?table=nothing", "has no table `nothing`; name another with --table"),
        ("nobody:n", "default", "does not let the user nobody read the table `request_response_rmt`"),
        ("default", "system?table=one", "has no column `properties`"),
        ("default", "default?secure=true", "cannot be talked to in TLS"),
    ],
)
def test_what_cannot_be_audited(server: ClickHouseServer, user: str, rest: str, said: str) -> None:
    """One sentence, without the password."""
    with pytest.raises(PropguardError, match=said) as caught:
        ClickHouseEngine(server.address(user, rest))
    assert "tell-nobody" not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_an_organisation_that_is_none() -> None:
    """What goes into the SQL is a UUID, or is turned down before anything is asked."""
    with pytest.raises(UsageError, match="is no UUID"):
        ClickHouseEngine(NEVER, organization="1' OR '1'='1")


@pytest.mark.parametrize(("seconds", "memory"), [(1, None), (600, 50_000_000)])
def test_too_much(server: ClickHouseServer, seconds: int, memory: int | None) -> None:
    """What takes too long or too much memory is a TooMuchAsked, so that its window can be divided."""
    with ClickHouseEngine(server.address(), seconds=seconds, memory=memory) as engine, pytest.raises(TooMuchAsked):
        engine.query("SELECT uniqExact(number) FROM numbers(300000000)")


def test_a_window_too_much_is_divided(server: ClickHouseServer) -> None:
    """Windows are divided until the server answers all of them; together they hold every request once."""

    def heavy(engine: object) -> int:
        assert isinstance(engine, ClickHouseEngine)
        (row,) = engine.query(f"SELECT count() AS n, throwIf(n > 3) FROM ({engine.source})")
        return int(str(row["n"]))

    def asked(engine: object) -> int:
        try:
            return heavy(engine)
        except EngineFailed as error:
            raise TooMuchAsked(str(error)) from None

    with ClickHouseEngine(server.address()) as engine:
        parts = [number for _, number in divided(engine, asked, now=START + timedelta(days=1))]
    assert sum(parts) == 10
    assert max(parts) <= 3


SLOW = "SELECT count() FROM numbers(1000000000000) WHERE sipHash64(number) = 1"


def test_interrupted(server: ClickHouseServer) -> None:
    """Ctrl-C ends the query on the server, too."""
    script = f"from propguard.engine.clickhouse import ClickHouseEngine; ClickHouseEngine({server.address('bound:b')!r}).query({SLOW!r})"
    process = subprocess.Popen([sys.executable, "-c", script], stderr=subprocess.DEVNULL)
    running = "SELECT count() FROM system.processes WHERE query LIKE '%sipHash64(number) = 1%' AND user = 'bound'"
    wait_until(lambda: server.run(running) == "1\n")
    process.send_signal(signal.SIGINT)
    process.wait(20)
    wait_until(lambda: server.run(running) == "0\n")


def test_killed(mortal_clickhouse: ClickHouseServer) -> None:
    """A server that dies in the middle of a query is one sentence; one that is back is asked as before."""
    server = mortal_clickhouse
    with ClickHouseEngine(server.address("reading:r")) as engine:
        timer = threading.Timer(0.5, server.kill)
        timer.start()
        with pytest.raises(EngineFailed, match=r"broke the connection off|does not accept connections") as caught:
            engine.query(SLOW)
        timer.join()
        assert "\n" not in str(caught.value)
        server.start()
        assert counted(engine) == (0, [])


def test_the_longest_statement(server: ClickHouseServer) -> None:
    """A read-only user may not send more than the server's own limit: what an audit tells it beforehand is cut to that."""
    server.run("TRUNCATE TABLE request_response_rmt")
    values = "concat(repeat('#', 300), toString(modulo(number, 150)))"
    keys = ", ".join(f"'key_{number}', {values}" for number in range(20))
    server.run(
        "INSERT INTO request_response_rmt (request_id, request_created_at, properties) "
        f"SELECT generateUUIDv4(), now() - 60, map({keys}) FROM numbers(300)"
    )
    schema = PropertySchema("s", "1.0.0", unknown_properties="allow", properties={})
    for user in ("bound:b", "reading:r"):
        with ClickHouseEngine(server.address(user)) as engine:
            result = audit(schema, engine, today=START.date())
        assert (result.requests, result.findings) == (300, ())


def test_killed_in_the_middle_of_an_audit(mortal_clickhouse: ClickHouseServer) -> None:
    """One sentence; when the server is back, the audit goes on with what was answered."""
    server = mortal_clickhouse
    server.run(
        "INSERT INTO request_response_rmt (request_id, request_created_at, properties) "
        "SELECT generateUUIDv4(), now() - 60, map('Environment', 'prod') FROM numbers(5)"
    )

    def remembered() -> Remembered:
        return Remembered(ClickHouseEngine(server.address()), server.address(), b"key")

    broken = remembered()
    count = f"SELECT count() AS n FROM ({broken.source}) AS s"
    assert broken.query(count) == [{"n": 5}]
    server.kill()
    with pytest.raises(EngineFailed) as caught, broken:
        broken.query(f"SELECT max(request_id) AS n FROM ({broken.source}) AS s")
    assert str(caught.value).count("\n") == 0
    server.start()
    with remembered() as engine:
        assert engine.query(count) == [{"n": 5}]
        assert engine.reused == 1
        assert engine.begun is not None


def wait_until(holds: object) -> None:
    deadline = time.monotonic() + 20
    while not holds():  # type: ignore[operator]  # a function without arguments
        assert time.monotonic() < deadline
        time.sleep(0.05)
