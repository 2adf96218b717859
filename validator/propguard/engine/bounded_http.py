"""HTTP to a ClickHouse server within bounds: each answer in time and in size as a whole, from the host that was asked.

urllib3, which clickhouse-connect uses, limits each read on its own. A server that sends a byte now and then would be waited
for without end, and a body without end would fill the memory. Here a timer shuts the connections of a query that takes too
long, and bodies are read piece by piece. The owner of urllib3.
"""

from __future__ import annotations

import contextlib
import io
import socket
import threading
import time
import weakref
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from propguard.errors import EngineFailed
from propguard.model.hosts import is_local
from propguard.model.text import excerpt, visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from propguard.engine.address import Address

LARGEST_ANSWER = 256 << 20
"""Bytes of an answer that is held as a whole; those of an audit are some megabytes."""

LONGEST_LINE = 64 << 20
_PIECE = 1 << 16


class TookTooLong(EngineFailed):
    """An answer was not there in time."""


class BoundedConnections:
    """The connections to the server at `where`. Raises ImportError where clickhouse-connect is not installed.

    `pool` is what clickhouse-connect takes as its `pool_mgr`. A host on this machine is asked directly, others through the
    proxies of the environment.
    """

    def __init__(self, where: Address) -> None:
        self._shown = where.shown
        self._open: weakref.WeakSet[socket.socket] = weakref.WeakSet()
        self._is_late = False
        self.pool = self._pool(where)

    @contextlib.contextmanager
    def within(self, seconds: float) -> Iterator[None]:
        """What is read in the block has to be there in so many seconds; TookTooLong otherwise."""
        timer = threading.Timer(max(seconds, 0.0), self._shut)
        timer.daemon = True
        self._is_late = False
        timer.start()
        try:
            yield
        except Exception:
            if self._is_late:
                raise TookTooLong(f"{self._shown} did not answer in time") from None
            raise
        finally:
            timer.cancel()
        if self._is_late:  # a body without a length ends wherever it is cut off
            raise TookTooLong(f"{self._shown} did not answer in time")

    def lines(self, answer: Any, seconds: float) -> Iterator[bytes]:
        """The lines of an answer, in the memory of the longest; what is spent on waiting for them is limited."""
        rest = b""
        while True:
            began = time.monotonic()
            with self.within(seconds):
                piece = answer.read(_PIECE)
            seconds -= time.monotonic() - began
            *lines, rest = (rest + piece).split(b"\n")
            yield from lines
            if not piece:
                break
            if len(rest) > LONGEST_LINE:
                raise EngineFailed(f"{self._shown} sent a line longer than {LONGEST_LINE >> 20} MB")
        if rest:
            yield rest

    def close(self) -> None:
        self.pool.clear()

    def _shut(self) -> None:
        """Whoever reads from a connection finds its end."""
        self._is_late = True
        for opened in list(self._open):
            _shut(opened)

    def _opened(self, connection: socket.socket) -> None:
        """Know a connection while it is open; it comes too late where the time was over while it was made."""
        self._open.add(connection)
        if self._is_late:
            _shut(connection)

    def _pool(self, where: Address) -> Any:
        from clickhouse_connect.driver.httputil import check_env_proxy, get_pool_manager

        scheme = "https" if where.secure else "http"
        proxy = None if is_local(where.host) else check_env_proxy(scheme, where.host, where.port)
        proxies: dict[str, Any] = {f"{scheme}_proxy": proxy} if proxy else {}
        pool: Any = get_pool_manager(verify=where.verify, **proxies)
        pool.pool_classes_by_scheme = self._classes()
        unbounded = pool.urlopen

        def urlopen(method: str, url: str, *, preload_content: bool = True, **more: Any) -> Any:
            answer = unbounded(method, url, **{**more, "redirect": False}, preload_content=False)
            self._refuse_to_follow(answer)
            return self._held(answer) if preload_content else answer

        pool.urlopen = urlopen
        return pool

    def _classes(self) -> dict[str, type]:
        """Pools of connections, whose sockets are known here while they are open."""
        from urllib3 import HTTPConnectionPool, HTTPSConnectionPool

        opened = self._opened
        classes: dict[str, type] = {}
        for scheme, pool in (("http", HTTPConnectionPool), ("https", HTTPSConnectionPool)):
            kind: Any = pool.ConnectionCls

            def connect(connection: Any, kind: Any = kind) -> None:
                kind.connect(connection)
                opened(connection.sock)  # which an answer holds on to when the connection has let go of it

            connections = type("Connection", (kind,), {"connect": connect})
            classes[scheme] = type("Pool", (pool,), {"ConnectionCls": connections})
        return classes

    def _refuse_to_follow(self, answer: Any) -> None:
        if 300 <= answer.status < 400:
            host = urlsplit(answer.headers.get("location", "")).hostname or "elsewhere"
            answer.close()
            raise EngineFailed(
                f"{self._shown} redirects to {visible(excerpt(host))}, which is not followed; name that host in the address"
            )

    def _held(self, answer: Any) -> Any:
        """The same answer with its body in memory."""
        from urllib3 import HTTPResponse

        body = bytearray()
        while piece := answer.read(_PIECE):
            body += piece
            if len(body) > LARGEST_ANSWER:
                answer.close()
                raise EngineFailed(f"{self._shown} sent an answer longer than {LARGEST_ANSWER >> 20} MB")
        answer.release_conn()
        headers = {name: value for name, value in answer.headers.items() if name.lower() != "content-encoding"}
        return HTTPResponse(io.BytesIO(body), headers=headers, status=answer.status, preload_content=True)


def _shut(connection: socket.socket) -> None:
    with contextlib.suppress(OSError):
        socket.socket.shutdown(connection, socket.SHUT_RDWR)  # that of a TLS socket would break the one who reads
