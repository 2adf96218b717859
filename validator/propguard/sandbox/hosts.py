"""Which calls the sandbox answers at all: those that are meant for it, and not too long.

A page in a browser can lead a name of its own to this machine (DNS rebinding) and then call the sandbox with the `Host` of
that name, or call it from its own `Origin`. Neither may read or write what is stored here.
"""

from __future__ import annotations

import ipaddress
import socket
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from propguard.sandbox.bodies import MOST_BYTES, answer

if TYPE_CHECKING:
    from starlette.responses import Response
    from starlette.types import ASGIApp, Receive, Scope, Send


class Hosts:
    """Passes calls on to `application` that name this machine as their host, and come from no foreign page.

    A sandbox that listens on more than this machine, as `host` says, may also be called by any address and by the
    machine's own name: an address cannot be led elsewhere.
    """

    def __init__(self, application: ASGIApp, host: str) -> None:
        self._application = application
        self._is_open = not _is_loopback(host)
        self._names = {host.lower(), socket.gethostname().lower()} if self._is_open else {host.lower()}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        refusal = self._refusal(scope["headers"]) if scope["type"] == "http" else None
        await (self._application if refusal is None else refusal)(scope, receive, send)

    def _refusal(self, headers: list[tuple[bytes, bytes]]) -> Response | None:
        for name, value in headers:
            text = value.decode("latin-1")
            if name == b"host" and not self._is_known(_name_in(f"//{text}")):
                return answer(
                    403, {"error": "the sandbox is called by another name; use http://localhost and its port"}
                )
            if name == b"origin" and not self._is_known(_name_in(text)):
                return answer(403, {"error": "the sandbox answers no pages of other origins"})
            if name == b"content-length" and int(text) > MOST_BYTES:
                return answer(413, {"error": f"the body is longer than {MOST_BYTES >> 20} MB"})
        return None

    def _is_known(self, name: str) -> bool:
        return _is_loopback(name) or name in self._names or (self._is_open and _is_address(name))


def _name_in(url: str) -> str:
    """The host of a URL, in lower case; empty where there is none that can be read."""
    try:
        parts = urlsplit(url)
        _ = parts.port  # a ValueError where it is none
    except ValueError:
        return ""
    return parts.hostname or ""


def _is_loopback(name: str) -> bool:
    if name == "localhost" or name.endswith(".localhost"):
        return True
    return _is_address(name) and ipaddress.ip_address(name).is_loopback


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
