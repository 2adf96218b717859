"""Keys and limits, as the platform has them."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import httpx
import pytest

from propguard.sandbox import Sandbox

if TYPE_CHECKING:
    from collections.abc import Iterator

KEY, READING_KEY = "sk-helicone-mine", "sk-helicone-reader"
PUT = "/v1/request/00000000-0000-4000-8000-000000000001/property"


@pytest.fixture(scope="module")
def strict_sandbox() -> Iterator[Sandbox]:
    with Sandbox(api_key=KEY, read_only_key=READING_KEY, rate_limit=10, rate_window=1.0) as sandbox:
        yield sandbox


@pytest.fixture
def strict(strict_sandbox: Sandbox) -> Iterator[httpx.Client]:
    strict_sandbox.reset()
    with httpx.Client(base_url=strict_sandbox.base_url, trust_env=False) as client:
        yield client


@pytest.mark.parametrize(
    ("header", "put", "post", "get"),
    [
        (f"Bearer {KEY}", 500, 201, 500),
        (f"bearer {KEY}", 500, 201, 500),
        (f"Bearer {READING_KEY}", 500, 401, 500),  # a read-only API key gets 401 on every POST
        ("Bearer sk-helicone-other", 401, 401, 401),
        ("Bearer", 401, 401, 401),
        (None, 401, 401, 401),
        (KEY, 400, 400, 400),
    ],
)
def test_keys(strict: httpx.Client, header: str | None, put: int, post: int, get: int) -> None:
    """401 {error, trace} for a bad key; 400 "Invalid token." when authentication itself throws."""
    headers = {} if header is None else {"Authorization": header}
    answers = (
        strict.put(PUT, json={"key": "a", "value": "b"}, headers=headers),
        strict.post("/v1/request/query-clickhouse", json={"filter": "all"}, headers=headers),
        strict.get("/v1/request/x", headers=headers),
    )
    assert [answer.status_code for answer in answers] == [put, post, get]
    for answer in answers:
        if answer.status_code == 401:
            assert set(answer.json()) == {"error", "trace"}
        if answer.status_code == 400:
            assert answer.text == "Invalid token."


def test_any_key(sandbox: Sandbox) -> None:
    """Unless one is insisted on, every key is accepted, and none is none."""
    url = f"{sandbox.base_url}/v1/property/query"
    assert httpx.post(url, json={}, headers={"Authorization": "Bearer anything"}).status_code == 200
    assert httpx.post(url, json={}).status_code == 401


def test_limits(strict: httpx.Client) -> None:
    """429 {"error":"Too many requests, please try again later."} with RateLimit-* headers."""
    headers = {"Authorization": f"Bearer {KEY}"}
    answers = [strict.put(PUT, json={"key": "a", "value": "b"}, headers=headers) for _ in range(11)]
    assert [answer.status_code for answer in answers] == [500] * 10 + [429]
    assert [answer.headers["RateLimit-Remaining"] for answer in answers] == [str(n) for n in range(9, -1, -1)] + ["0"]
    assert answers[-1].json() == {"error": "Too many requests, please try again later."}
    assert {answers[-1].headers[name] for name in ("RateLimit-Limit", "RateLimit-Reset", "Retry-After")} == {"10", "1"}
    time.sleep(1.1)
    assert strict.put(PUT, json={"key": "a", "value": "b"}, headers=headers).status_code == 500


def test_the_key_is_nowhere_to_be_seen(strict_sandbox: Sandbox) -> None:
    """Neither the sandbox nor its settings show the key."""
    assert KEY not in repr(strict_sandbox)
    assert KEY not in repr(strict_sandbox._settings)
