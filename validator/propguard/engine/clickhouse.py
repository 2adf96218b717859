"""A ClickHouse server over HTTP: self-hosted Helicone, a cluster, a copy. The owner of clickhouse-connect.

Nothing is written, no setting outlives its query, and a query that nobody waits for any more is killed.
"""

from __future__ import annotations

import contextlib
import json
import logging
import math
import re
import threading
import uuid
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn, Self

from propguard.engine.address import address
from propguard.engine.bounded_http import BoundedConnections
from propguard.engine.broken_connection import broken, causes
from propguard.engine.clickhouse_settings import settable, wanted
from propguard.engine.columns import chosen, expressions, quoted, read_columns, readable, stored_rows
from propguard.engine.matching import matching
from propguard.engine.sealed import key_of
from propguard.engine.unread import UnreadRows, unread_requests
from propguard.engine.windows import Window
from propguard.errors import EngineFailed, PropguardError, TooMuchAsked, UsageError
from propguard.model.text import excerpt, visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from propguard.engine.address import Address
    from propguard.engine.columns import Expressions
    from propguard.helicone.filters import Filter

SECONDS = 600
"""What a query may take before its window is divided."""

_SHORTEST_GRACE, _LONGEST_GRACE = 5, 60
"""Seconds that an answer may take beyond what its query may."""

_SECONDS_TO_KILL = 0.5

_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_PLAIN_QUERY_SIZE = 262_144  # of a server that was told nothing else

_NOT_SUPPORTED_FINAL = 181
_TOO_MUCH = frozenset({158, 159, 160, 241, 307, 396})
"""Rows, time, speed, memory, bytes, and bytes of an answer. Source: ClickHouse, src/Common/ErrorCodes.cpp."""

_REFUSALS: Mapping[int, str] = {
    60: "{where} has no table `{table}`; name another with --table",
    81: "{where} has no database `{database}`",
    192: "{where} does not know the user {user}, or not this password",
    193: "{where} does not accept the password of the user {user}",
    194: "{where} wants a password of the user {user}",
    210: "{where} does not reach another server of its cluster",
    279: "{where} does not reach another server of its cluster",
    291: "{where} does not let the user {user} into the database `{database}`",
    497: "{where} does not let the user {user} read the table `{table}`",
    516: "{where} does not accept the user {user} with this password",
}
"""What an error of this number means for whoever asks. Source: as above."""


class _Refused(EngineFailed):
    """The server answered with an error of the number `code`."""

    def __init__(self, message: str, code: int) -> None:
        self.code = code
        super().__init__(message)


class _Server(NamedTuple):
    """A connected client, and within which bounds it is used: `seconds` is what an answer may take."""

    client: Any
    address: Address
    connections: BoundedConnections
    seconds: float

    def close(self) -> None:
        with contextlib.suppress(Exception):  # what cannot be closed is left to the end of the process
            self.client.close()
        self.connections.close()


class _Shared(NamedTuple):
    """What an engine and its windows have in common. `table` is SQL; `versions` says how a request is given once."""

    server: _Server
    settings: Mapping[str, object]
    address: Address
    columns: Mapping[str, str]
    read: Expressions
    versions: str
    organization: str | None


