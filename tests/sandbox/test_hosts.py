"""The sandbox answers this machine, and no page of another name."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from propguard.sandbox.hosts import Hosts

if TYPE_CHECKING:
    import httpx
    from starlette.types import Receive, Scope, Send

PUT = "/v1/request/00000000-0000-4000-8000-000000000001/property"


def status(listening: str, **headers: str) -> int:
    """What a call with these headers is answered by a sandbox that listens there."""
    sent: list[Any] = []

    async def application(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 201, "headers": []})

    async def send(message: Any) -> None:
        sent.append(message)

    raw = [(name.replace("_", "-").encode(), value.encode("latin-1")) for name, value in headers.items()]
    scope: Any = {"type": "http", "method": "GET", "path": "/", "headers": raw}
    asyncio.run(Hosts(application, listening)(scope, None, send))  # type: ignore[arg-type]  # nothing is received
    return int(sent[0]["status"])


@pytest.mark.parametrize(
    ("listening", "host", "answered"),
    [
        ("127.0.0.1", "127.0.0.1:8585", True),
        ("127.0.0.1", "localhost:8585", True),
        ("127.0.0.1", "LOCALHOST", True),
        ("127.0.0.1", "app.localhost:80", True),
        ("127.0.0.1", "[::1]:8585", True),
        ("::1", "[::1]:8585", True),
        ("localhost", "localhost:1", True),
        ("0.0.0.0", "192.168.0.7:8585", True),  # an address cannot be led elsewhere
        ("0.0.0.0", "[fe80::1]:8585", True),
        ("box.lan", "box.lan:8585", True),
        ("127.0.0.1", "evil.example", False),
        ("127.0.0.1", "evil.example:8585", False),
        ("127.0.0.1", "localhost.evil.example", False),
        ("127.0.0.1", "127.0.0.1.evil.example", False),
        ("127.0.0.1", "localhost@evil.example", False),
        ("127.0.0.1", "192.168.0.7:8585", False),
        ("127.0.0.1", "", False),
        ("127.0.0.1", "[::1", False),
        ("127.0.0.1", "localhost:99999", False),
        ("0.0.0.0", "evil.example", False),
    ],
)  # fmt: skip
def test_the_host_is_this_machine(listening: str, host: str, answered: bool) -> None:
    """By whatever name or address is surely its own."""
    assert status(listening, host=host) == (201 if answered else 403)


@pytest.mark.parametrize(
    ("origin", "answered"),
    [
        ("http://localhost:3000", True),
        ("http://127.0.0.1:8585", True),
        ("https://evil.example", False),
        ("http://localhost.evil.example", False),
        ("null", False),
        ("", False),
    ],
)
def test_pages_of_other_origins_are_refused(origin: str, answered: bool) -> None:
    """Whatever host they call; programs send no origin."""
    assert status("127.0.0.1", host="localhost", origin=origin) == (201 if answered else 403)


def test_a_long_body_is_refused_wherever_it_goes() -> None:
    """Also where nobody would read it."""
    assert status("127.0.0.1", host="localhost", content_length=str(17 << 20)) == 413


@pytest.mark.parametrize("path", ["/v1/property/query", "/sandbox/reset", "/v1/nowhere"])
@pytest.mark.parametrize("header", ["Host", "Origin"])
def test_every_path_is_kept_from_foreign_pages(path: str, header: str, client: httpx.Client) -> None:
    """Those of tests, too; before a key is asked for and any fault happens."""
    answer = client.post(
        path, json={}, headers={header: "http://evil.example" if header == "Origin" else "evil.example"}
    )
    assert (answer.status_code, "sandbox" in answer.json()["error"]) == (403, True)
