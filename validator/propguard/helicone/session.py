"""Calls carried to the platform over HTTP, and answers brought back: the only place that knows httpx."""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import re
import time
from typing import TYPE_CHECKING, NamedTuple, Self

import httpx

from propguard.errors import Unreachable, UsageError
from propguard.helicone.protocol import Answer
from propguard.model.text import excerpt, visible
from propguard.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import TracebackType

    from propguard.helicone.protocol import Call

Transport = httpx.BaseTransport
AsyncTransport = httpx.AsyncBaseTransport

DEFAULT_BASE_URL = "https://api.helicone.ai"

_LONGEST_ANSWER = 256 << 20  # a page of a thousand requests may hold bodies
_AT_ONCE = 8  # httpx slows down beyond it, and the platform takes 333 writes a second at most
_HOST = re.compile(rb"[A-Za-z0-9._-]+|[0-9A-Fa-f:.]+")
_LOCAL_HOSTS = frozenset({"localhost", "127.0.0.1", "::1"})
_LLM_HOSTS = ("oai.", "anthropic.", "gateway.", "ai-gateway.")  # where LLM calls go, which know no property API
_KEPT = httpx.Limits(max_connections=None, max_keepalive_connections=32)


class _Target(NamedTuple):
    """Where calls go and what they carry; the key is in `headers` and `secret` only, and never shown."""

    base_url: str
    headers: Mapping[str, str]
    secret: bytes
    timeout: float

    def __repr__(self) -> str:
        return f"_Target({self.base_url!r})"

    def request(self, client: httpx.Client | httpx.AsyncClient, call: Call) -> httpx.Request:
        content = None if call.body is None else json.dumps(call.body).encode()
        reading = max(self.timeout, call.seconds)
        timeout = httpx.Timeout(self.timeout, read=reading, pool=None)
        return client.build_request(
            call.method, self.base_url + call.path, headers=self.headers, content=content, timeout=timeout
        )

    def opened(self, client: httpx.Client | httpx.AsyncClient) -> None:
        if client.is_closed:
            raise UsageError(f"the connection to {self.base_url} was closed before; make a new one")

    def deadline(self, call: Call) -> float:
        """When an answer must be there as a whole; a server that sends byte by byte holds nobody for ever."""
        return time.monotonic() + 4 * max(self.timeout, call.seconds)

    def failure(self, error: Exception) -> Unreachable:
        kind = _FAILURES.get(type(error), "could not be reached")
        return Unreachable(f"{self.base_url} {kind}{self._detail(error)}")

    def _detail(self, error: Exception) -> str:
        text = str(error)
        return f" ({excerpt(visible(text), 200)})" if text and self.secret.decode() not in text else ""


_FAILURES: Mapping[type[Exception], str] = {
    httpx.ConnectTimeout: "did not accept a connection in time",
    httpx.ReadTimeout: "did not answer in time",
    httpx.WriteTimeout: "did not take the call in time",
    httpx.ReadError: "broke the connection off",
    httpx.WriteError: "broke the connection off",
    httpx.RemoteProtocolError: "broke the answer off, or sent no HTTP",
    httpx.DecodingError: "sent an answer that cannot be unpacked",
}


class _Reading:
    """An answer being read: its pieces, as long as they are neither too many nor too late."""

    def __init__(self, target: _Target, call: Call) -> None:
        self._target = target
        self._deadline = target.deadline(call)
        self._pieces: list[bytes] = []
        self._length = 0

    def take(self, piece: bytes) -> None:
        self._length += len(piece)
        if self._length > _LONGEST_ANSWER:
            raise Unreachable(f"{self._target.base_url} sent an answer longer than {_LONGEST_ANSWER >> 20} MB")
        if time.monotonic() > self._deadline:
            raise Unreachable(f"{self._target.base_url} sent its answer too slowly")
        self._pieces.append(piece)

    def answer(self, response: httpx.Response) -> Answer:
        body = b"".join(self._pieces)
        if self._target.secret in body:  # some servers send back what they were sent
            body = body.replace(self._target.secret, b"***")
        headers: dict[str, str] = {}
        for name, value in response.headers.raw:
            told, shown = name.decode("latin-1").lower(), value.replace(self._target.secret, b"***").decode("latin-1")
            headers[told] = f"{headers[told]}, {shown}" if told in headers else shown
        return Answer(response.status_code, headers, body)


