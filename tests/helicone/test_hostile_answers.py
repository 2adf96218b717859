"""Servers that answer without end, in time or in size: every answer is bounded, for both kinds of session."""

from __future__ import annotations

import asyncio
import gzip
import socket
import threading
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

import pytest

from propguard.errors import Unreachable, WriteRefused
from propguard.helicone.deadline import end_after
from propguard.helicone.protocol import Call, property_write, read_write
from propguard.helicone.session import AsyncSession, Session

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from propguard.helicone.protocol import Answer

KEY = "sk-helicone-secret-0123456789"
WRITE = Call("PUT", "/v1/request/x/property", {"key": "a", "value": "b"}, longest_answer=1 << 16)
TIMEOUT = 0.1
HEADERS = b"HTTP/1.1 201 Created\r\nContent-Type: application/json\r\n"

Part = bytes | float | None
"""What a server sends, or the seconds that it waits; nothing where it waits for the next call."""


def endless(before: bytes, drop: bytes, every: float) -> Callable[[], Iterator[Part]]:
    """`before`, then `drop` again and again."""

    def parts() -> Iterator[Part]:
        yield before
        while True:
            yield drop
            yield every

    return parts


def whole(content: bytes, *headers: bytes) -> Callable[[], Iterator[Part]]:
    """One answer with a body."""
    lines = b"".join(header + b"\r\n" for header in headers)
    return lambda: iter([HEADERS + lines + b"Content-Length: %d\r\n\r\n" % len(content) + content])


def receive(connection: socket.socket) -> None:
    """Read one call, which may come in pieces."""
    received = connection.recv(65536)
    while received and not received.endswith(b"}"):
        received = connection.recv(65536)


def answer(connection: socket.socket, parts: Iterator[Part], stopped: threading.Event) -> None:
    """Send `parts` on one connection, until the other side or the test has had enough."""
    with connection, suppress(OSError):
        receive(connection)
        for part in parts:
            if isinstance(part, bytes):
                connection.sendall(part)
            elif part is None:
                receive(connection)
            elif stopped.wait(part):
                return


@contextmanager
def serving(parts: Callable[[], Iterator[Part]]) -> Iterator[str]:
    """The address of a server that reads nothing but the beginning of a call and answers with `parts`."""
    stopped = threading.Event()
    threads = []

    def accept(listening: socket.socket) -> None:
        with suppress(OSError):
            while True:
                connection, _ = listening.accept()
                thread = threading.Thread(target=answer, args=(connection, parts(), stopped))
                thread.start()
                threads.append(thread)

    with socket.create_server(("127.0.0.1", 0)) as listening:
        threads.append(threading.Thread(target=accept, args=(listening,)))
        threads[0].start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        stopped.set()
        listening.shutdown(socket.SHUT_RDWR)
    for thread in threads:
        thread.join()


def send(base_url: str, timeout: float) -> Answer:
    with Session(KEY, base_url, timeout=timeout) as session:
        return session.send(WRITE)


def send_async(base_url: str, timeout: float) -> Answer:
    async def sent() -> Answer:
        async with AsyncSession(KEY, base_url, timeout=timeout) as session:
            return await session.send(WRITE)

    return asyncio.run(sent())


SENDING = pytest.mark.parametrize("sending", [send, send_async])

