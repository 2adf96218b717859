"""The sandbox as one ASGI application: doors, access, faults."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.routing import Route

from propguard.errors import UsageError
from propguard.sandbox.access import Access
from propguard.sandbox.api import Api
from propguard.sandbox.bodies import Unreadable, answer
from propguard.sandbox.control import Control
from propguard.sandbox.faulty import Faulty
from propguard.sandbox.hosts import Hosts
from propguard.sandbox.models import Models
from propguard.sandbox.storage import NotStored, QueryFailed

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.types import ASGIApp

    from propguard.sandbox.judging import Judge
    from propguard.sandbox.platform import Platform
    from propguard.sandbox.settings import Settings
    from propguard.sandbox.transport import Connections


def application(platform: Platform, judge: Judge | None, settings: Settings, connections: Connections) -> ASGIApp:
    """What answers everything that a client of the platform asks, and what tests ask of the sandbox."""
    api, models = Api(platform, judge, settings), Models(platform, judge, settings)
    routes = Starlette(
        routes=[
            Route("/v1/request/{request_id}/property", api.write_property, methods=["PUT"]),
            Route("/v1/request/query-clickhouse", api.query, methods=["POST"]),
            Route("/v1/request/query", api.query_older, methods=["POST"]),
            Route("/v1/request/{request_id}", api.request, methods=["GET"]),
            Route("/v1/helicone-sql/execute", api.sql, methods=["POST"]),
            Route("/v1/property/query", api.keys, methods=["POST"]),
            Route("/v1/property/hide", api.hide, methods=["POST"]),
            Route("/v1/property/restore", api.restore, methods=["POST"]),
            Route("/v1/property/{key:path}/search", api.values, methods=["POST"]),
            Route("/v1/chat/completions", models.openai, methods=["POST"]),
            Route("/v1/messages", models.anthropic, methods=["POST"]),
        ],
        exception_handlers=_HANDLERS,
    )
    access = Access(routes, settings)
    faulty = Faulty(access, settings.faults, connections)
    control = Control(platform, judge, faulty, access)
    routes.router.routes += [
        Route("/sandbox/requests", control.seed, methods=["POST"]),
        Route("/sandbox/requests", control.requests, methods=["GET"]),
        Route("/sandbox/faults", control.set_faults, methods=["POST"]),
        Route("/sandbox/faults", control.faults, methods=["GET"]),
        Route("/sandbox/report", control.report, methods=["GET"]),
        Route("/sandbox/reset", control.reset, methods=["POST"]),
    ]
    return Hosts(faulty, settings.host)


async def _unreadable(_: Request, error: Exception) -> Response:
    assert isinstance(error, Unreadable)
    return answer(error.status, {"error": str(error)})


async def _misused(_: Request, error: Exception) -> Response:
    return answer(422, {"error": str(error)})


async def _failed(_: Request, error: Exception) -> Response:
    return answer(500, {"data": None, "error": str(error)})


_HANDLERS = {Unreadable: _unreadable, UsageError: _misused, QueryFailed: _failed, NotStored: _failed}