class Session:
    """Carries calls to the platform; may be shared between threads.

    `api_key` and `base_url` default to HELICONE_API_KEY and HELICONE_BASE_URL. Redirects are not followed, so the key
    goes to no other host. Raises UsageError where no key is given, or the base URL is none to send a key to.
    """

    def __init__(
        self,
        api_key: str | None = None,
        base_url: str | None = None,
        *,
        timeout: float = 10.0,
        insecure: bool = False,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self._target = _target(api_key, base_url, timeout, insecure=insecure)
        self._client = httpx.Client(transport=transport, follow_redirects=False, limits=_KEPT)

    def __repr__(self) -> str:
        return f"Session({self._target.base_url!r})"

    @property
    def base_url(self) -> str:
        return self._target.base_url

    @property
    def account(self) -> str:
        """A name for whose calls these are, from which nobody can tell the API key."""
        told = self._target.base_url.encode() + b" " + self._target.secret
        return hashlib.blake2b(told, digest_size=10, person=b"propguard").hexdigest()

    def send(self, call: Call) -> Answer:
        """The answer to `call`, whatever its status. Raises Unreachable where there is none, or only a part."""
        self._target.opened(self._client)
        reading = _Reading(self._target, call)
        try:
            request = self._target.request(self._client, call)
            response = self._client.send(request, stream=True)
            try:
                for piece in response.iter_bytes():
                    reading.take(piece)
            finally:
                response.close()
        except (httpx.HTTPError, httpx.StreamError, httpx.InvalidURL) as error:
            raise self._target.failure(error) from None
        return reading.answer(response)

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class AsyncSession:
    """As `Session`, for asyncio: at most `concurrency` calls are under way at once, further ones wait their turn."""

    def __init__(
        self,
        api_key: str | None = None,
        base_url: str | None = None,
        *,
        timeout: float = 10.0,
        insecure: bool = False,
        concurrency: int = _AT_ONCE,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self._target = _target(api_key, base_url, timeout, insecure=insecure)
        self._client = httpx.AsyncClient(transport=transport, follow_redirects=False, limits=_KEPT)
        self._places = asyncio.Semaphore(concurrency)

    def __repr__(self) -> str:
        return f"AsyncSession({self._target.base_url!r})"

    @property
    def base_url(self) -> str:
        return self._target.base_url

    async def send(self, call: Call) -> Answer:
        """As `Session.send`."""
        async with self._places:
            self._target.opened(self._client)
            reading = _Reading(self._target, call)
            try:
                request = self._target.request(self._client, call)
                response = await self._client.send(request, stream=True)
                try:
                    async for piece in response.aiter_bytes():
                        reading.take(piece)
                finally:
                    await response.aclose()
            except (httpx.HTTPError, httpx.StreamError, httpx.InvalidURL) as error:
                raise self._target.failure(error) from None
            return reading.answer(response)

    async def close(self) -> None:
        """Close the connections."""
        await self._client.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()


def _target(api_key: str | None, base_url: str | None, timeout: float, *, insecure: bool) -> _Target:
    key = (api_key or os.environ.get("HELICONE_API_KEY") or "").strip()
    if not key:
        raise UsageError("there is no API key; set HELICONE_API_KEY, or give api_key")
    if not key.isascii() or not key.isprintable() or " " in key:
        raise UsageError("the API key holds characters that no header can carry; is it copied whole, and nothing else?")
    if not timeout > 0:
        raise UsageError(f"a timeout of {timeout} seconds leaves no time for an answer")
    headers = {
        "Authorization": f"Bearer {key}",
        "Content-Type": "application/json",
        "User-Agent": f"propguard/{VERSION}",
    }
    told = (base_url or os.environ.get("HELICONE_BASE_URL") or DEFAULT_BASE_URL).strip()
    return _Target(_checked(told, insecure=insecure), headers, key.encode(), timeout)


def _checked(told: str, *, insecure: bool) -> str:
    """The base URL without a slash at its end, nor the `/v1` that every path begins with."""
    try:
        url = httpx.URL(told)
    except (httpx.InvalidURL, TypeError, ValueError):
        raise UsageError(f"`{excerpt(visible(told))}` is no URL; write for example {DEFAULT_BASE_URL}") from None
    if url.userinfo or url.query or url.fragment:
        raise UsageError("the base URL must hold neither a user name and password, nor `?` or `#`")
    if url.scheme not in {"http", "https"} or not _HOST.fullmatch(url.raw_host):
        raise UsageError(f"`{excerpt(visible(told))}` is no URL of a server; write for example {DEFAULT_BASE_URL}")
    local = url.host in _LOCAL_HOSTS or url.host.endswith(".localhost")
    if url.scheme == "http" and not local and not insecure:
        raise UsageError(
            f"{url.host} would get the API key unencrypted; use https, or allow it with insecure=True (--insecure)"
        )
    if url.host.endswith(".helicone.ai") and url.host.startswith(_LLM_HOSTS):
        raise UsageError(
            f"{url.host} is where LLM calls go; the property API is at {DEFAULT_BASE_URL} or https://eu.api.helicone.ai"
        )
    return str(url).rstrip("/").removesuffix("/v1")
