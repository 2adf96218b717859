"""A small stand-in for the platform that remembers every write, and misbehaves where it is told to.

Standard library only, so that what is measured or killed against it is nothing else's doing. `Platform` runs in a thread of
the tests; `python -m tests.client.faulty_platform` serves without faults in a process of its own.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import random
import re
import threading
import time
from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple, Self

if TYPE_CHECKING:
    from collections.abc import Mapping

_LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)
_PUT = re.compile(r"/v1/request/([^/]+)/property")
_SILENCE = 2.0
_KEY = "Bearer sk-helicone-test"


class Write(NamedTuple):
    """One property as it reached the platform, and when."""

    request_id: str
    key: str
    value: str
    at: float


class Faults(NamedTuple):
    """The share of calls that go wrong in each way."""

    error: float = 0.0
    reset: float = 0.0
    reset_after: float = 0.0
    """The write is done, and the connection is reset instead of an answer."""
    silence: float = 0.0
    """Nothing is done and nothing is said, for longer than a test's client waits."""
    truncated: float = 0.0
    slow: float = 0.0
    too_many: float = 0.0


class Platform:
    """Serves on a port of its own while a `with` block runs."""

    def __init__(self, faults: Faults | None = None, *, seed: int = 0) -> None:
        self.faults = faults or Faults()
        self.writes: list[Write] = []
        self.stored: dict[str, dict[str, str]] = defaultdict(dict)
        self.unknown: set[str] = set()
        """Requests that are answered with "Request not found"."""
        self.refused: set[str] = set()
        """Values that are answered with 422."""
        self.loses: set[str] = set()
        """Requests of which the next write is acknowledged, and lost."""
        self.headers: dict[str, str] = {}
        """What is sent with every answer."""
        self.calls = 0
        self.most_at_once = 0
        self.stop_after: int | None = None
        """Calls after which every further one gets 401."""
        self._at_once = 0
        self._random = random.Random(seed)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._server: asyncio.Server | None = None

    @property
    def url(self) -> str:
        assert self._server is not None
        return f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    def __enter__(self) -> Self:
        self._thread.start()
        self._server = asyncio.run_coroutine_threadsafe(
            asyncio.start_server(self.serve, "127.0.0.1", 0), self._loop
        ).result()
        return self

    def __exit__(self, *_: object) -> None:
        asyncio.run_coroutine_threadsafe(self._stop(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _stop(self) -> None:
        assert self._server is not None
        self._server.close()
        tasks = asyncio.all_tasks() - {asyncio.current_task()}
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer the calls of one connection."""
        with contextlib.suppress(OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                length = _LENGTH.search(head)
                body = await reader.readexactly(int(length[1])) if length else b""
                method, path, _ = head.split(b"\r\n", 1)[0].decode().split(" ")
                self._at_once += 1
                self.most_at_once = max(self.most_at_once, self._at_once)
                try:
                    if not await self._answer(writer, method, path, head.decode(), body):
                        break
                finally:
                    self._at_once -= 1
        with contextlib.suppress(OSError):
            writer.transport.abort()

    async def _answer(self, writer: asyncio.StreamWriter, method: str, path: str, head: str, body: bytes) -> bool:
        """Whether the connection can be used again."""
        self.calls += 1
        fault = self._fault()
        if fault == "reset":
            return False
        if fault == "silence":
            await asyncio.sleep(_SILENCE)
            return False
        if fault == "error":
            return await self._send(writer, 500, {"data": None, "error": "ClickHouse failed"})
        if fault == "too_many":
            return await self._send(writer, 429, {"error": "Too many requests"}, {"Retry-After": "0.2"})
        status, document = self._do(method, path, head, json.loads(body or b"{}"))
        if fault == "reset_after":
            return False
        if fault == "truncated":
            return await self._send(writer, status, document, cut=True)
        return await self._send(writer, status, document, slow=fault == "slow")

    def _fault(self) -> str | None:
        throw = self._random.random()
        for name, share in self.faults._asdict().items():
            if throw < share:
                return str(name)
            throw -= share
        return None

    def _do(self, method: str, path: str, head: str, asked: Any) -> tuple[int, object]:
        if f"authorization: {_KEY}".lower() not in head.lower():
            return 401, {"error": "Invalid API key", "trace": ""}
        if self.stop_after is not None and self.calls > self.stop_after:
            return 401, {"error": "Invalid API key", "trace": ""}
        put = _PUT.fullmatch(path)
        if method == "PUT" and put:
            return self._put(put[1], asked)
        if path == "/v1/request/query-clickhouse":
            ids = list(ids_in(asked["filter"]))[asked["offset"] : asked["offset"] + asked["limit"]]
            return 201, {"data": [self._row(name) for name in ids if name in self.stored], "error": None}
        return 404, {"error": "no such path"}

    def _put(self, request_id: str, asked: Mapping[str, str]) -> tuple[int, object]:
        if request_id in self.unknown:
            return 500, {"data": None, "error": "Request not found"}
        if asked["value"] in self.refused:
            return 422, {"message": "Validation Failed", "details": {}}
        self.writes.append(Write(request_id, asked["key"], asked["value"], time.monotonic()))
        if request_id in self.loses:
            self.loses.discard(request_id)
            self.stored[request_id].update({})
        else:
            self.stored[request_id][asked["key"]] = asked["value"]
        return 201, {"data": None, "error": None}

    def _row(self, request_id: str) -> dict[str, object]:
        return {
            "request_id": request_id,
            "request_created_at": "2026-01-31 09:30:00.123",
            "updated_at": "2026-01-31 09:30:00",
            "properties": self.stored[request_id],
        }

    async def _send(
        self,
        writer: asyncio.StreamWriter,
        status: int,
        document: object,
        headers: Mapping[str, str] | None = None,
        *,
        cut: bool = False,
        slow: bool = False,
    ) -> bool:
        body = json.dumps(document).encode()
        lines = [f"HTTP/1.1 {status} X", f"Content-Length: {len(body)}", "Content-Type: application/json"]
        lines += [f"{name}: {value}" for name, value in {**self.headers, **(headers or {})}.items()]
        head = "\r\n".join(lines).encode() + b"\r\n\r\n"
        if cut:
            writer.write(head + body[: len(body) // 2])
            await writer.drain()
            return False
        if slow:
            writer.write(head)
            piece = max(1, len(body) // 50)
            for place in range(0, len(body), piece):
                writer.write(body[place : place + piece])
                await asyncio.sleep(0.002)
            return True
        writer.write(head + body)
        return True


def ids_in(node: Any) -> list[str]:
    """The request ids of a tree; bounds of time are met by every request."""
    if "left" in node:
        return [*ids_in(node["left"]), *ids_in(node["right"])]
    leaf = node["request_response_rmt"]
    return [leaf["request_id"]["equals"]] if "request_id" in leaf else []


async def _serve() -> None:
    server = await asyncio.start_server(Platform().serve, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)  # noqa: T201  # whoever started it reads the port
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(_serve())