DRIPPING = {
    "header lines": endless(HEADERS, b"X-More: 1\r\n", 0.02),
    "one header line": endless(HEADERS + b"X-More: ", b"1", 0.02),
    "1xx answers": endless(b"", b"HTTP/1.1 102 Processing\r\n\r\n", 0.02),
    "a status line": endless(b"HTTP/1.1 201 ", b"x", 0.02),
    "a body": endless(HEADERS + b"Content-Length: 99999\r\n\r\n", b"x", 0.02),
    "chunks": endless(HEADERS + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n", 0.02),
    "chunk sizes": endless(HEADERS + b"Transfer-Encoding: chunked\r\n\r\n", b"0", 0.02),
    "nothing": endless(b"", b"", 0.02),
}


@SENDING
@pytest.mark.parametrize("what", DRIPPING)
def test_an_answer_that_drips_is_given_up(what: str, sending: Callable[[str, float], Answer]) -> None:
    """Each byte comes in time and the whole never ends; the call ends all the same."""
    with serving(DRIPPING[what]) as base_url:
        began = time.monotonic()
        with pytest.raises(Unreachable, match=r" in time|no HTTP"):
            sending(base_url, TIMEOUT)
        assert time.monotonic() - began < 8  # on a busy machine; 0.2 s to 0.4 s on an idle one


BOMB = gzip.compress(bytes(1 << 24))
OVERSIZED = {
    "a body": endless(HEADERS + b"Content-Length: 99999999999\r\n\r\n", bytes(65536), 0.0),
    "a body without a length": endless(HEADERS + b"\r\n", bytes(65536), 0.0),
    "chunks": endless(HEADERS + b"Transfer-Encoding: chunked\r\n\r\n", b"ffff\r\n" + bytes(65535) + b"\r\n", 0.0),
    "headers": endless(HEADERS, b"X-More: 0123456789\r\n" * 99, 0.0),
    "a packed body": whole(BOMB, b"Content-Encoding: gzip"),
    "a body packed twice": whole(gzip.compress(BOMB), b"Content-Encoding: gzip, gzip"),
    "a body packed twice by two headers": whole(
        gzip.compress(BOMB), b"Content-Encoding: gzip", b"Content-Encoding: gzip"
    ),
    "a body packed a thousand times": whole(BOMB, *[b"Content-Encoding: deflate"] * 1000),
}


@SENDING
@pytest.mark.parametrize("what", OVERSIZED)
def test_an_answer_that_is_too_long_is_given_up(what: str, sending: Callable[[str, float], Answer]) -> None:
    """As sent and as unpacked, headers included, in a sentence."""
    with (
        serving(OVERSIZED[what]) as base_url,
        pytest.raises(Unreachable, match=r"longer than 64 kB|packed otherwise|no HTTP"),
    ):
        sending(base_url, 10.0)


@SENDING
@pytest.mark.parametrize("packed", [gzip.compress(b'{"data":1}')[:-4], b"no gzip"], ids=["cut short", "no gzip"])
def test_a_packed_answer_that_is_damaged_is_no_answer(packed: bytes, sending: Callable[[str, float], Answer]) -> None:
    """What cannot be unpacked as a whole is not taken for the whole."""
    with (
        serving(whole(packed, b"Content-Encoding: gzip")) as base_url,
        pytest.raises(Unreachable, match="cannot be unpacked"),
    ):
        sending(base_url, 10.0)


@SENDING
def test_a_packed_answer_is_read(sending: Callable[[str, float], Answer]) -> None:
    """The one packing that is asked for."""
    with serving(whole(gzip.compress(b'{"data":null}'), b"Content-Encoding: GZIP")) as base_url:
        assert sending(base_url, 10.0).body == b'{"data":null}'


def test_a_kept_connection_serves_later_calls() -> None:
    """The time that one call had is nothing to the next one on the same connection."""
    first, second = whole(b"1"), whole(b"2")

    def one_after_the_other() -> Iterator[Part]:
        yield from first()
        yield None
        yield from second()

    with serving(one_after_the_other) as base_url, Session(KEY, base_url, timeout=5.0) as session:
        assert session.send(WRITE).body == b"1"
        end_after(-1.0)  # the first call's time is over
        assert session.send(WRITE).body == b"2"


@SENDING
@pytest.mark.parametrize("location", ["https://elsewhere.example/", "//elsewhere.example", "/v2"])
def test_a_redirect_is_an_error(location: str, sending: Callable[[str, float], Answer]) -> None:
    """Whether it leads to another host or not; nothing is sent there, and the sentence says where it leads."""
    redirecting = f"HTTP/1.1 307 Temporary Redirect\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n".encode()
    with serving(lambda: iter([redirecting])) as base_url:
        answer = sending(base_url, 10.0)
    with pytest.raises(WriteRefused, match=f"redirects to {location}"):
        read_write(answer, "x")


def test_a_write_reads_no_long_answer() -> None:
    """A megabyte is more than any answer to a write; pages of requests are longer."""
    assert property_write("6f1c2a9e-7a51-4c1f-9a57-0c1de0a8f6b2", "a", "b").longest_answer == 1 << 20