class ClickHouseEngine:
    """The table of requests at `clickhouse://user:password@host:8123/database?secure=true`.

    Its requests in `window` for which `where` holds. `organization` is the UUID of the only one whose requests are read, `table` another table than Helicone's, such as a
    Distributed one, `seconds` and `memory` (bytes) what a query may use, where the user may set that. Raises UsageError or
    EngineFailed, with one sentence that holds no password.
    """

    name = "clickhouse"

    def __init__(
        self,
        text: str,
        *,
        organization: str | None = None,
        table: str | None = None,
        window: Window = Window(),  # noqa: B008  # it cannot be changed
        where: Filter | None = None,
        columns: Mapping[str, str] | None = None,
        seconds: int = SECONDS,
        memory: int | None = None,
    ) -> None:
        if organization is not None and not _UUID.fullmatch(organization):
            raise UsageError(f"the organization `{excerpt(visible(organization))}` is no UUID")
        place = address(text, table)
        self.window = window
        self._where = where
        self._shared = _connected(place, wanted(seconds, memory), columns or {}, organization)

    @property
    def shown(self) -> str:
        """What to call the source: its address, without the password."""
        return self._shared.address.shown

    @property
    def sealing_key(self) -> bytes:
        """What answers of this server are sealed with on the disk."""
        return key_of(self._shared.address.shown, self._shared.address.password)

    @property
    def longest_statement(self) -> int:
        """Bytes of the longest statement that is taken; what a read-only user may not change is the server's own."""
        return int(str(self._shared.settings.get("max_query_size", _PLAIN_QUERY_SIZE)))

    @property
    def source(self) -> str:
        return matching(readable(_every(self._shared, self.window)), self._where)

    @property
    def everything(self) -> str:
        return readable(_every(self._shared, Window()))

    def within(self, window: Window) -> ClickHouseEngine:
        """The requests of `window`, over the same connection."""
        engine = object.__new__(ClickHouseEngine)
        engine.window, engine._where, engine._shared = window, self._where, self._shared
        return engine

    def query(self, sql: str) -> list[dict[str, object]]:
        """The rows of the answer. Raises EngineFailed; KeyboardInterrupt is raised after the query was killed."""
        return _rows(self._shared.server, sql, self._shared.settings)

    def rows(self, sql: str) -> Iterator[dict[str, object]]:
        """The same, read as they come."""
        yield from _stream(self._shared.server, sql, self._shared.settings)

    def view(self, select: str, _columns: str) -> str:
        """The SELECT itself, as who may only read can make no view."""
        return select

    def unread(self) -> UnreadRows:
        """The rows of the window whose properties cannot be read. Raises EngineFailed."""
        return unread_requests(self.query, _every(self._shared, self.window))

    def close(self) -> None:
        """Close the connection."""
        self._shared.server.close()

    def __repr__(self) -> str:
        return f"ClickHouseEngine({self.shown!r})"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _connected(
    where: Address, asked: Mapping[str, object], told: Mapping[str, str], organization: str | None
) -> _Shared:
    server = _server(where, int(str(asked["max_execution_time"])))
    try:
        settings = settable(server.client, asked)
        table = ".".join(quoted(part) for part in where.table.split(".", 1))
        met = {str(row["name"]): str(row["type"]) for row in _rows(server, f"DESCRIBE TABLE {table}", settings)}
        columns = chosen(met, told, f"{where.shown}, table {visible(where.table)},")
        _choosable(where, met, organization)
        read = read_columns(columns, met)
        versions = _versions(server, table, read, columns.get("request_id"), "updated_at" in met, settings)
        sql = expressions(columns, met, where.shown, quoted)
        return _Shared(server, settings, where, columns, sql, versions, organization)
    except BaseException:
        server.close()
        raise


def _choosable(where: Address, met: Mapping[str, str], organization: str | None) -> None:
    """Return where an organisation can be chosen, or none is to be."""
    if organization is not None and "organization_id" not in met:
        raise UsageError(f"{where.shown}, table {visible(where.table)}, has no column `organization_id` to choose by")


def _versions(
    server: _Server,
    table: str,
    columns: Sequence[str],
    request_column: str | None,
    has_versions: bool,
    settings: Mapping[str, object],
) -> str:
    """A SELECT of the columns that gives each request in its latest version, with `{window}` where conditions go.

    FINAL where the table can: it merges sorted parts as they are read, while argMax by request holds every request: a
    million of them in two versions took 1.5 s against 16 to 26. Where it cannot, the latest by `updated_at` is picked.
    """
    read = ", ".join(map(quoted, columns))
    try:
        _rows(server, f"SELECT 1 FROM {table} FINAL LIMIT 0", settings)
    except _Refused as error:
        if error.code != _NOT_SUPPORTED_FINAL:
            raise
    else:
        return f"SELECT {read} FROM {table} FINAL WHERE {{window}}"
    if not has_versions or request_column is None:
        return f"SELECT {read} FROM {table} WHERE {{window}}"
    request = quoted(request_column)
    latest = ", ".join(
        f"argMax(latest.{quoted(name)}, latest.updated_at) AS {quoted(name)}"
        for name in columns
        if name != request_column
    )
    every = f"SELECT {read}, updated_at FROM {table} WHERE {{window}}"
    return f"SELECT latest.{request} AS {request}, {latest} FROM ({every}) AS latest GROUP BY {request}"


def _every(shared: _Shared, window: Window) -> str:
    conditions = ["1"]
    if shared.organization is not None:
        conditions.append(f"organization_id = toUUID('{shared.organization}')")
    time = shared.columns.get("request_created_at")
    if time is not None:
        conditions += window.conditions(quoted(time))
    elif window != Window():
        raise UsageError(f"{shared.address.shown} has no column of times, so that no window of time can be read")
    rows = shared.versions.replace("{window}", " AND ".join(conditions))
    return stored_rows(f"({rows}) AS requests", shared.read)


