"""Faults on purpose, in front of everything that the platform answers."""

from __future__ import annotations

import asyncio
import random
from typing import TYPE_CHECKING

from propguard.sandbox.settings import SHARES

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from propguard.sandbox.settings import Faults
    from propguard.sandbox.transport import Connections

STATUSES = (500, 502, 503, 504)
PIECE = 16
PAUSE = 0.02


class Faulty:
    """Passes calls on to `application`, unless a fault hits them; calls below /sandbox never."""

    def __init__(self, application: ASGIApp, faults: Faults, connections: Connections) -> None:
        self._application = application
        self._connections = connections
        self.set(faults)

    def set(self, faults: Faults) -> None:
        """From now on these are the faults, drawn from the beginning."""
        self.faults = faults
        self._random = random.Random(faults.seed)  # noqa: S311  # dice, no secrets

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"].startswith("/sandbox") or not self._is_any():
            await self._application(scope, receive, send)
            return
        fault, is_done = self._draw(), self._random.random() < 0.5
        if self.faults.latency:
            await asyncio.sleep(self.faults.latency)
        if fault is None:
            await self._application(scope, receive, send)
        elif fault == "slow":
            await self._application(scope, receive, _slowly(send))
        elif fault == "truncated":
            await self._application(scope, receive, _Truncating(send, scope, self._connections))
        else:
            if is_done:
                await self._application(scope, receive, _into_nothing)
            await self._fail(fault, scope, send)

    def _is_any(self) -> bool:
        return bool(self.faults.latency) or any(getattr(self.faults, name) for name in SHARES)

    def _draw(self) -> str | None:
        drawn = self._random.random()
        for name in SHARES:
            drawn -= getattr(self.faults, name)
            if drawn < 0:
                return name
        return None

    async def _fail(self, fault: str, scope: Scope, send: Send) -> None:
        if fault == "resets":
            self._connections.reset(scope)
            await asyncio.sleep(0)  # until the server knows, or it would answer for the application that did not
        elif fault == "rate_limited":
            await _answer(
                send, 429, b'{"error":"Too many requests, please try again later."}', ((b"retry-after", b"1"),)
            )
        elif fault == "errors":
            status = self._random.choice(STATUSES)
            await _answer(send, status, b'{"data":null,"error":"a fault on purpose"}')
        else:
            await asyncio.sleep(self.faults.hang)
            await _answer(send, 504, b'{"data":null,"error":"a timeout on purpose"}')


async def _answer(send: Send, status: int, body: bytes, headers: tuple[tuple[bytes, bytes], ...] = ()) -> None:
    fixed = ((b"content-type", b"application/json"), (b"content-length", str(len(body)).encode()))
    await send({"type": "http.response.start", "status": status, "headers": [*fixed, *headers]})
    await send({"type": "http.response.body", "body": body})


async def _into_nothing(_: Message) -> None:
    """What is answered reaches nobody."""


def _slowly(send: Send) -> Send:
    async def slowly(message: Message) -> None:
        body: bytes = message.get("body", b"")
        if message["type"] != "http.response.body" or len(body) <= PIECE:
            await send(message)
            return
        for start in range(0, len(body), PIECE):
            await asyncio.sleep(PAUSE)
            is_last = start + PIECE >= len(body)
            more = message.get("more_body", False) or not is_last
            await send({"type": "http.response.body", "body": body[start : start + PIECE], "more_body": more})

    return slowly


class _Truncating:
    """Sends the first half of the first piece of a body, then closes the connection."""

    def __init__(self, send: Send, scope: Scope, connections: Connections) -> None:
        self._send, self._scope, self._connections = send, scope, connections
        self._is_over = False

    async def __call__(self, message: Message) -> None:
        if self._is_over:
            return
        body: bytes = message.get("body", b"")
        if message["type"] != "http.response.body" or not body:
            await self._send(message)
            return
        self._is_over = True
        await self._send({"type": "http.response.body", "body": body[: len(body) // 2], "more_body": True})
        self._connections.close(self._scope)
        await asyncio.sleep(0)  # until the server knows, or it would complain
