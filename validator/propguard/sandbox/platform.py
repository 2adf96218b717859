"""The platform without HTTP: what it does with what it is asked, traps included."""

from __future__ import annotations

import asyncio
import heapq
import re
import time
import uuid
from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import TYPE_CHECKING, Any, TypeVar

from propguard.sandbox.storage import TABLE, Storage, literal
from propguard.sandbox.versions import Versions

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from concurrent.futures import Future

Result = TypeVar("Result")

MOST_VALUES = 25
MOST_ROWS_OF_SQL = 100
SECONDS_OF_SQL = 30
MOST_CACHED = 1_000
_BEFORE = timedelta(minutes=1)
_UUID = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)

# As the platform names the columns of a request. Source: Helicone/helicone at 67df07b8, getRequestsClickhouse.
_SHOWN = """
    response_id, response_created_at, toInt32(status) AS response_status, request_id, request_created_at,
    user_id AS request_user_id, properties AS request_properties, provider, toInt32(latency) AS delay_ms,
    model AS request_model, time_to_first_token, (prompt_tokens + completion_tokens) AS total_tokens,
    prompt_tokens, completion_tokens, country_code, scores, properties, target_url, request_referrer, cost,
    prompt_id, prompt_version, updated_at
"""
_ORDER = {"asc": "ORDER BY request_created_at ASC", "desc": "ORDER BY request_created_at DESC"}


