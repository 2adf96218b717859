"""Calls carried to the platform over HTTP, and answers brought back: the only place that knows httpx."""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import re
import zlib
from typing import TYPE_CHECKING, NamedTuple, Self, cast

import httpx

from propguard.errors import Unreachable, UsageError
from propguard.helicone.deadline import bound, end_after
from propguard.helicone.protocol import Answer
from propguard.model.hosts import is_local
from propguard.model.text import excerpt, visible
from propguard.rules.credentials import Credentials
from propguard.version import VERSION

if TYPE_CHECKING:
    from collections.abc import AsyncIterable, Iterable, Mapping
    from types import TracebackType

    from propguard.helicone.protocol import Call

Transport = httpx.BaseTransport
AsyncTransport = httpx.AsyncBaseTransport

DEFAULT_BASE_URL = "https://api.helicone.ai"

_AT_ONCE = 8  # httpx slows down beyond it, and the platform takes 333 writes a second at most
_HOST = re.compile(rb"[A-Za-z0-9._-]+|[0-9A-Fa-f:.]+")
_PASSWORD = re.compile(r"((?:[A-Za-z][A-Za-z0-9+.-]*:(?=/))?/*).*@", re.DOTALL)
_GZIP = zlib.MAX_WBITS + 16
_SHORTEST_SECRET = 8
"""Characters of a key that nothing else holds by chance; a shorter one, as sandboxes take it, may be a word of the data."""

_LLM_HOSTS = ("oai.", "anthropic.", "gateway.", "ai-gateway.")  # where LLM calls go, which know no property API
_KEPT = httpx.Limits(max_connections=None, max_keepalive_connections=32)


class _Target(NamedTuple):
    """Where calls go and what they carry; the key is in `headers` and `credentials` only, and never shown."""

    base_url: str
    shown: str
    headers: Mapping[str, str]
    credentials: Credentials
    is_masked_in_data: bool
    is_local: bool
    timeout: float

    def __repr__(self) -> str:
        return f"_Target({self.shown!r})"

    def request(self, client: httpx.Client | httpx.AsyncClient, call: Call) -> httpx.Request:
        content = None if call.body is None else json.dumps(call.body).encode()
        timeout = httpx.Timeout(self.timeout, read=self._seconds(call), pool=None)
        return client.build_request(
            call.method, self.base_url + call.path, headers=self.headers, content=content, timeout=timeout
        )

    def opened(self, client: httpx.Client | httpx.AsyncClient) -> None:
        if client.is_closed:
            raise UsageError(f"the connection to {self.shown} was closed before; make a new one")

    def _seconds(self, call: Call) -> float:
        return max(self.timeout, call.seconds)

    def seconds_to_headers(self, call: Call) -> float:
        """Until the answer must have begun, however busily its headers are being sent."""
        return 2 * self._seconds(call)

    def seconds_to_end(self, call: Call) -> float:
        """From then on, until it must be there as a whole: a large page over a slow line takes long."""
        return 2 * self._seconds(call)

    def failure(self, error: Exception) -> Unreachable:
        kind = _FAILURES.get(type(error), "could not be reached")
        text = self.credentials.masked(str(error))
        detail = f" ({excerpt(visible(text), 200)})" if text else ""
        return Unreachable(f"{self.shown} {kind}{detail}")


_FAILURES: Mapping[type[Exception], str] = {
    httpx.ConnectTimeout: "did not accept a connection in time",
    httpx.ReadTimeout: "did not answer in time",
    httpx.WriteTimeout: "did not take the call in time",
    httpx.ReadError: "broke the connection off",
    httpx.WriteError: "broke the connection off",
    httpx.RemoteProtocolError: "broke the answer off, or sent no HTTP",
    TimeoutError: "did not answer in time",
}
_RAISED = (httpx.HTTPError, httpx.StreamError, httpx.InvalidURL, TimeoutError)


class _Reading:
    """An answer being read: what was received, unpacked, as long as it is not too much."""

    def __init__(self, target: _Target, call: Call, response: httpx.Response) -> None:
        self._target = target
        self._response = response
        self._most = call.longest_answer
        self._packed_length = 0
        self._received = bytearray()
        encoding = response.headers.get("content-encoding", "").strip().lower()
        if encoding not in {"", "identity", "gzip"}:
            raise Unreachable(f"{target.shown} sent an answer packed otherwise than it was asked for")
        self._unpacking = zlib.decompressobj(_GZIP) if encoding == "gzip" else None

    def take(self, piece: bytes) -> None:
        """Add what came next. Raises Unreachable where it is too much or cannot be unpacked."""
        self._packed_length += len(piece)
        if self._unpacking is None:
            self._received += piece
        elif piece:
            try:
                self._received += self._unpacking.decompress(piece, self._most + 1 - len(self._received))
            except zlib.error:
                raise Unreachable(f"{self._target.shown} sent an answer that cannot be unpacked") from None
        if max(len(self._received), self._packed_length) > self._most:
            raise Unreachable(f"{self._target.shown} sent an answer longer than {_size(self._most)}")

    def answer(self) -> Answer:
        """All of it, without credentials: some servers send back what they were sent."""
        if self._unpacking is not None and self._packed_length and not self._unpacking.eof:
            raise Unreachable(f"{self._target.shown} sent an answer that cannot be unpacked")
        masked = self._target.credentials.masked_bytes
        is_data = self._response.is_success and not self._target.is_masked_in_data
        headers: dict[str, str] = {}
        for name, value in self._response.headers.raw:
            told, shown = name.decode("latin-1").lower(), masked(value).decode("latin-1")
            headers[told] = f"{headers[told]}, {shown}" if told in headers else shown
        body = bytes(self._received)
        return Answer(self._response.status_code, headers, body if is_data else masked(body))


