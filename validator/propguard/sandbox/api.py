"""The platform's own calls, each as it answers them."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from propguard.model.finding import Severity
from propguard.sandbox import queries
from propguard.sandbox.bodies import answer, read_json
from propguard.sandbox.filters import Failing, Invalid, condition
from propguard.sandbox.judging import described
from propguard.sandbox.rewriting import Rewriting
from propguard.sandbox.storage import QueryFailed
from propguard.sandbox.validation import faults_in, invalid

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request
    from starlette.responses import Response

    from propguard.sandbox.judging import Judge
    from propguard.sandbox.platform import Platform
    from propguard.sandbox.settings import Settings

_DONE = {"data": None, "error": None}
_NOTHING: Mapping[str, object] = {"data": [], "error": None}
_NOT_FOUND = {"data": None, "error": "Request not found"}

_OF_QUERY = {
    "offset": "number",
    "limit": "number",
    "sort": "object",
    "includeInputs": "boolean",
    "isScored": "boolean",
    "isCached": "boolean",
    "isPartOfExperiment": "boolean",
}


class Api:
    """The endpoints below /v1 of `platform`; `judge` null where no schema is known."""

    def __init__(self, platform: Platform, judge: Judge | None, settings: Settings) -> None:
        self._platform = platform
        self._judge = judge
        self._settings = settings
        self._rewriting = Rewriting(settings.sql_parser)

    async def write_property(self, request: Request) -> Response:
        """PUT /v1/request/{id}/property"""
        body = await read_json(request)
        details = faults_in(body, {"key": "string", "value": "string"})
        if details:
            return invalid(details)
        request_id, key, value = request.path_params["request_id"], body["key"], body["value"]
        if self._judge is not None:
            violations = self._judge.judge_property(request_id, key, value)
            errors = [violation for violation in violations if violation.severity is Severity.ERROR]
            if errors and self._settings.enforce:
                of_value = {f"requestBody.{_field(error.rule)}": {"message": error.message} for error in errors}
                return invalid(of_value, violations=described(errors))
        if not self._platform.write_property(request_id, key, value):
            return answer(500, _NOT_FOUND)
        return answer(201, _DONE)

    async def query(self, request: Request) -> Response:
        """POST /v1/request/query-clickhouse"""
        body = await read_json(request)
        details = faults_in(body, {"filter": "filter"}, _OF_QUERY)  # type: ignore[arg-type]  # the words are of Kind
        if details:
            return invalid(details)
        order = body.get("sort", {}).get("created_at")
        if order not in (None, "asc", "desc") or not set(body.get("sort", {})) <= {"created_at"}:
            return invalid({"requestBody.sort": {"message": "invalid sort", "value": body["sort"]}})
        limit, offset = body.get("limit", 10), body.get("offset", 0)
        if not 0 <= limit <= 1000:
            return answer(500, {"data": None, "error": "invalid limit"})
        try:
            where = condition(body["filter"])
            rows = await self._platform.requests(where, offset=offset, limit=limit, order=order)
        except Invalid as error:
            return invalid({"requestBody.filter": {"message": str(error)}})
        except (Failing, QueryFailed):  # what the platform makes of every failure of its database
            return answer(201, _NOTHING)
        return answer(201, {"data": rows, "error": None})

    async def query_older(self, request: Request) -> Response:
        """POST /v1/request/query reads tables that are not there any more."""
        body = await read_json(request)
        details = faults_in(body, {"filter": "filter"}, _OF_QUERY)  # type: ignore[arg-type]  # the words are of Kind
        return invalid(details) if details else answer(201, _NOTHING)

    async def request(self, request: Request) -> Response:
        """GET /v1/request/{id}"""
        try:
            row = await self._platform.request(request.path_params["request_id"])
        except QueryFailed as error:
            return answer(500, {"data": None, "error": str(error)})
        return answer(500, _NOT_FOUND) if row is None else answer(200, {"data": row, "error": None})

    async def sql(self, request: Request) -> Response:
        """POST /v1/helicone-sql/execute"""
        body = await read_json(request)
        details = faults_in(body, {"sql": "string"})
        if details:
            return invalid(details)
        if not self._settings.sql:
            message = "[FEATURE_NOT_ENABLED] Access to HQL feature is not enabled for your organization"
            return answer(403, {"data": None, "error": message})
        began = time.perf_counter()
        try:
            rows = await self._platform.sql(self._rewriting.rewritten(queries.admit(body["sql"])))
        except queries.Refused as error:
            return answer(400, {"data": None, "error": str(error)})
        except QueryFailed as error:
            return answer(500, {"data": None, "error": f"[EXECUTION_FAILED] Query execution failed: {error}"})
        elapsed = round((time.perf_counter() - began) * 1000)
        found: dict[str, Any] = {"rows": rows, "elapsedMilliseconds": elapsed, "size": 0, "rowCount": len(rows)}
        found["size"] = len(answer(200, rows).body)
        return answer(200, {"data": found, "error": None})

    async def keys(self, request: Request) -> Response:
        """POST /v1/property/query"""
        details = faults_in(await read_json(request), {})
        if details:
            return invalid(details)
        return answer(200, {"data": [{"property": key} for key in await self._platform.keys()], "error": None})

    async def values(self, request: Request) -> Response:
        """POST /v1/property/{key}/search"""
        body = await read_json(request)
        details = faults_in(body, {"searchTerm": "string"})
        if details:
            return invalid(details)
        values = await self._platform.values(request.path_params["key"], body["searchTerm"])
        return answer(200, {"data": values, "error": None})

    async def hide(self, request: Request) -> Response:
        """POST /v1/property/hide: the key is left out of the list; nothing is deleted."""
        body = await read_json(request)
        details = faults_in(body, {"key": "string"})
        if details:
            return invalid(details)
        self._platform.hide(body["key"])
        return answer(200, {"data": "ok", "error": None})

    async def restore(self, request: Request) -> Response:
        """POST /v1/property/restore: the key is listed again."""
        body = await read_json(request)
        details = faults_in(body, {"key": "string"})
        if details:
            return invalid(details)
        self._platform.restore(body["key"])
        return answer(200, {"data": "ok", "error": None})


def _field(rule: str) -> str:
    """Which field of the body a rule is about."""
    return "value" if rule.startswith("value-") or rule == "deprecated-value" else "key"
