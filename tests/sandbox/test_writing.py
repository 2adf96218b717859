"""PUT /v1/request/{id}/property, as the platform answers it."""

from __future__ import annotations

import time
import uuid
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    import httpx

    from propguard.sandbox import Sandbox

ABSENT = str(uuid.UUID(int=1))
DONE = {"data": None, "error": None}


def put(client: httpx.Client, request_id: str, body: Any) -> httpx.Response:
    return client.put(f"/v1/request/{request_id}/property", json=body)


def stored(sandbox: Sandbox) -> dict[str, str]:
    (request,) = sandbox.requests()
    properties: dict[str, str] = request["properties"]
    return properties


def until_next_second() -> None:
    time.sleep(1.02 - time.time() % 1)


@pytest.mark.parametrize(
    "body",
    [
        {"key": "a", "value": 1},
        {"key": "a", "value": True},
        {"key": "a", "value": None},
        {"key": "a", "value": ["b"]},
        {"key": 1, "value": "b"},
        {"key": "a"},
        {"value": "b"},
        {"key": "a", "value": "b", "more": "c"},
        [],
        [{"key": "a", "value": "b"}],
        None,
        "a",
        {"environment": "production"},  # the map form that the documentation shows, too
    ],
)
def test_wrong_bodies(client: httpx.Client, sandbox: Sandbox, body: object) -> None:
    """Body is exactly {"key": string, "value": string}; else 422 {message: "Validation Failed", details}."""
    (request_id,) = sandbox.seed([{}])
    answer = put(client, request_id, body)
    assert answer.status_code == 422
    assert answer.json()["message"] == "Validation Failed"
    assert answer.json()["details"]
    assert stored(sandbox) == {}


@pytest.mark.parametrize(
    ("key", "value"),
    [("", "b"), ("a", ""), ("a", "b" * 2_000_000), ("ключ", "b"), ("a", "\0"), ("a'); DROP TABLE x; --", "\\'\"\n😀")],
)
def test_nothing_is_enforced(client: httpx.Client, sandbox: Sandbox, key: str, value: str) -> None:
    """Empty key, empty value, a 2 MB value and a non-ASCII key are all accepted; what is stored is what was sent."""
    (request_id,) = sandbox.seed([{}])
    assert put(client, request_id, {"key": key, "value": value}).status_code == 201
    assert stored(sandbox) == {key: value}


def test_success(client: httpx.Client, sandbox: Sandbox) -> None:
    """Success: 201 {"data":null,"error":null}."""
    (request_id,) = sandbox.seed([{}])
    answer = put(client, request_id, {"key": "a", "value": "b"})
    assert (answer.status_code, answer.json()) == (201, DONE)


@pytest.mark.parametrize("request_id", [ABSENT, "req_123abc", "1", ABSENT[:-1], "%27%20OR%201"])
def test_no_such_request(client: httpx.Client, request_id: str) -> None:
    """ "Request not found", an id that is no UUID: 500 {"data":null,"error":"…"}. Never 404."""
    answer = put(client, request_id, {"key": "a", "value": "b"})
    assert (answer.status_code, answer.json()) == (500, {"data": None, "error": "Request not found"})


def test_ids_in_capitals(client: httpx.Client, sandbox: Sandbox) -> None:
    """A UUID is the same in capitals."""
    (request_id,) = sandbox.seed([{}])
    assert put(client, request_id.upper(), {"key": "a", "value": "b"}).status_code == 201
    assert stored(sandbox) == {"a": "b"}


def test_no_delete(client: httpx.Client, sandbox: Sandbox) -> None:
    """Writing "" is the nearest to unsetting; the key stays for ever."""
    (request_id,) = sandbox.seed([{"properties": {"a": "b"}}])
    put(client, request_id, {"key": "a", "value": ""})
    assert stored(sandbox) == {"a": ""}
    assert client.post("/v1/property/query", json={}).json()["data"] == [{"property": "a"}]


def test_lost_updates(client: httpx.Client, sandbox: Sandbox) -> None:
    """Read, merge in memory, insert a whole new row of one-second grain: back-to-back PUTs to one request lose properties."""
    (request_id,) = sandbox.seed([{"properties": {"before": "x"}}])
    until_next_second()
    for number in range(5):
        assert put(client, request_id, {"key": f"key_{number}", "value": "v"}).status_code == 201
    assert stored(sandbox) == {"before": "x", "key_0": "v", "key_4": "v"} or stored(sandbox) == {
        "before": "x",
        "key_4": "v",
    }


def test_writes_of_different_seconds_are_kept(client: httpx.Client, sandbox: Sandbox) -> None:
    """1.1 s apart, nothing is lost."""
    (request_id,) = sandbox.seed([{"properties": {"before": "x"}}])
    for key in ("first", "second"):
        put(client, request_id, {"key": key, "value": "v"})
        until_next_second()
    assert stored(sandbox) == {"before": "x", "first": "v", "second": "v"}


def test_writes_to_different_requests_do_not_meet(client: httpx.Client, sandbox: Sandbox) -> None:
    """Write to many requests in parallel: only writes to one request can be lost."""
    ids = sandbox.seed([{}] * 50)
    for request_id in ids:
        put(client, request_id, {"key": "a", "value": request_id})
    assert {request["request_id"]: request["properties"]["a"] for request in sandbox.requests()} == {x: x for x in ids}


def test_what_a_write_blanks(client: httpx.Client, sandbox: Sandbox) -> None:
    """Each PUT blanks prompt_id, prompt_version and request_referrer of that row."""
    blanked = {"prompt_id": "p", "prompt_version": "2", "request_referrer": "r"}
    (request_id,) = sandbox.seed([{"model": "m", "user_id": "u", **blanked}])
    put(client, request_id, {"key": "a", "value": "b"})
    rows = client.post("/v1/request/query-clickhouse", json={"filter": "all"}).json()["data"]
    newest = max(rows, key=lambda row: row["updated_at"])
    assert {name: newest[name] for name in blanked} == dict.fromkeys(blanked, "")
    assert (newest["request_model"], newest["request_user_id"]) == ("m", "u")


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 422),
        (b"{", 400),
        (b'{"key": NaN}', 400),
        (b"[" * 100_000, 400),
        (b"\xff", 400),
        (b'{"key": "a", "value": "' + b"x" * (17 << 20) + b'"}', 413),
    ],
)
def test_unreadable_bodies(client: httpx.Client, body: bytes, status: int) -> None:
    """What is no JSON, or too long, gets an answer, and the sandbox goes on."""
    answer = client.put(f"/v1/request/{ABSENT}/property", content=body, headers={"content-type": "application/json"})
    assert answer.status_code == status


def test_half_a_surrogate_pair(client: httpx.Client, sandbox: Sandbox) -> None:
    """JSON can spell text that UTF-8 cannot; it is stored as a JavaScript runtime stores it."""
    (request_id,) = sandbox.seed([{}])
    body = b'{"key": "a", "value": "\\ud83d!\\ud83d\\ude00"}'
    headers = {"content-type": "application/json"}
    assert client.put(f"/v1/request/{request_id}/property", content=body, headers=headers).status_code == 201
    assert stored(sandbox) == {"a": "\ufffd!😀"}