def _size(length: int) -> str:
    return f"{length >> 20} MB" if length >> 20 else f"{length >> 10} kB"


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
        direct = _direct(self._target)
        self._client = httpx.Client(transport=transport, mounts=direct, follow_redirects=False, limits=_KEPT)
        bound(self._client)

    def __repr__(self) -> str:
        return f"Session({self._target.shown!r})"

    @property
    def base_url(self) -> str:
        return self._target.base_url

    @property
    def account(self) -> str:
        """A name for whose calls these are, from which nobody can tell the API key."""
        told = f"{self._target.base_url} {self._target.headers['Authorization']}"
        return hashlib.blake2b(told.encode(), digest_size=10, person=b"propguard").hexdigest()

    @property
    def sealing_key(self) -> bytes:
        """What answers to these calls are sealed with on the disk: nobody gets it without the API key."""
        told = f"{self._target.base_url} {self._target.headers['Authorization']}"
        return hashlib.blake2b(told.encode(), digest_size=32, person=b"propguard-seal").digest()

    def send(self, call: Call) -> Answer:
        """The answer to `call`, whatever its status. Raises Unreachable where there is none, or only a part."""
        self._target.opened(self._client)
        end_after(self._target.seconds_to_headers(call))
        try:
            response = self._client.send(self._target.request(self._client, call), stream=True)
            try:
                reading = _Reading(self._target, call, response)
                end_after(self._target.seconds_to_end(call))
                for piece in _received(response):
                    reading.take(piece)
            finally:
                response.close()
        except _RAISED as error:
            raise self._target.failure(error) from None
        return reading.answer()

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
        direct = _direct(self._target)
        self._client = httpx.AsyncClient(transport=transport, mounts=direct, follow_redirects=False, limits=_KEPT)
        self._places = asyncio.Semaphore(concurrency)

    def __repr__(self) -> str:
        return f"AsyncSession({self._target.shown!r})"

    @property
    def base_url(self) -> str:
        return self._target.base_url

    async def send(self, call: Call) -> Answer:
        """As `Session.send`."""
        async with self._places:
            self._target.opened(self._client)
            try:
                async with asyncio.timeout(self._target.seconds_to_headers(call)) as limit:
                    response = await self._client.send(self._target.request(self._client, call), stream=True)
                    try:
                        reading = _Reading(self._target, call, response)
                        limit.reschedule(asyncio.get_running_loop().time() + self._target.seconds_to_end(call))
                        async for piece in _received_async(response):
                            reading.take(piece)
                    finally:
                        await response.aclose()
            except _RAISED as error:
                raise self._target.failure(error) from None
            return reading.answer()

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
        "Accept-Encoding": "gzip",
        "Authorization": f"Bearer {key}",
        "Content-Type": "application/json",
        "User-Agent": f"propguard/{VERSION}",
    }
    url = _checked((base_url or os.environ.get("HELICONE_BASE_URL") or DEFAULT_BASE_URL).strip(), insecure=insecure)
    credentials = Credentials(key)
    told = str(url).rstrip("/").removesuffix("/v1")
    return _Target(
        told,
        credentials.masked(told),
        headers,
        credentials,
        is_masked_in_data=len(key) >= _SHORTEST_SECRET,
        is_local=is_local(url.host),
        timeout=timeout,
    )


def _checked(told: str, *, insecure: bool) -> httpx.URL:
    """The base URL. Raises UsageError, without a password that is written into it."""
    try:
        url = httpx.URL(told)
    except (httpx.InvalidURL, TypeError, ValueError):
        raise UsageError(f"`{_without_password(told)}` is no URL; write for example {DEFAULT_BASE_URL}") from None
    if url.userinfo or url.query or url.fragment:
        raise UsageError("the base URL must hold neither a user name and password, nor `?` or `#`")
    if url.scheme not in {"http", "https"} or not _HOST.fullmatch(url.raw_host):
        raise UsageError(f"`{_without_password(told)}` is no URL of a server; write for example {DEFAULT_BASE_URL}")
    if url.scheme == "http" and not is_local(url.host) and not insecure:
        raise UsageError(
            f"{url.host} would get the API key unencrypted; use https, or allow it with insecure=True (--insecure)"
        )
    if url.host.endswith(".helicone.ai") and url.host.startswith(_LLM_HOSTS):
        raise UsageError(
            f"{url.host} is where LLM calls go; the property API is at {DEFAULT_BASE_URL} or https://eu.api.helicone.ai"
        )
    return url


def _without_password(told: str) -> str:
    return excerpt(visible(_PASSWORD.sub(r"\1***@", re.split("[?#]", told)[0], count=1)))


def _direct(target: _Target) -> Mapping[str, None] | None:
    """The hosts that are called without the proxies of the environment."""
    host = httpx.URL(target.base_url).host
    return {f"all://[{host}]" if ":" in host else f"all://{host}": None} if target.is_local else None


def _received(response: httpx.Response) -> Iterable[bytes]:
    """The body as it comes, packed or not: httpx would unpack any number of layers to any length."""
    return cast(httpx.SyncByteStream, response.stream)


def _received_async(response: httpx.Response) -> AsyncIterable[bytes]:
    return cast(httpx.AsyncByteStream, response.stream)
