"""What `audit SOURCE…` names: files, a ClickHouse server, or the platform through one of its two doors."""

from __future__ import annotations

import math
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from propguard.engine.matching import matching
from propguard.engine.remembered import Remembered
from propguard.engine.windows import Window
from propguard.errors import FeatureOff, UsageError
from propguard.model.text import excerpt, visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from propguard.engine.protocol import Engine
    from propguard.helicone.filters import Filter
    from propguard.helicone.session import Session

_LOCAL = ("localhost", "127.0.0.1", "[::1]")


@dataclass(frozen=True, slots=True)
class SourceOptions:
    """Which requests of a source are read, and how: `columns` by what they are called where it is not as usual, `seconds` and `memory` (bytes) at most.

    `threads` is how many read files, `most_unreadable` the share of rows that need not be readable. `api_key` and `base_url` are as `Session` takes them; `progress` is told of requests
    that come over the API, `on_rows` of those that statements about files read, as `RowsRead` has it.
    """

    window: Window = field(default_factory=Window)
    where: Filter | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    organization: str | None = None
    table: str | None = None
    seconds: int | None = None
    memory: int | None = None
    threads: int | None = None
    api_key: str | None = field(default=None, repr=False)
    base_url: str | None = None
    insecure: bool = False
    most_unreadable: float = 0.0
    progress: Callable[[int, datetime], object] = lambda *_: None
    on_rows: Callable[[int, int, bool], object] | None = None


class Source(NamedTuple):
    """An engine, what to call its source, and sentences for whoever has to judge the result."""

    engine: Engine
    shown: str
    notices: tuple[str, ...] = ()


@contextmanager
def opened(sources: Sequence[str], options: SourceOptions = SourceOptions()) -> Iterator[Source]:
    """The source, until the end of `with`.

    `clickhouse://…` is a server, `hql` and `api` are the platform; `hql://HOST` and `api://HOST` name where it is. All else are
    files: paths, globs, s3:// addresses. Raises UsageError, EngineFailed or HeliconeError.
    """
    kinds = {_kind(source) for source in sources}
    if kinds != {"files"} and len(sources) > 1:
        raise UsageError("audit either files, as many as there are, or one server")
    kind = kinds.pop()
    with contextmanager(_OPENERS[kind])(sources, options) as source:
        yield source


def _kind(source: str) -> str:
    scheme, divider, _ = source.partition("://")
    if divider and scheme in ("clickhouse", "hql", "api"):
        return scheme
    if source in ("hql", "api"):
        return source
    if divider and scheme != "s3":
        raise UsageError(
            f"`{excerpt(visible(scheme))}://` is no source; there are clickhouse://, hql://, api://, s3:// and the paths of files"
        )
    return "files"


def _files(sources: Sequence[str], options: SourceOptions) -> Iterator[Source]:
    from propguard.engine.embedded import EmbeddedEngine

    for name, value in (("organization", options.organization), ("table", options.table)):
        if value is not None:
            raise UsageError(f"--{name} is for clickhouse:// servers; files have none")
    with EmbeddedEngine(
        sources,
        columns=options.columns,
        memory=options.memory,
        threads=options.threads,
        window=options.window,
        seconds=options.seconds,
        on_rows=options.on_rows,
    ) as engine:
        engine.source = matching(engine.source, options.where)
        yield Source(engine, " ".join(map(visible, sources)), tuple(engine.notices))


def _clickhouse(sources: Sequence[str], options: SourceOptions) -> Iterator[Source]:
    from propguard.engine.clickhouse import SECONDS, ClickHouseEngine

    server = ClickHouseEngine(
        sources[0],
        organization=options.organization,
        table=options.table,
        window=options.window,
        where=options.where,
        columns=options.columns,
        seconds=options.seconds or SECONDS,
        memory=options.memory,
    )
    with Remembered(server, f"{server.shown} {options.table}", server.sealing_key) as engine:
        yield Source(engine, server.shown, _gone_on(engine))


def _hql(sources: Sequence[str], options: SourceOptions) -> Iterator[Source]:
    from propguard.engine.hql import HqlEngine

    with _session(sources[0], options) as session:
        try:
            platform = HqlEngine(session, window=options.window, where=options.where)
        except FeatureOff as error:
            notice = f"{error}; its requests are read over the API instead"
        else:
            with Remembered(platform, session.account, session.sealing_key) as engine:
                yield Source(engine, platform.shown, _gone_on(engine))
            return
        yield from _over_the_api(session, options, (notice,))


def _gone_on(engine: Remembered) -> tuple[str, ...]:
    """A sentence where an earlier attempt was interrupted."""
    if engine.begun is None or engine.window.until is None:
        return ()
    minutes = (datetime.now(UTC) - engine.begun).total_seconds() / 60
    until = f"{engine.window.until:%Y-%m-%d %H:%M:%S}"
    said = (
        f"this goes on with the audit that was interrupted: answers up to {math.ceil(minutes)} min old are used again where the "
        f"number of requests is the same, and requests since {until} UTC are not looked at"
    )
    return (said,)


def _api(sources: Sequence[str], options: SourceOptions) -> Iterator[Source]:
    with _session(sources[0], options) as session:
        yield from _over_the_api(session, options, ())


def _over_the_api(session: Session, options: SourceOptions, notices: tuple[str, ...]) -> Iterator[Source]:
    from propguard.engine.api import ApiEngine

    with ApiEngine(session, window=options.window, where=options.where, progress=options.progress) as engine:
        doubts = tuple(
            f"whether there are requests from {one.since:%Y-%m-%d %H:%M:%S} to {one.until:%Y-%m-%d %H:%M:%S} UTC could not be verified"
            for one in engine.unverified
        )
        yield Source(engine, engine.shown, notices + doubts)


def _session(source: str, options: SourceOptions) -> Session:
    from propguard.helicone.session import Session

    for name, value in (("organization", options.organization), ("table", options.table), ("columns", options.columns)):
        if value:
            raise UsageError(
                f"--{name} is not for the platform, which shows the API key its own organisation's requests"
            )
    host = source.partition("://")[2].rstrip("/")
    base_url = options.base_url
    if host:
        is_local = host.startswith(_LOCAL)
        base_url = f"{'http' if is_local or options.insecure else 'https'}://{host}"
    return Session(options.api_key, base_url, timeout=30.0, insecure=options.insecure)


_OPENERS: Mapping[str, Callable[[Sequence[str], SourceOptions], Iterator[Source]]] = {
    "files": _files,
    "clickhouse": _clickhouse,
    "hql": _hql,
    "api": _api,
}
