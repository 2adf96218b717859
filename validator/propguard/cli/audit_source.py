"""Options that say which source an audit reads, and how: the same for every command that reads stored properties."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import click

from propguard.cli.options import ALLOW_EMPTY, max_unreadable_option
from propguard.errors import UsageError
from propguard.model.text import visible

if TYPE_CHECKING:
    from collections.abc import Callable

    from propguard.engine import Engine
    from propguard.engine.sources import SourceOptions
    from propguard.engine.unread import UnreadRows
    from propguard.helicone.filters import Filter

_COLUMNS = ("request_id", "request_created_at", "properties")

_OPTIONS = (
    click.option("--since", metavar="TIME", help="Requests from then on: 30d, 12h, 2026-01-31 or 2026-01-31T09:30Z."),
    click.option("--until", metavar="TIME", help="Requests before then."),
    click.option(
        "--where", metavar="FILTER", help="Requests such as 'environment = production and region contains eu'."
    ),
    click.option("--organization", metavar="UUID", help="Only this organisation's, of a clickhouse:// server."),
    click.option("--table", metavar="NAME", help="Another table than request_response_rmt, such as a Distributed one."),
    click.option(
        "--columns",
        metavar="NAME=COLUMN,…",
        help="What request_id, request_created_at and properties are called; properties=env,tier or properties=* where each "
        "column is a property.",
    ),
    max_unreadable_option,
    click.option(
        "--max-seconds", type=click.IntRange(1), metavar="N", help="What one query may take; for files, of work."
    ),
    click.option("--max-memory", type=click.IntRange(1), metavar="MB", help="What one query may use."),
    click.option("--base-url", metavar="URL", help="Where the platform is, for hql and api."),
    click.option("--insecure", is_flag=True, help="Send the API key unencrypted to a host that is not this one."),
)


def source_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """`command` gets them as one argument `told`, a mapping for `read`."""
    names = (
        "since",
        "until",
        "where",
        "organization",
        "table",
        "columns",
        "max_unreadable",
        "max_seconds",
        "max_memory",
        "base_url",
        "insecure",
    )

    def gathered(**arguments: Any) -> Any:
        told = {name: arguments.pop(name) for name in names}
        return command(told=told, **arguments)

    gathered.__doc__, gathered.__name__ = command.__doc__, command.__name__
    gathered.__click_params__ = getattr(command, "__click_params__", [])  # type: ignore[attr-defined]  # where click keeps what decorators add
    for option in reversed(_OPTIONS):
        gathered = option(gathered)
    return gathered


def read(told: dict[str, Any], progress: Callable[[int, datetime], object] = lambda *_: None) -> SourceOptions:
    """What they say. Raises UsageError."""
    from propguard.engine.sources import SourceOptions
    from propguard.engine.windows import Window
    from propguard.helicone.times import moment_or_age

    now = datetime.now(UTC)
    since, until = (
        None if told[name] is None else moment_or_age(told[name], f"--{name}", now) for name in ("since", "until")
    )
    if since is not None and until is not None and since >= until:
        raise UsageError("--since is not before --until, so that no request can be between them")
    return SourceOptions(
        window=Window(since, until),
        where=_where(told["where"]),
        columns=_columns(told["columns"]),
        organization=told["organization"],
        table=told["table"],
        seconds=told["max_seconds"],
        memory=None if told["max_memory"] is None else told["max_memory"] << 20,
        base_url=told["base_url"],
        insecure=told["insecure"],
        most_unreadable=told["max_unreadable"],
        progress=progress,
    )


def refuse_nothing(engine: Engine, today: date, *, allows_empty: bool) -> None:
    """Raises UsageError where `engine` has no request, unless that is allowed: then it is only reported."""
    from propguard.audit import nothing_to_read

    reason = nothing_to_read(engine, today=today)
    if reason is None:
        return
    if not allows_empty:
        raise UsageError(f"{reason}; {ALLOW_EMPTY}")
    click.echo(f"notice: {visible(reason)}", err=True)


def _where(told: str | None) -> Filter | None:
    """What it says. Raises UsageError."""
    if told is None:
        return None
    from propguard.helicone.filter_text import parse_where

    return parse_where(told)


def _columns(told: str | None) -> dict[str, str]:
    """The columns by what they are to be; what has no name of its own belongs to the one before, as in `properties=env,tier`."""
    columns: dict[str, str] = {}
    name = ""
    for part in (told or "").split(","):
        named, divider, column = part.partition("=")
        if divider:
            name = named.strip()
        is_further = not divider and name == "properties"
        if part and (name not in _COLUMNS or not (divider or is_further) or not (column or is_further)):
            raise UsageError(
                f"--columns is written as {_COLUMNS[0]}=COLUMN,{_COLUMNS[2]}=COLUMN; the names are {', '.join(_COLUMNS)}"
            )
        if part:
            columns[name] = f"{columns[name]},{part}" if is_further else column
        elif is_further:
            columns[name] += ","
    return columns


def say_unread(engine: Engine, options: SourceOptions) -> int:
    """Report the rows that cannot be read on standard error; 2 where they are more than the options allow, else 0."""
    from propguard.audit import unread_notices, unread_rows

    unread = unread_rows(engine)
    for notice in unread_notices(unread):
        click.echo(f"notice: {visible(notice)}", err=True)
    return too_many_unread(unread, options.most_unreadable)


def too_many_unread(unread: UnreadRows, most: float) -> int:
    """2, and why on standard error, where more than the share `most` of the rows could not be read; else 0."""
    reason = unread.reason_to_fail(most)
    if reason is None:
        return 0
    click.echo(f"propguard: {reason}", err=True)
    return 2
