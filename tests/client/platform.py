"""A platform in memory with the real one's traps, and a clock that nobody has to wait for."""

from __future__ import annotations

import asyncio
import heapq
import json
from datetime import UTC, datetime, timedelta
from threading import Lock
from typing import TYPE_CHECKING, Any, NamedTuple

import httpx

from propguard.helicone.flow import Clock
from tests.helicone import server

if TYPE_CHECKING:
    from collections.abc import Callable

NOW = datetime(2026, 6, 1, 12, 0, 0, tzinfo=UTC)
IDS = [f"00000000-0000-4000-8000-{number:012x}" for number in range(3000)]


class FakeClock(Clock):
    """Goes on when somebody sleeps, and not otherwise; sleepers of one loop sleep side by side."""

    def __init__(self) -> None:
        self.time = 0.0
        self.slept: list[float] = []
        self._lock = Lock()
        self._sleepers: list[tuple[float, int]] = []

    def monotonic(self) -> float:
        return self.time

    def now(self) -> datetime:
        return NOW + timedelta(seconds=self.time)

    def jitter(self) -> float:
        return 1.0

    def sleep(self, seconds: float) -> None:
        with self._lock:
            self.slept.append(seconds)
            self.time += seconds

    async def sleep_async(self, seconds: float) -> None:
        self.slept.append(seconds)
        entry = (self.time + seconds, len(self.slept))
        heapq.heappush(self._sleepers, entry)
        while True:
            for _ in range(40):  # whoever has something to do does it first
                await asyncio.sleep(0)
            if self._sleepers[0] == entry:
                heapq.heappop(self._sleepers)
                self.time = max(self.time, entry[0])
                return


class Put(NamedTuple):
    """One write as the platform saw it."""

    at: float
    request_id: str
    key: str
    value: str


class Platform:
    """Keeps versions of requests as the real one does: whole rows, ordered by whole seconds, where ties may go wrong."""

    def __init__(self, clock: FakeClock | None = None) -> None:
        self.clock = clock or FakeClock()
        self.versions: list[dict[str, Any]] = []
        self.puts: list[Put] = []
        self.queries: list[dict[str, Any]] = []
        self.faults: list[httpx.Response | Exception] = []
        """What the next calls get instead of an answer."""
        self.blind: Callable[[dict[str, Any]], bool] = lambda _: False
        """Which queries are answered as if there were nothing."""
        self.seconds = 0.0
        """How long a query takes."""
        self._lock = Lock()

    @property
    def transport(self) -> httpx.MockTransport:
        return httpx.MockTransport(self.answer)

    def store(self, request_id: str, created_at: datetime, **properties: str) -> None:
        """A request of that moment."""
        self._insert(request_id, created_at, properties, created_at)

    def stored(self, request_id: str) -> dict[str, str]:
        """The properties of the newest version; of those that tie, of the first."""
        return dict(self._newest(request_id)["properties"])

    def _insert(self, request_id: str, created_at: datetime, properties: dict[str, str], at: datetime) -> None:
        self.versions.append(
            {
                "request_id": request_id,
                "request_created_at": created_at.strftime("%Y-%m-%d %H:%M:%S.%f")[:-3],
                "properties": properties,
                "updated_at": at.strftime("%Y-%m-%d %H:%M:%S"),
                "request_model": "gpt-4o",
                "provider": "OPENAI",
                "response_status": 200,
                "request_body": "a secret of a user",
            }
        )

    def _newest(self, request_id: str) -> dict[str, Any]:
        found = [version for version in self.versions if version["request_id"] == request_id]
        return max(found, key=lambda version: str(version["updated_at"]))

    def answer(self, request: httpx.Request) -> httpx.Response:
        with self._lock:
            body = json.loads(request.read())
            path = request.url.path
            if request.method == "PUT":
                self.puts.append(Put(self.clock.monotonic(), path.split("/")[3], body["key"], body["value"]))
            elif path.endswith("/query-clickhouse"):
                self.queries.append(body)
            if self.faults:
                fault = self.faults.pop(0)
                if isinstance(fault, Exception):
                    raise fault
                return fault
            if request.method == "PUT":
                return self._put(path.split("/")[3], body)
            if path.endswith("/query-clickhouse"):
                return httpx.Response(201, json={"data": self._query(body), "error": None})
            if path == "/v1/property/query":
                keys = {key for version in self.versions for key in version["properties"]}
                return httpx.Response(201, json={"data": [{"property": key} for key in keys], "error": None})
            key = path.split("/")[3]
            values = {version["properties"][key] for version in self.versions if key in version["properties"]}
            return httpx.Response(201, json={"data": sorted(values)[:25], "error": None})

    def _put(self, request_id: str, body: dict[str, str]) -> httpx.Response:
        if not any(version["request_id"] == request_id for version in self.versions):
            return not_found()
        base = self._newest(request_id)
        properties = {**base["properties"], body["key"]: body["value"]}
        created_at = server.moment(base["request_created_at"])
        self._insert(request_id, created_at, properties, self.clock.now())
        return httpx.Response(201, json={"data": None, "error": None})

    def _query(self, body: dict[str, Any]) -> list[dict[str, Any]]:
        self.clock.time += self.seconds
        if self.blind(body):
            return []
        rows = [version for version in self.versions if server.fits(body["filter"], version)]
        rows.sort(key=lambda row: str(row["request_created_at"]), reverse=body["sort"]["created_at"] == "desc")
        return rows[body["offset"] :][: body["limit"]]


def not_found() -> httpx.Response:
    return httpx.Response(500, json={"data": None, "error": "Request not found"})
