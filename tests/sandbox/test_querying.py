"""POST /v1/request/query-clickhouse and its relatives, as the platform answers them."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import hypothesis
import pytest
from hypothesis import strategies

if TYPE_CHECKING:
    import httpx

    from propguard.sandbox import Sandbox

NOTHING: dict[str, Any] = {"data": [], "error": None}


def rmt(**columns: Any) -> dict[str, Any]:
    return {"request_response_rmt": columns}


def property_is(key: str, operator: str, value: str) -> dict[str, Any]:
    return rmt(properties={key: {operator: value}})


def both(left: Any, right: Any, operator: str = "and") -> dict[str, Any]:
    return {"left": left, "operator": operator, "right": right}


def query(client: httpx.Client, wanted: Any, **further: Any) -> httpx.Response:
    return client.post("/v1/request/query-clickhouse", json={"filter": wanted, **further})


def found(client: httpx.Client, wanted: Any, **further: Any) -> list[str]:
    """The property `name` of every row found."""
    answer = query(client, wanted, limit=100, **further)
    assert answer.status_code == 201, answer.text
    return sorted(row["properties"]["name"] for row in answer.json()["data"])


@pytest.fixture
def _three(sandbox: Sandbox) -> None:
    sandbox.seed(
        [
            {
                "created_at": "2026-03-01T10:00:00.250Z",
                "properties": {"name": "a", "tier": "pro", "n": "null"},
                "model": "m",
            },
            {"created_at": "2026-03-02T10:00:00.500Z", "properties": {"name": "b", "tier": "Premium"}, "status": 500},
            {"created_at": "2026-03-03T10:00:00.750Z", "properties": {"name": "c", "empty": ""}},
        ]
    )


@pytest.mark.usefixtures("_three")
@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        ("all", "abc"),
        ({}, "abc"),
        (property_is("tier", "equals", "pro"), "a"),
        (property_is("tier", "not-equals", "pro"), "bc"),  # an absent key reads as ''
        (property_is("tier", "like", "p%"), "a"),
        (property_is("tier", "ilike", "p%"), "ab"),
        (property_is("tier", "contains", "pr"), "ab"),  # whatever the case
        (property_is("tier", "contains", "p_"), "ab"),  # the wildcards of LIKE work
        (property_is("tier", "not-contains", "pr"), "c"),
        (property_is("empty", "equals", ""), "abc"),
        (property_is("n", "equals", "null"), ""),  # is null, which no property is
        (property_is("n", "not-equals", "null"), "abc"),
        (property_is("tier", "equals", "__empty__"), "c"),
        (rmt(property_key={"equals": "tier"}), "ab"),
        (rmt(property_key={"equals": "empty"}), "c"),
        (rmt(model={"equals": "m"}), "a"),
        (rmt(status={"gte": 400}), "b"),
        (both(property_is("tier", "equals", "pro"), rmt(property_key={"equals": "empty"}), "or"), "ac"),
        (both(rmt(property_key={"equals": "tier"}), rmt(status={"equals": 200})), "a"),
        (both(both({}, "all"), rmt(request_created_at={"gte": "2026-03-02T00:00:00Z"})), "bc"),
        (rmt(request_created_at={"lt": "2026-03-02T10:00:00Z"}), "a"),
        (rmt(request_created_at={"gte": "2026-03-02T12:00:00+02:00"}), "bc"),
        # Times are cut to whole seconds: 10:00:00.900 becomes 10:00:00, after which .750 is.
        (rmt(request_created_at={"gte": "2026-03-03T10:00:00.900Z"}), "c"),
    ],
)
def test_filters(client: httpx.Client, wanted: Any, names: str) -> None:
    """Filter: "all", {}, a leaf, or {left, operator, right}."""
    assert found(client, wanted) == list(names)


@pytest.mark.usefixtures("_three")
@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        (rmt(properties={"tier": {"equals": "pro"}, "name": {"equals": "b"}}), "a"),
        (rmt(properties={"tier": {"like": "p%", "equals": "nothing"}}), "a"),
        (rmt(property_key={"equals": "tier"}, status={"equals": 500}), "ab"),
    ],
)
def test_one_predicate_per_leaf(client: httpx.Client, wanted: Any, names: str) -> None:
    """Everything after the first key or operator of a leaf is silently ignored."""
    assert found(client, wanted) == list(names)


@pytest.mark.usefixtures("_three")
@pytest.mark.parametrize(
    "wanted",
    [
        {"properties": {"tier": {"equals": "pro"}}},  # as the documentation shows it
        both({"properties": {"tier": {"equals": "pro"}}}, "all"),
        {"request": {"id": {"equals": "x"}}},
        property_is("tier", "like", "pro\\"),
        rmt(request_created_at={"gte": "yesterday"}),
        rmt(request_id={"equals": "req_123abc"}),
        rmt(properties={}),
    ],
)
def test_failures_look_like_success(client: httpx.Client, wanted: Any) -> None:
    """A bad filter, a bare top-level {"properties": …}: 201 {"data":[],"error":null}."""
    answer = query(client, wanted)
    assert (answer.status_code, answer.json()) == (201, NOTHING)


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"filter": "all", "more": 1},
        {"filter": "some"},
        {"filter": None},
        {"filter": []},
        {"filter": "all", "limit": "10"},
        {"filter": "all", "offset": True},
        {"filter": "all", "sort": {"created_at": "up"}},
        {"filter": "all", "sort": {"properties": "asc"}},
        {"filter": {"anything": {}}},
        {"filter": rmt(anything={"equals": "x"})},
        {"filter": property_is("a", "is", "b")},
        {"filter": rmt(properties={"a": {"equals": 1}})},
        {"filter": rmt(properties={"a": "b"})},
        {"filter": rmt(property_key={"not-equals": "a"})},
        {"filter": {"left": "all", "operator": "not", "right": "all"}},
        {"filter": {"left": "all", "operator": "and"}},
    ],
)
def test_bodies_that_the_validator_turns_down(client: httpx.Client, body: Any) -> None:
    """Extra fields: 422."""
    answer = client.post("/v1/request/query-clickhouse", json=body)
    assert (answer.status_code, answer.json()["message"]) == (422, "Validation Failed")


@pytest.mark.parametrize(("limit", "status"), [(0, 201), (1000, 201), (1001, 500), (-1, 500), (1.5, 201)])
def test_limits(client: httpx.Client, limit: float, status: int) -> None:
    """`limit` 0 to 1000, else 500 "invalid limit"."""
    answer = query(client, "all", limit=limit)
    assert answer.status_code == status
    assert answer.json()["error"] == ("invalid limit" if status == 500 else None)


def test_pages(client: httpx.Client, sandbox: Sandbox) -> None:
    """Default limit 10, no cap on the offset, sort by created_at."""
    sandbox.seed({"created_at": f"2026-03-01T10:00:{n:02}Z", "properties": {"name": f"{n:02}"}} for n in range(25))
    assert len(query(client, "all").json()["data"]) == 10
    rows = query(client, "all", offset=23, limit=5, sort={"created_at": "desc"}).json()["data"]
    assert [row["properties"]["name"] for row in rows] == ["01", "00"]
    assert query(client, "all", offset=10**9).json() == NOTHING


def test_the_fields_of_a_row(client: httpx.Client, sandbox: Sandbox) -> None:
    """Row fields: request_id, request_created_at, properties and request_properties alike, request_model, provider, …"""
    seeded = {"properties": {"a": "b"}, "model": "m", "provider": "ANTHROPIC", "status": 429, "user_id": "u"}
    (request_id,) = sandbox.seed([{"created_at": "2026-03-01T10:00:00.250Z", **seeded}])
    (row,) = query(client, "all").json()["data"]
    expected = {
        "request_id": request_id,
        "request_created_at": "2026-03-01 10:00:00.250",
        "updated_at": "2026-03-01 10:00:00",
        "properties": {"a": "b"},
        "request_properties": {"a": "b"},
        "request_model": "m",
        "provider": "ANTHROPIC",
        "response_status": 429,
        "request_user_id": "u",
    }
    assert {name: row[name] for name in expected} == expected


def test_versions_are_not_merged(client: httpx.Client, sandbox: Sandbox) -> None:
    """Rows are filtered before versions are merged: a request may come twice, as a row that no longer matches, too."""
    (request_id,) = sandbox.seed([{"properties": {"name": "x", "state": "old"}}])
    client.put(f"/v1/request/{request_id}/property", json={"key": "state", "value": "new"})
    assert [row["properties"]["state"] for row in query(client, property_is("name", "equals", "x")).json()["data"]] != [
        "old"
    ]
    assert found(client, property_is("state", "equals", "old")) in ([], ["x"])  # merging is ClickHouse's own business


def test_the_older_call(client: httpx.Client, sandbox: Sandbox) -> None:
    """POST /v1/request/query reads tables that no longer exist and always answers []."""
    sandbox.seed([{}])
    answer = client.post("/v1/request/query", json={"filter": "all"})
    assert (answer.status_code, answer.json()) == (201, NOTHING)


def test_the_cached_call(client: httpx.Client, sandbox: Sandbox) -> None:
    """GET /v1/request/{id} is cached and does not see a PUT: verify writes with query-clickhouse."""
    (request_id,) = sandbox.seed([{"properties": {"a": "old"}}])
    for _ in range(2):
        assert client.get(f"/v1/request/{request_id}").json()["data"]["properties"] == {"a": "old"}
        client.put(f"/v1/request/{request_id}/property", json={"key": "a", "value": "new"})
    assert client.get("/v1/request/req_123abc").status_code == 500


def test_a_request_of_the_future_is_not_found(client: httpx.Client, sandbox: Sandbox) -> None:
    """Rows made more than five minutes from now are left out."""
    moment = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + 3600))
    sandbox.seed([{"created_at": moment}])
    assert query(client, "all").json() == NOTHING


def test_very_long_values(client: httpx.Client, sandbox: Sandbox) -> None:
    """A value of 2 MB can be asked for, too."""
    long = "😀'\\" * 300_000
    mine, _ = sandbox.seed([{"properties": {"a": long}}, {"properties": {"a": long + "x"}}])
    (row,) = query(client, property_is("a", "equals", long)).json()["data"]
    assert (row["request_id"], row["properties"]["a"]) == (mine, long)


@hypothesis.settings(suppress_health_check=[hypothesis.HealthCheck.function_scoped_fixture])
@hypothesis.given(key=strategies.text(), value=strategies.text())
@hypothesis.example(key="') OR 1=1 --", value="\\' OR '1'='1")
@hypothesis.example(key="\0", value="{x:String}")
@hypothesis.example(key="`\"'\\", value="'; DROP TABLE request_response_rmt; --")
def test_no_text_becomes_sql(client: httpx.Client, sandbox: Sandbox, key: str, value: str) -> None:
    """Whatever a key and a value are, exactly the request that has them is found."""
    sandbox.reset()
    mine, _ = sandbox.seed([{"properties": {key: value}}, {"properties": {"another": "request"}}])
    hypothesis.assume(value not in ("null", "__empty__"))
    for leaf in (property_is(key, "equals", value), rmt(property_key={"equals": key})):
        if (key, value) != ("another", "request") and (value or "property_key" in leaf["request_response_rmt"]):
            rows = query(client, leaf).json()["data"]
            assert [row["request_id"] for row in rows] == [mine]
