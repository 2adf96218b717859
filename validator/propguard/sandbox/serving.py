"""A sandbox that answers, in this process, until it is told to stop."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import os
import signal
import socket
from typing import TYPE_CHECKING

import uvicorn

from propguard.errors import UsageError, system_reason
from propguard.sandbox.application import application
from propguard.sandbox.control import seeded
from propguard.sandbox.demo import requests
from propguard.sandbox.folder import private_folder
from propguard.sandbox.judging import Judge
from propguard.sandbox.platform import Platform
from propguard.sandbox.transport import Connections

if TYPE_CHECKING:
    from collections.abc import Callable

    from propguard.sandbox.settings import Settings


def serve(settings: Settings, ready: Callable[[str], None]) -> None:
    """Answers until the process is interrupted or terminated; `ready` is told the base URL once it does.

    Ends with KeyboardInterrupt, when everything that was stored is gone. Raises UsageError where the port is taken, and what loading the schema
    raises.
    """
    judge = _judge(settings.schema)
    signal.signal(
        signal.SIGTERM, signal.default_int_handler
    )  # else uvicorn, once done, lets it end the process at once
    with _listening(settings) as listening, private_folder() as folder:
        platform = Platform(folder, settings.ingestion_delay)
        try:
            if settings.demo:
                for number, request in enumerate(requests(), start=1):
                    platform.seed(*seeded(request, number))
            connections = Connections()
            config = uvicorn.Config(
                application(platform, judge, settings, connections),
                http=connections.protocol(),
                ws="none",
                lifespan="off",
                access_log=False,
                log_config=None,
                server_header=False,
                timeout_graceful_shutdown=1,
            )
            server = _Server(config, lambda: ready(_base_url(settings.host, listening)))
            asyncio.run(server.serve([listening]))
        finally:
            platform.close()


class _Server(uvicorn.Server):
    """Says when it answers, and leaves what an interruption means to whoever started it."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._ready()


def _judge(path: str | None) -> Judge | None:
    if path is None:
        return None
    from propguard.compilers import Checker
    from propguard.schemafile import load_schema, standard_schema_path

    return Judge(Checker(load_schema(path)), "standard" if path == standard_schema_path() else os.path.relpath(path))


def _listening(settings: Settings) -> contextlib.closing[socket.socket]:
    """A socket that listens where the settings say."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    # Told to be TCP, or asyncio leaves Nagle's algorithm on, which costs every answer 40 ms.
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((settings.host, settings.port))
        listening.listen(2048)
    except OSError as error:
        listening.close()
        if error.errno == errno.EADDRINUSE:
            raise UsageError(
                f"port {settings.port} of {settings.host} is taken; give another one with --port"
            ) from None
        raise UsageError(f"cannot listen on {settings.host}, port {settings.port}: {system_reason(error)}") from None
    return contextlib.closing(listening)


def _base_url(host: str, listening: socket.socket) -> str:
    port = listening.getsockname()[1]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
