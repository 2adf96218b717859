"""How calls are carried: over which addresses, with what secrecy, and what every failure becomes."""

from __future__ import annotations

import asyncio
import base64
import json
import logging
import threading
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import httpx
import pytest

from propguard.errors import PropguardError, Unreachable, UsageError
from propguard.helicone.protocol import Answer, Call, read_requests, read_sql, read_write
from propguard.helicone.session import AsyncSession, Session

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

KEY = "sk-helicone-secret-0123456789"
WRITE = Call("PUT", "/v1/request/x/property", {"key": "a", "value": "ü"})


def send(answering: Callable[[httpx.Request], httpx.Response], **options: object) -> Answer:
    """The answer to one call, which both kinds of session must agree on."""
    transport = httpx.MockTransport(answering)
    with Session(KEY, transport=transport, **options) as session:  # type: ignore[arg-type]  # options of either
        got = session.send(WRITE)

    async def again() -> Answer:
        async with AsyncSession(KEY, transport=transport, **options) as other:  # type: ignore[arg-type]  # as above
            return await other.send(WRITE)

    assert asyncio.run(again()) == got
    return got


def test_a_call_carries_the_key_and_the_body() -> None:
    """As a bearer token and as JSON."""
    seen: list[httpx.Request] = []

    def answering(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(201, json={}, headers={"X-Thing": "y"})

    got = send(answering)
    assert (got.status, got.headers["x-thing"], got.body) == (201, "y", b"{}")
    assert str(seen[0].url) == "https://api.helicone.ai/v1/request/x/property"
    assert seen[0].headers["authorization"] == f"Bearer {KEY}"
    assert seen[0].read() == b'{"key": "a", "value": "\\u00fc"}'


@pytest.mark.parametrize(
    ("told", "reached"),
    [
        ("https://eu.api.helicone.ai", "https://eu.api.helicone.ai/v1/request/x/property"),
        ("https://eu.api.helicone.ai/", "https://eu.api.helicone.ai/v1/request/x/property"),
        ("https://api.helicone.ai/v1", "https://api.helicone.ai/v1/request/x/property"),
        ("https://example.com/jawn/", "https://example.com/jawn/v1/request/x/property"),
        ("http://localhost:8585", "http://localhost:8585/v1/request/x/property"),
        ("http://127.0.0.1:8585", "http://127.0.0.1:8585/v1/request/x/property"),
        ("http://[::1]:8585", "http://[::1]:8585/v1/request/x/property"),
    ],
)
def test_every_base_url_of_the_platform_works(told: str, reached: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The European one, self-hosted ones, such with a path; from the argument or the environment."""
    seen: list[str] = []

    def answering(request: httpx.Request) -> httpx.Response:
        seen.append(str(request.url))
        return httpx.Response(201, json={})

    send(answering, base_url=told)
    monkeypatch.setenv("HELICONE_BASE_URL", told)
    send(answering)
    assert seen == [reached] * 4


@pytest.mark.parametrize(
    ("base_url", "says"),
    [
        ("http://api.helicone.ai", "unencrypted"),
        ("http://localhost.example.com", "unencrypted"),
        ("http://10.0.0.1:8585", "unencrypted"),
        ("ftp://localhost", "no URL of a server"),
        ("localhost:8585", "no URL"),
        ("api.helicone.ai", "no URL"),
        ("https://", "no URL"),
        ("https://user:pass@api.helicone.ai", "neither a user name"),
        ("https://api.helicone.ai?x=1", "neither"),
        ("https://api.helicone.ai#x", "neither"),
        ("https://oai.helicone.ai/v1", "where LLM calls go"),
        ("https://[", "is no URL"),
        ("https://a\nb", "is no URL"),
        ("https:/me:hunter2@api.helicone.ai", r"`https:/\*\*\*@api\.helicone\.ai` is no URL"),
        ("me:hunter2/x@api.helicone.ai", r"`\*\*\*@api\.helicone\.ai` is no URL"),
        ("ftp://localhost?key=hunter2", "`ftp://localhost` is no URL|neither"),
    ],
)
def test_the_key_goes_to_no_dubious_address(base_url: str, says: str) -> None:
    """Refused before anything is sent, in a sentence that holds no key."""
    for make in (Session, AsyncSession):
        with pytest.raises(UsageError, match=says) as raised:
            make(KEY, base_url)
        assert KEY not in str(raised.value)
        assert "hunter2" not in str(raised.value)


def test_insecure_allows_http() -> None:
    """For a self-hosted platform in a private network."""
    assert send(lambda _: httpx.Response(201, json={}), base_url="http://10.0.0.1:8585", insecure=True).status == 201


@pytest.mark.parametrize("key", [None, "", "  ", "sk two", "sk\nx", "sk-é"])
def test_what_is_no_key_is_refused_at_once(key: str | None) -> None:
    """With what to do, and without showing it."""
    with pytest.raises(UsageError, match="API key"):
        Session(key)


def test_the_key_may_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """A line feed at its end, as files have it, does no harm."""
    monkeypatch.setenv("HELICONE_API_KEY", KEY + "\n")
    seen: list[str] = []

    def answering(request: httpx.Request) -> httpx.Response:
        seen.append(request.headers["authorization"])
        return httpx.Response(201, json={})

    with Session(transport=httpx.MockTransport(answering)) as session:
        session.send(WRITE)
    assert seen == [f"Bearer {KEY}"]


def test_a_redirect_is_an_answer_and_the_key_stays() -> None:
    """Nothing is sent to where it leads."""
    hosts: list[str] = []

    def answering(request: httpx.Request) -> httpx.Response:
        hosts.append(request.url.host)
        return httpx.Response(307, headers={"Location": "https://elsewhere.example/"})

    assert send(answering).status == 307
    assert hosts == ["api.helicone.ai"] * 2


FAILURES = [
    httpx.ConnectError("refused"),
    httpx.ConnectTimeout("late"),
    httpx.ReadTimeout(""),
    httpx.ReadError("reset"),
    httpx.RemoteProtocolError("peer closed connection"),
    httpx.DecodingError("bad gzip"),
    httpx.UnsupportedProtocol("x"),
    httpx.ReadError(f"header was {KEY}"),
]


@pytest.mark.parametrize("failure", FAILURES)
def test_every_failure_is_unreachable(failure: Exception) -> None:
    """In one sentence that names the server, and never the key."""

    def failing(_: httpx.Request) -> httpx.Response:
        raise failure

    with pytest.raises(Unreachable, match=r"https://api\.helicone\.ai") as raised:
        send(failing)
    assert KEY not in str(raised.value)
    assert raised.value.__cause__ is None


def test_the_key_is_nowhere_to_be_read(caplog: pytest.LogCaptureFixture) -> None:
    """Not in what is shown of a session, not in a log of any level, not in an answer that sends it back."""
    caplog.set_level(logging.DEBUG)

    def echoing(request: httpx.Request) -> httpx.Response:
        sent = request.headers["authorization"]
        return httpx.Response(401, json={"error": f"bad key {sent}"}, headers={"X-Echo": sent})

    got = send(echoing)
    session = Session(KEY, transport=httpx.MockTransport(echoing))
    shown = repr([got, session, AsyncSession(KEY), vars(session)]) + caplog.text
    assert KEY not in shown
    assert "Session('https://api.helicone.ai')" in shown


def disguised(key: str) -> dict[str, str]:
    """What servers and gateways make of a header that they send back, as the body of an answer."""
    header = f"Authorization: Bearer {key}"
    packed = base64.b64encode(f"user:{key}".encode()).decode()
    return {
        "as it is": json.dumps({"error": header}),
        "within a word": json.dumps({"error": f"x{key}y"}),
        "JSON escapes": '{"error": "' + "".join(f"\\u{ord(character):04x}" for character in key) + '"}',
        "one escape": '{"error": "\\u0073' + key[1:] + '"}',
        "JSON in JSON": json.dumps({"error": json.dumps({"was": json.dumps(header)})}),
        "percent": json.dumps({"error": "".join(f"%{ord(character):02X}" for character in key)}),
        "base64": json.dumps({"error": f"Basic {packed}"}),
        "base64 and no more": base64.b64encode(key.encode()).decode(),
        "HTML": json.dumps({"error": "".join(f"&#{ord(character)};" for character in key)}),
        "details": json.dumps({"message": "no", "details": {"header": {"fields": [key]}}}),
        "plain text": f"bad {key}",
        "not an object": json.dumps([key]),
    }


@pytest.mark.parametrize("how", disguised(KEY))
@pytest.mark.parametrize("status", [201, 400, 401, 403, 429, 500, 503])
def test_no_error_message_holds_the_key(how: str, status: int) -> None:
    """In whatever form it is sent back, and whatever the answer means."""
    answer = send(lambda _: httpx.Response(status, content=disguised(KEY)[how].encode()))
    for read in (partial(read_write, request_id="x"), read_sql, read_requests):
        with pytest.raises(PropguardError) as raised:
            read(answer)
        shown = str(raised.value)
        assert KEY[3:] not in shown
        for sign in (r"\u00", "%2d", "c2st", "Jldi0w", "&#", KEY.encode().hex()):
            assert sign.lower() not in shown.lower()


@pytest.mark.parametrize(("status", "is_masked"), [(200, False), (500, True)])
def test_a_key_that_is_a_word_changes_no_data(status: int, is_masked: bool) -> None:
    """Sandboxes take any key, such as a word that stands in the data; in what failed, it is masked even then."""
    transport = httpx.MockTransport(lambda _: httpx.Response(status, json={"data": "a wordy book"}))
    with Session("word", transport=transport) as session:
        assert (b"***y" in session.send(WRITE).body) is is_masked


@pytest.mark.parametrize("host", ["localhost", "127.8.9.1", "[::1]"])
def test_calls_to_this_machine_use_no_proxy(host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The proxies of the environment are for other hosts; what is on this machine, they could not reach."""
    monkeypatch.setenv("ALL_PROXY", "http://proxy.invalid:3128")
    elsewhere = httpx.URL("https://api.example.com")
    for session in (Session(KEY, f"http://{host}:1"), AsyncSession(KEY, f"https://{host}:1")):
        client = session._client
        assert client._transport_for_url(httpx.URL(session.base_url)) is client._transport
        assert client._transport_for_url(elsewhere) is not client._transport


def test_a_closed_session_says_so() -> None:
    """As an error of ours, not of a library."""
    session = Session(KEY, transport=httpx.MockTransport(lambda _: httpx.Response(201)))
    session.close()
    with pytest.raises(UsageError, match="closed"):
        session.send(WRITE)


def test_at_most_so_many_calls_are_under_way() -> None:
    """The rest waits its turn, and none waits in vain."""
    now, most = 0, 0

    async def answering(_: httpx.Request) -> httpx.Response:
        nonlocal now, most
        now += 1
        most = max(most, now)
        await asyncio.sleep(0)
        now -= 1
        return httpx.Response(201, json={})

    async def all_at_once() -> None:
        async with AsyncSession(KEY, transport=httpx.MockTransport(answering), concurrency=3) as session:
            await asyncio.gather(*(session.send(WRITE) for _ in range(50)))

    asyncio.run(all_at_once())
    assert most == 3


@pytest.fixture
def broken_server() -> Iterator[str]:
    """A server that ends each answer before it is whole."""

    class Handler(BaseHTTPRequestHandler):
        def do_PUT(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.wfile.write(b'HTTP/1.1 201 Created\r\nContent-Length: 100\r\n\r\n{"data":null,')

        def log_message(self, *_: object) -> None:
            """Nothing is printed."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_truncated_answer_is_no_answer(broken_server: str) -> None:
    """Over a real connection: what is cut off is never taken for the whole."""
    with Session(KEY, broken_server) as session, pytest.raises(PropguardError, match="broke the answer off"):
        session.send(WRITE)