class Platform:
    """One organisation on a platform whose files are in `folder`.

    Everything but `close` is called from one event loop; what asks the database is awaited.
    """

    def __init__(self, folder: str, ingestion_delay: float) -> None:
        self._storage = Storage(folder)
        self._versions = Versions(folder)
        self._database = ThreadPoolExecutor(1, "database")  # chDB is slow beside a write, and not for two at a time
        self._delay = ingestion_delay
        self._arriving: list[tuple[float, int, dict[str, Any]]] = []
        self._number = count()
        self._cached: OrderedDict[str, dict[str, Any]] = OrderedDict()
        self._hidden: set[str] = set()
        self._handing_over: list[Future[None]] = []
        self.organization_id = str(uuid.uuid4())

    def forget(self) -> None:
        """A new organisation begins, without requests. What was stored stays where nobody can ask for it."""
        self._hand_over_in_background()
        self._versions.forget()
        self._arriving.clear()
        self._cached.clear()
        self._hidden.clear()
        self.organization_id = str(uuid.uuid4())

    def close(self) -> None:
        self._database.shutdown()
        self._storage.close()
        self._versions.close()

    # Writing

    def write_property(self, request_id: str, key: str, value: str) -> bool:
        """A new version of the request has the property; false where there is no such request, or not yet."""
        self._settle()
        if not _UUID.fullmatch(request_id):
            return False
        written = self._versions.merge(request_id.lower(), key, value, int(time.time()))
        self._hand_over_full_batch()
        return written

    def ingest(self, request: Mapping[str, Any]) -> None:
        """A request that is made now is stored, after the ingestion delay."""
        row = self._row(request, datetime.now(UTC))
        if self._delay > 0:
            heapq.heappush(self._arriving, (time.time() + self._delay, next(self._number), row))
        else:
            self._versions.add(row)
            self._hand_over_full_batch()

    def seed(self, request: Mapping[str, Any], created_at: datetime | None) -> str:
        """A request is stored as if it had been made at `created_at`, or a minute ago; its id."""
        row = self._row(request, created_at or datetime.now(UTC) - _BEFORE)
        self._versions.add(row)
        self._hand_over_full_batch()
        return str(row["request_id"])

    def _row(self, request: Mapping[str, Any], created_at: datetime) -> dict[str, Any]:
        return {
            "response_id": None,
            "response_created_at": clickhouse_time(created_at),
            "latency": 0,
            "status": 200,
            "model": "",
            "user_id": "",
            "provider": "OPENAI",
            "country_code": "ZZ",
            "scores": {},
            "cost": 0,
            "properties": {},
            "prompt_id": "",
            "prompt_version": "",
            "request_referrer": "",
            "request_id": str(uuid.uuid4()),
            "updated_at": int(created_at.timestamp()),
            "request_created_at": clickhouse_time(created_at),
            **request,
            "organization_id": self.organization_id,
        }

    def _settle(self) -> None:
        """What has been ingested long enough ago is stored."""
        now = time.time()
        while self._arriving and self._arriving[0][0] <= now:
            _, _, row = heapq.heappop(self._arriving)
            self._versions.add({**row, "updated_at": int(now)})

    # Reading

    async def requests(self, condition: str, *, offset: float, limit: float, order: str | None) -> list[dict[str, Any]]:
        """The rows of requests that meet a condition in SQL; versions are not merged. Raises QueryFailed."""
        return await self._ask(
            lambda storage: storage.select(
                f"SELECT {_SHOWN} FROM {TABLE} WHERE organization_id = toUUID('{self.organization_id}') AND ({condition})"
                f" AND request_created_at <= now() + INTERVAL 5 MINUTE {_ORDER.get(order or '', '')} LIMIT {limit} OFFSET {offset}"
            )
        )

    async def request(self, request_id: str) -> dict[str, Any] | None:
        """One request as it was when it was first asked for, however it has changed since; null where there is none."""
        if not _UUID.fullmatch(request_id):
            return None
        request_id = request_id.lower()
        if request_id not in self._cached:
            rows = await self.requests(f"request_id = toUUID('{request_id}')", offset=0, limit=1, order=None)
            if not rows:
                return None
            self._cached[request_id] = rows[0]
            if len(self._cached) > MOST_CACHED:
                self._cached.popitem(last=False)
        return self._cached[request_id]

    async def sql(self, sql: str) -> list[dict[str, Any]]:
        """The rows of somebody's query. Raises QueryFailed."""
        organization_id = self.organization_id
        return await self._ask(
            lambda storage: storage.select_of_others(
                sql, organization_id, most_rows=MOST_ROWS_OF_SQL, seconds=SECONDS_OF_SQL
            )
        )

    async def keys(self) -> list[str]:
        """Every property key there has ever been, without the hidden ones."""
        rows = await self._ask(
            lambda storage: storage.select(
                f"SELECT DISTINCT arrayJoin(mapKeys(properties)) AS key FROM {TABLE} "
                f"WHERE organization_id = toUUID('{self.organization_id}') ORDER BY key"
            )
        )
        return [row["key"] for row in rows if row["key"] not in self._hidden]

    async def values(self, key: str, term: str) -> list[str]:
        """Some values of a property that contain `term`."""
        at_key = f"properties[{literal(key)}]"
        rows = await self._ask(
            lambda storage: storage.select(
                f"SELECT DISTINCT {at_key} AS value FROM {TABLE} WHERE organization_id = toUUID('{self.organization_id}') "
                f"AND mapContains(properties, {literal(key)}) AND positionCaseInsensitive({at_key}, {literal(term)}) > 0 "
                f"ORDER BY value LIMIT {MOST_VALUES}"
            )
        )
        return [row["value"] for row in rows]

    def hide(self, key: str) -> None:
        self._hidden.add(key)

    def restore(self, key: str) -> None:
        self._hidden.discard(key)

    async def truth(self, after: str, most: int) -> list[dict[str, Any]]:
        """The latest version of up to `most` requests whose id comes after `after`, in the order of their ids."""
        beyond = f"AND toString(request_id) > '{after.lower()}'" if _UUID.fullmatch(after) else ""
        return await self._ask(
            lambda storage: storage.select(
                "SELECT request_id, request_created_at AS created_at, properties, model, provider, status, user_id, updated_at "
                f"FROM {TABLE} FINAL WHERE organization_id = toUUID('{self.organization_id}') {beyond} ORDER BY toString(request_id) LIMIT {most}"
            )
        )

    async def _ask(self, question: Callable[[Storage], Result]) -> Result:
        """The database's answer, once it has everything that was written before. Raises NotStored where it has not."""
        self._settle()
        waiting = self._versions.take_waiting()

        handed_over, self._handing_over = self._handing_over, []

        def answer() -> Result:
            for batch in handed_over:
                batch.result()
            self._storage.insert(waiting)
            return question(self._storage)

        return await asyncio.get_running_loop().run_in_executor(self._database, answer)

    def _hand_over_full_batch(self) -> None:
        if self._versions.is_batch_full():
            self._hand_over_in_background()

    def _hand_over_in_background(self) -> None:
        """The database gets what waits; whatever is asked of it later is answered after that."""
        self._handing_over.append(self._database.submit(self._storage.insert, self._versions.take_waiting()))


def clickhouse_time(moment: datetime) -> str:
    """A moment with a time zone, as ClickHouse writes it: in UTC, with milliseconds."""
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "milliseconds")
