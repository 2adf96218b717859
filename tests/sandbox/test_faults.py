"""Faults on purpose."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import httpx
import pytest

from propguard.errors import UsageError

if TYPE_CHECKING:
    from propguard.sandbox import Sandbox


def put(client: httpx.Client, request_id: str, value: str = "b") -> int | str:
    """The status of a PUT, or the name of the exception instead."""
    try:
        answer = client.put(f"/v1/request/{request_id}/property", json={"key": "a", "value": value})
        answer.json()
    except (httpx.TransportError, ValueError) as error:
        return type(error).__name__
    return answer.status_code


@pytest.mark.parametrize(
    ("fault", "outcomes"),
    [
        ("errors", {500, 502, 503, 504}),
        ("rate_limited", {429}),
        ("resets", {"ReadError", "RemoteProtocolError"}),  # the latter where the reset comes while httpx is sending
        ("truncated", {"RemoteProtocolError"}),
    ],
)
def test_faults(client: httpx.Client, sandbox: Sandbox, fault: str, outcomes: set[int | str]) -> None:
    """Every call is hit, and some of those that fail have been carried out, some not."""
    ids = sandbox.seed([{}] * 24)
    sandbox.faults(**{fault: 1.0})
    assert {put(client, request_id) for request_id in ids} <= outcomes
    done = sum(request["properties"] == {"a": "b"} for request in sandbox.requests())
    assert done == 24 if fault == "truncated" else 0 < done < 24
    sandbox.faults()
    assert put(client, ids[0]) == 201


def test_timeouts(client: httpx.Client, sandbox: Sandbox) -> None:
    """A call that is hit is answered too late for anybody who waits less than `hang`."""
    (request_id,) = sandbox.seed([{}])
    sandbox.faults(timeouts=1.0, hang=1.0)
    client.timeout = httpx.Timeout(0.2)
    assert put(client, request_id) == "ReadTimeout"
    client.timeout = httpx.Timeout(5)
    assert put(client, request_id) == 504


def test_latency_and_slow_bodies(client: httpx.Client, sandbox: Sandbox) -> None:
    """Latency delays every answer; a slow body comes in pieces, and whole."""
    (request_id,) = sandbox.seed([{}])
    sandbox.faults(latency=0.2, slow=1.0)
    began = time.monotonic()
    assert put(client, request_id) == 201
    assert time.monotonic() - began > 0.2
    assert client.post("/v1/request/query-clickhouse", json={"filter": "all"}).json()["data"]


def test_faults_are_repeatable(client: httpx.Client, sandbox: Sandbox) -> None:
    """The same seed draws the same faults; another one others."""
    (request_id,) = sandbox.seed([{}])
    runs = []
    for seed in (1, 1, 2):
        sandbox.faults(seed=seed, errors=0.3, resets=0.2, truncated=0.2)
        outcomes = [put(client, request_id) for _ in range(30)]
        runs.append([outcome if isinstance(outcome, int) else "broken off" for outcome in outcomes])
    assert runs[0] == runs[1] != runs[2]
    assert set(runs[0]) >= {201, 503, "broken off"}


@pytest.mark.parametrize(
    ("faults", "said"),
    [
        ({"error": 0.1}, "did you mean `errors`"),
        ({"errors": 1.1}, "between 0 and 1"),
        ({"errors": 0.6, "resets": 0.6}, "may not exceed 1"),
        ({"errors": "often"}, "must be a number"),
        ({"latency": -1}, "seconds"),
        ({"latency": float("nan")}, "seconds"),
    ],
)
def test_what_is_no_fault(sandbox: Sandbox, faults: dict[str, float], said: str) -> None:
    """A fault that does not exist, or that makes no sense, is told in a sentence, by Python and over HTTP."""
    with pytest.raises(UsageError, match=said):
        sandbox.faults(**faults)
    if faults.get("latency", 0) >= 0:
        assert httpx.post(f"{sandbox.base_url}/sandbox/faults", json=faults).status_code == 422
