"""A limit for how long a whole answer may take over connections of httpx's synchronous client.

httpx limits each read on its own, so that a server which sends a byte now and then is waited for without end. Here every
read, write and connect waits no longer than is left until a moment that the caller sets.
"""

from __future__ import annotations

import math
import time
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

import httpcore

if TYPE_CHECKING:
    import ssl
    from collections.abc import Iterable

    import httpx

_ENDS: ContextVar[float] = ContextVar("ends", default=math.inf)


def end_after(seconds: float) -> None:
    """What this thread reads from bounded clients has to be there in so many seconds; httpx.ReadTimeout otherwise."""
    _ENDS.set(time.monotonic() + seconds)


def bound(client: httpx.Client) -> None:
    """Every connection of `client`, those to proxies included, keeps to `end_after`."""
    for transport in (client._transport, *client._mounts.values()):  # noqa: SLF001  # httpx has no other way in
        pool = getattr(transport, "_pool", None)  # a transport of a test has none
        if pool is not None:
            pool._network_backend = _Backend(pool._network_backend)  # noqa: SLF001  # as above


def _left(timeout: float | None, error: type[Exception]) -> float | None:
    """The seconds to wait for at most. Raises `error` where none is left."""
    left = _ENDS.get() - time.monotonic()
    if left <= 0:
        raise error
    return timeout if left == math.inf else left if timeout is None else min(timeout, left)


class _Backend(httpcore.NetworkBackend):
    def __init__(self, inner: httpcore.NetworkBackend) -> None:
        self._inner = inner

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        left = _left(timeout, httpcore.ConnectTimeout)
        return _Stream(self._inner.connect_tcp(host, port, left, local_address, socket_options))


class _Stream(httpcore.NetworkStream):
    def __init__(self, inner: httpcore.NetworkStream) -> None:
        self._inner = inner

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, _left(timeout, httpcore.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, _left(timeout, httpcore.WriteTimeout))

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        left = _left(timeout, httpcore.ConnectTimeout)
        return _Stream(self._inner.start_tls(ssl_context, server_hostname, left))

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)

    def close(self) -> None:
        self._inner.close()
