"""Who may call the platform, and how often: asked before anything else is done."""

from __future__ import annotations

import math
import time
from typing import TYPE_CHECKING

from propguard.sandbox.bodies import answer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.responses import Response
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from propguard.sandbox.settings import Settings

_MODEL_PATHS = ("/v1/chat/completions", "/v1/messages")
"""Calls of LLMs carry the key of the platform in a header of its own, and do not count against its limit."""


class Access:
    """Passes calls on to `application` that come with a key that may make them, and not too often."""

    def __init__(self, application: ASGIApp, settings: Settings) -> None:
        self._application = application
        self._settings = settings
        self._limit = None if settings.rate_limit is None else _Limit(settings.rate_limit, settings.rate_window)

    def forget(self) -> None:
        """Nobody has called yet."""
        if self._limit is not None:
            self._limit.forget()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].startswith("/v1/"):
            await self._application(scope, receive, send)
            return
        is_of_model = scope["path"] in _MODEL_PATHS
        refusal = self._refusal(dict(scope["headers"]), scope["method"], is_of_model=is_of_model)
        if refusal is not None:
            await refusal(scope, receive, send)
        elif self._limit is None or is_of_model:
            await self._application(scope, receive, send)
        elif self._limit.admits():
            await self._application(scope, receive, _with_headers(send, self._limit.headers()))
        else:
            too_many = {"error": "Too many requests, please try again later."}
            headers = self._limit.headers()
            headers["Retry-After"] = headers["RateLimit-Reset"]
            await answer(429, too_many, headers)(scope, receive, send)

    def _refusal(self, headers: Mapping[bytes, bytes], method: str, *, is_of_model: bool) -> Response | None:
        """The answer to whoever may not make this call."""
        given = headers.get(b"authorization")
        if is_of_model:
            given = headers.get(b"helicone-auth") or given or b"Bearer " + headers.get(b"x-api-key", b"")
        if given is None:
            return _unauthorised("no API key")
        scheme, _, key = given.decode("latin-1").partition(" ")
        if scheme.lower() != "bearer":
            return answer_text(400, "Invalid token.")
        key, settings = key.strip(), self._settings
        if settings.read_only_key is not None and key == settings.read_only_key:
            return _unauthorised("this API key may only read") if method == "POST" else None
        if not key or settings.api_key not in (None, key):
            return _unauthorised("Invalid API key")
        return None


def _unauthorised(message: str) -> Response:
    return answer(401, {"error": message, "trace": "isAuthenticated.error"})


def answer_text(status: int, text: str) -> Response:
    from starlette.responses import PlainTextResponse

    return PlainTextResponse(text, status)


class _Limit:
    """`most` calls in `window` seconds, counted from the first one."""

    def __init__(self, most: int, window: float) -> None:
        self._most, self._window = most, window
        self.forget()

    def forget(self) -> None:
        self._used, self._ends = 0, 0.0

    def admits(self) -> bool:
        """Counts a call; whether it is within the limit."""
        now = time.monotonic()
        if now >= self._ends:
            self._used, self._ends = 0, now + self._window
        self._used += 1
        return self._used <= self._most

    def headers(self) -> dict[str, str]:
        """What every answer says of the limit; seconds are whole. Source: IETF draft-6, as express-rate-limit sends it."""
        return {
            "RateLimit-Policy": f"{self._most};w={math.ceil(self._window)}",
            "RateLimit-Limit": str(self._most),
            "RateLimit-Remaining": str(max(0, self._most - self._used)),
            "RateLimit-Reset": str(max(0, math.ceil(self._ends - time.monotonic()))),
        }


def _with_headers(send: Send, headers: Mapping[str, str]) -> Send:
    added = [(name.lower().encode(), value.encode()) for name, value in headers.items()]

    async def with_headers(message: Message) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = [*message["headers"], *added]
        await send(message)

    return with_headers
