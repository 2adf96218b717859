"""The sandbox's own doors below /sandbox: what no platform has, and tests need."""

from __future__ import annotations

import re
from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from propguard.sandbox.bodies import Unreadable, answer, parsed, read
from propguard.sandbox.settings import faults_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request
    from starlette.responses import Response

    from propguard.sandbox.access import Access
    from propguard.sandbox.faulty import Faulty
    from propguard.sandbox.judging import Judge
    from propguard.sandbox.platform import Platform

MOST_BYTES = 256 << 20
MOST_ROWS = 50_000

# By field of a seeded request: the type, and the column that it becomes.
_FIELDS: Mapping[str, tuple[type, str]] = {
    "request_id": (str, "request_id"),
    "created_at": (str, "created_at"),
    "properties": (dict, "properties"),
    "model": (str, "model"),
    "provider": (str, "provider"),
    "status": (int, "status"),
    "user_id": (str, "user_id"),
    "prompt_id": (str, "prompt_id"),
    "prompt_version": (str, "prompt_version"),
    "request_referrer": (str, "request_referrer"),
}


class Control:
    """Seeds, faults, the report, and what is really stored."""

    def __init__(self, platform: Platform, judge: Judge | None, faulty: Faulty, access: Access) -> None:
        self._platform = platform
        self._judge = judge
        self._faulty = faulty
        self._access = access

    async def seed(self, request: Request) -> Response:
        """POST /sandbox/requests: the requests of a JSON list are stored at once, as if made and ingested before."""
        document = parsed(await read(request, MOST_BYTES))
        if not isinstance(document, list):
            raise Unreadable(422, 'requests are a list of objects, for example [{"properties": {"app": "x"}}]')
        rows = [seeded(entry, number) for number, entry in enumerate(document, start=1)]
        return answer(201, {"request_ids": [self._platform.seed(row, created_at) for row, created_at in rows]})

    async def requests(self, request: Request) -> Response:
        """GET /sandbox/requests: every request once, in its latest version, in the order of ids, from `after`."""
        rows = await self._platform.truth(request.query_params.get("after", ""), MOST_ROWS)
        return answer(200, {"requests": rows, "after": rows[-1]["request_id"] if len(rows) == MOST_ROWS else None})

    async def set_faults(self, request: Request) -> Response:
        """POST /sandbox/faults: from now on these are the faults, and no others."""
        self._faulty.set(faults_of(parsed(await read(request))))
        return await self.faults(request)

    async def faults(self, _: Request) -> Response:
        """GET /sandbox/faults"""
        return answer(200, asdict(self._faulty.faults))

    async def report(self, _: Request) -> Response:
        """GET /sandbox/report"""
        if self._judge is None:
            return answer(
                404, {"error": "no property schema is known here; start the sandbox with one (--schema FILE)"}
            )
        return answer(200, self._judge.report())

    async def reset(self, _: Request) -> Response:
        """POST /sandbox/reset: no requests, no violations, no faults, and nobody has called yet."""
        self._platform.forget()
        self._access.forget()
        self._faulty.set(faults_of({}))
        if self._judge is not None:
            self._judge.forget()
        return answer(200, {"organization_id": self._platform.organization_id})


def seeded(entry: object, number: int) -> tuple[dict[str, Any], datetime | None]:
    """The columns of a request to be seeded, and when it was made. Raises Unreadable for what cannot be stored."""
    if not isinstance(entry, dict):
        raise Unreadable(422, f"request {number} is no object")
    row: dict[str, Any] = {}
    for name, value in entry.items():
        if name not in _FIELDS:
            raise Unreadable(422, f"request {number} has a field `{name}`; there are: {', '.join(_FIELDS)}")
        kind, column = _FIELDS[name]
        if not isinstance(value, kind) or isinstance(value, bool):
            raise Unreadable(422, f"`{name}` of request {number} is no {kind.__name__}")
        row[column] = value
    if not all(isinstance(value, str) for value in row.get("properties", {}).values()):
        raise Unreadable(422, f"a property of request {number} is no text")
    if not 0 <= row.get("status", 200) <= 999:
        raise Unreadable(422, f"the status of request {number} is none of HTTP")
    if "request_id" in row:
        row["request_id"] = _request_id(row["request_id"], number)
    created_at = row.pop("created_at", None)
    return row, None if created_at is None else _moment(created_at, number)


def _request_id(text: str, number: int) -> str:
    if not re.fullmatch("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}", text):
        raise Unreadable(422, f"the request_id of request {number} is no UUID")
    return text.lower()


def _moment(text: str, number: int) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise Unreadable(422, f"the created_at of request {number} is no time of ISO 8601") from None
    if not 1970 < moment.year < 2100:
        raise Unreadable(422, f"the created_at of request {number} is not between 1971 and 2099")
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
