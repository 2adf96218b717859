"""Faults of the network: what no application can do by answering, done to the connection itself."""

from __future__ import annotations

import socket
import struct
from typing import TYPE_CHECKING, Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Mapping

_RESET_ON_CLOSE = struct.pack("ii", 1, 0)


class Connections:
    """The open connections of a server by the address of the client."""

    def __init__(self) -> None:
        self._open: dict[tuple[str, int], asyncio.Transport] = {}

    def protocol(self) -> type[HttpToolsProtocol]:
        """uvicorn's protocol, which tells these connections of every connection."""
        connections = self._open

        class Protocol(HttpToolsProtocol):
            def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
                super().connection_made(transport)
                if self.client is not None:
                    connections[self.client] = transport

            def connection_lost(self, exc: Exception | None) -> None:
                if self.client is not None:
                    connections.pop(self.client, None)
                super().connection_lost(exc)

        return Protocol

    def reset(self, scope: Mapping[str, Any]) -> None:
        """The client of this request is sent a reset."""
        transport = self._open.get(tuple(scope["client"] or ()))
        if transport is not None:
            transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_ON_CLOSE)
            transport.abort()

    def close(self, scope: Mapping[str, Any]) -> None:
        """The connection of this request ends, in the middle of whatever was being said."""
        transport = self._open.get(tuple(scope["client"] or ()))
        if transport is not None:
            transport.close()