def _server(where: Address, seconds: int) -> _Server:
    try:
        import clickhouse_connect
        from clickhouse_connect import common
    except ImportError:
        raise UsageError(
            "auditing a ClickHouse server needs clickhouse-connect: pip install 'propguard[audit]'"
        ) from None
    logging.getLogger("clickhouse_connect").addHandler(logging.NullHandler())  # errors are told once, by us
    common.set_setting("send_os_user", False)  # whose account this is, is nothing to a server
    connections, patience = BoundedConnections(where), seconds + min(max(seconds, _SHORTEST_GRACE), _LONGEST_GRACE)
    try:
        with connections.within(patience):
            client = clickhouse_connect.get_client(
                interface="https" if where.secure else "http",
                host=where.host,
                port=where.port,
                username=where.user,
                password=where.password,
                database=where.database,
                client_name="propguard",
                connect_timeout=10,
                send_receive_timeout=math.ceil(patience),
                compress=False,
                pool_mgr=connections.pool,
                autogenerate_session_id=False,  # or settings would stay, and a query could not be killed beside itself
                query_retries=0,
            )
    except Exception as error:  # noqa: BLE001  # whatever listens there may answer anything
        connections.close()
        _fail(where, error)
    return _Server(client, where, connections, patience)


def _rows(server: _Server, sql: str, settings: Mapping[str, object]) -> list[dict[str, object]]:
    query_id = str(uuid.uuid4())
    with _in_one_sentence(server, query_id), server.connections.within(server.seconds):
        answer = server.client.raw_query(sql, settings={**settings, "query_id": query_id}, fmt="JSONEachRow")
        return [json.loads(line) for line in answer.splitlines() if line]


def _stream(server: _Server, sql: str, settings: Mapping[str, object]) -> Iterator[dict[str, object]]:
    query_id = str(uuid.uuid4())
    with _in_one_sentence(server, query_id):
        with server.connections.within(server.seconds):
            answer = server.client.raw_stream(sql, settings={**settings, "query_id": query_id}, fmt="JSONEachRow")
        with contextlib.closing(answer):
            yield from (json.loads(line) for line in server.connections.lines(answer, server.seconds) if line)


@contextlib.contextmanager
def _in_one_sentence(server: _Server, query_id: str) -> Iterator[None]:
    """What goes wrong with a query is an EngineFailed; an interrupt kills it on the server, which is not waited for."""
    try:
        yield
    except KeyboardInterrupt:
        kill = threading.Thread(target=_kill, args=(server, query_id), daemon=True)
        kill.start()
        kill.join(_SECONDS_TO_KILL)  # the connection is closed in any case, which most servers notice as well
        raise
    except Exception as error:  # noqa: BLE001  # whatever listens there may answer anything
        _fail(server.address, error)


def _kill(server: _Server, query_id: str) -> None:
    with contextlib.suppress(Exception):
        server.client.command(f"KILL QUERY WHERE query_id = '{query_id}' ASYNC")


def _fail(where: Address, error: BaseException) -> NoReturn:
    """Raise what an error of clickhouse-connect means, in one sentence without the password."""
    chain = list(causes(error))
    ours = next((one for one in chain if isinstance(one, PropguardError)), None)
    if ours is not None:
        raise ours from None
    code: int | None = getattr(error, "code", None)
    if code is not None and code in _REFUSALS:
        names = {"where": where.shown, "table": where.table, "database": where.database, "user": where.user}
        raise _Refused(visible(_REFUSALS[code].format(**names)), code) from None
    clause = None if code is not None else broken(chain)
    if clause is not None:
        raise EngineFailed(f"{where.shown} {clause}") from None
    said = excerpt(where.without_password(_said(error)), 300)
    if code in _TOO_MUCH:
        raise TooMuchAsked(f"{where.shown} has not the time or the memory for it: {said}") from None
    if code is None:
        raise EngineFailed(f"{where.shown} does not answer as a ClickHouse server does: {said}") from None
    raise _Refused(f"{where.shown} did not answer: {said}", code) from None


def _said(error: BaseException) -> str:
    """The first sentence of what the server says, without its codes, its version and its stack."""
    text = str(error).partition("Stack trace:")[0]
    text = text.partition("DB::Exception: ")[2] or text
    lines = text.strip().splitlines()
    return (
        visible(re.sub(r"\s*\(version [^()]*(\([^()]*\))?\)", "", lines[0]).rstrip(". "))
        if lines
        else type(error).__name__
    )
