"""A ClickHouse server, or what stands in its place, that sends too much, too slowly, or somewhere else."""

from __future__ import annotations

import base64
import contextlib
import socketserver
import threading
import time
from collections.abc import Callable, Iterator
from http import HTTPStatus
from typing import Any

import pytest

from propguard.engine import bounded_http, clickhouse
from propguard.engine.clickhouse import ClickHouseEngine
from propguard.errors import EngineFailed

pytest.importorskip("clickhouse_connect", reason="needs clickhouse-connect")

HEAD = "HTTP/1.1 {code} OK\r\n{headers}Connection: close\r\n\r\n"


Send = Callable[[bytes], object]


class Server(socketserver.ThreadingTCPServer):
    """Answers every request by `answer`, which is given what sends bytes; `asked` are the requests."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, answer: Callable[[Send], object]) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.answer = answer
        self.asked: list[bytes] = []


class Handler(socketserver.BaseRequestHandler):
    """Reads the head of a request, and leaves the rest to the server's `answer`."""

    server: Server

    def handle(self) -> None:
        request = b""
        while b"\r\n\r\n" not in request:
            piece = self.request.recv(65536)
            if not piece:
                return
            request += piece
        self.server.asked.append(request)
        with contextlib.suppress(OSError):  # the client has had enough
            self.server.answer(self.request.sendall)


@contextlib.contextmanager
def served(answer: Callable[[Send], object]) -> Iterator[Server]:
    with Server(answer) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield server
        server.shutdown()


def refused(server: Server, user: str = "reader:tell-nobody") -> str:
    """The sentence with which an audit of it ends."""
    with pytest.raises(EngineFailed) as raised:
        ClickHouseEngine(f"clickhouse://{user}@127.0.0.1:{server.server_address[1]}/default", seconds=1)
    return str(raised.value)


@pytest.fixture
def _hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Patience is a matter of seconds; here of less, as nobody wants to wait for a test."""
    monkeypatch.setattr(clickhouse, "_SHORTEST_GRACE", -0.7)
    monkeypatch.setattr(clickhouse, "_LONGEST_GRACE", -0.7)


def dripping_head(send: Send) -> None:
    send(b"HTTP/1.1 200 OK\r\n")
    for number in range(10_000):
        send(b"X-%d: y\r\n" % number)
        time.sleep(0.02)


def dripping_body(send: Send) -> None:
    send(HEAD.format(code=200, headers="").encode())
    for _number in range(10_000):
        send(b"1")
        time.sleep(0.02)


@pytest.mark.usefixtures("_hasty")
@pytest.mark.parametrize("answer", [dripping_head, dripping_body])
def test_an_answer_that_drips_has_a_total_deadline(answer: Callable[[Send], object]) -> None:
    began = time.monotonic()
    with served(answer) as server:
        assert refused(server).endswith("did not answer in time")
    assert time.monotonic() - began < 10


@pytest.mark.usefixtures("_hasty")
def test_a_connection_that_is_made_too_late_is_shut_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What limits an answer finds no connection to shut where the time was over before there was one."""
    kind: Any = pytest.importorskip("urllib3.connection").HTTPConnection
    connect = kind.connect

    def slowly(connection: Any) -> None:
        time.sleep(0.5)
        connect(connection)

    monkeypatch.setattr(kind, "connect", slowly)
    test_an_answer_that_drips_has_a_total_deadline(dripping_head)


def test_a_body_without_end_is_bounded_in_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounded_http, "LARGEST_ANSWER", 1 << 20)

    def endless(send: Send) -> None:
        send(HEAD.format(code=200, headers="").encode())
        while True:
            send(b"x" * (1 << 16))

    with served(endless) as server:
        assert refused(server).endswith("sent an answer longer than 1 MB")


def test_a_redirect_is_not_followed() -> None:
    """Another host would get the user's name and password, and its answers would be believed."""

    def elsewhere(send: Send) -> None:
        send(
            HEAD.format(code=302, headers="Location: http://elsewhere.example:1/?a=b\r\nContent-Length: 0\r\n").encode()
        )

    with served(elsewhere) as server:
        said = refused(server)
        assert len(server.asked) == 1
    assert "redirects to elsewhere.example, which is not followed" in said


@pytest.mark.parametrize("disguise", ["basic", "inside a word", "escaped", "percent"])
def test_a_password_that_is_sent_back_is_not_shown(disguise: str) -> None:
    password = 'tell"nobody/é'
    forms = {
        "basic": base64.b64encode(f"reader:{password}".encode()).decode(),
        "inside a word": f"x{password}y",
        "escaped": r"tell\"nobody/\u00e9",
        "percent": "tell%22nobody%2F%C3%A9",
    }

    def echo(send: Send) -> None:
        body = f"Code: 999. DB::Exception: bad header Basic {forms[disguise]} here".encode()
        head = HEAD.format(code=int(HTTPStatus.INTERNAL_SERVER_ERROR), headers=f"Content-Length: {len(body)}\r\n")
        send(head.encode() + body)

    with served(echo) as server:
        said = refused(server, "reader:tell%22nobody%2F%C3%A9")
    assert "***" in said
    assert forms[disguise] not in said
    assert "nobody" not in said


def test_this_machine_is_asked_without_a_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """A proxy of the environment would see the password, and would mean another machine by the same name."""
    with served(lambda send: send(HEAD.format(code=500, headers="Content-Length: 0\r\n").encode())) as server:
        for name in ("http_proxy", "HTTP_PROXY"):
            monkeypatch.setenv(name, "http://127.0.0.1:9")
        refused(server)
        assert server.asked
