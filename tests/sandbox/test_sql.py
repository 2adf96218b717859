"""POST /v1/helicone-sql/execute, as the platform answers it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from propguard.sandbox.queries import Refused, admit

if TYPE_CHECKING:
    import httpx

    from propguard.sandbox import Sandbox


def run(client: httpx.Client, sql: str) -> httpx.Response:
    return client.post("/v1/helicone-sql/execute", json={"sql": sql})


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT 1",
        "  select count() from request_response_rmt  ",
        "SELECT count() FROM request_response_rmt;",
        "-- a comment\nSELECT 1 /* and ` one */",
        "SELECT 'DROP `x` $ ; \"' FROM request_response_rmt",
        "SELECT 'it''s \\' SETTINGS'",
        "SELECT x FROM (SELECT 1 AS x FROM request_response_rmt) WHERE x = 1",
        "SELECT a.request_id FROM request_response_rmt AS a JOIN (SELECT request_id FROM request_response_rmt) b ON 1 = 1",
        "SELECT arrayJoin(mapKeys(properties)) AS k, count() FROM request_response_rmt GROUP BY k ORDER BY k LIMIT 5, 10",
        "SELECT unhex('27'), if(1 IN (1, 2), 'a', 'b') FROM request_response_rmt, (SELECT 1)",
        "SELECT updated_at, created, settings_of FROM request_response_rmt",  # words that only begin like forbidden ones
    ],
)
def test_what_is_run(sql: str) -> None:
    """One statement that starts with SELECT; FROM and JOIN take only request_response_rmt or a subquery."""
    admit(sql)


@pytest.mark.parametrize(
    "sql",
    [
        "",
        " -- nothing",
        "WITH x AS (SELECT 1) SELECT 1",
        "SHOW TABLES",
        "DROP TABLE request_response_rmt",
        "SELECT 1; SELECT 2",
        "SELECT `request_id` FROM request_response_rmt",
        'SELECT "request_id" FROM request_response_rmt',
        "SELECT $1",
        "SELECT 1 # comment",
        "SELECT 1 SETTINGS max_threads = 1",
        "SELECT 1 INTO OUTFILE 'x'",
        "SELECT 1 FORMAT CSV",
        "SELECT replace('a', 'b', 'c')",
        "SELECT 1 FROM system.tables",
        "SELECT 1 FROM sandbox.request_response_rmt",
        "SELECT 1 FROM request_response_rmt.x",
        "SELECT 1 FROM request_response_rmt, system.one",
        "SELECT 1 FROM request_response_rmt AS a, system.one",
        "SELECT 1 FROM request_response_rmt AS a JOIN system.one AS b ON 1 = 1",
        "SELECT 1 FROM numbers(10)",
        "SELECT 1 FROM (numbers(10))",
        "SELECT 1 FROM url ('http://localhost', CSV)",
        "SELECT file('/etc/passwd')",
        "SELECT (SELECT 1 FROM system.one)",
        "SELECT 1 FROM",
        "SELECT 1)",
        "SELECT 'open",
        "SELECT 1\x00",
        "SELECT * FROM request_response_rmt UNION ALL SELECT * FROM default.request_response_rmt",
        *(
            f"SELECT 1 {word} x"
            for word in "INSERT UPDATE DELETE CREATE ALTER TRUNCATE MERGE SET RENAME EXCHANGE KILL GRANT".split()
        ),
    ],
)
def test_what_is_refused(sql: str) -> None:
    """No quoted identifiers, no SETTINGS, no table functions, no forbidden words outside strings, no other tables."""
    with pytest.raises(Refused):
        admit(sql)


def test_the_answer(client: httpx.Client, sandbox: Sandbox) -> None:
    """{"sql"} → {data: {rows, elapsedMilliseconds, size, rowCount}, error}."""
    sandbox.seed([{"properties": {"a": "1"}}] * 3)
    answer = run(client, "SELECT properties['a'] AS a, count() AS n FROM request_response_rmt GROUP BY a")
    assert answer.status_code == 200
    data = answer.json()["data"]
    assert (data["rows"], data["rowCount"], set(data)) == (
        [{"a": "1", "n": 3}],
        1,
        {"rows", "elapsedMilliseconds", "size", "rowCount"},
    )


def test_a_hundred_rows(client: httpx.Client, sandbox: Sandbox) -> None:
    """/execute cuts every answer to 100 rows, no matter the LIMIT asked for; LIMIT/OFFSET pages."""
    sandbox.seed({"properties": {"n": f"{number:03}"}} for number in range(150))
    sql = "SELECT properties['n'] AS n FROM request_response_rmt ORDER BY n LIMIT 1000"
    assert len(run(client, sql).json()["data"]["rows"]) == 100
    assert len(run(client, sql + " OFFSET 100").json()["data"]["rows"]) == 50
    sandbox.seed([{}])  # and the cap stays with that call
    assert len(list(sandbox.requests())) == 151


def test_only_the_callers_organisation(client: httpx.Client, sandbox: Sandbox) -> None:
    """Limited to the caller's organisation: what another one has stored is out of reach."""
    sandbox.seed([{}])
    sandbox.reset()  # a new organisation
    for sql in (
        "SELECT count() AS n FROM request_response_rmt",
        "SELECT sum(x) AS n FROM (SELECT 1 AS x FROM request_response_rmt UNION ALL SELECT 1 FROM request_response_rmt)",
        "SELECT count() AS n FROM request_response_rmt AS a JOIN request_response_rmt AS b ON 1 = 1",
        "SELECT (SELECT count() FROM request_response_rmt) AS n",
    ):
        assert run(client, sql).json()["data"]["rows"] == [{"n": 0}], sql


@pytest.mark.parametrize(
    ("sql", "status"), [("SELECT nothing FROM request_response_rmt", 500), ("DROP TABLE request_response_rmt", 400)]
)
def test_what_fails(client: httpx.Client, sandbox: Sandbox, sql: str, status: int) -> None:
    """A query that is refused or fails says so, in `error`."""
    answer = run(client, sql)
    assert answer.status_code == status
    assert answer.json()["data"] is None
    assert answer.json()["error"]


def test_switched_off(other_client: httpx.Client) -> None:
    """Feature-flagged (403 where off)."""
    answer = run(other_client, "SELECT 1")
    assert (answer.status_code, answer.json()["data"]) == (403, None)
