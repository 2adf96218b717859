"""`propguard check`: properties and records judged without touching anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from propguard.cli.audit_source import too_many_unread
from propguard.cli.choices import Choice
from propguard.cli.options import (
    ALLOW_EMPTY,
    allow_empty_option,
    finding_options,
    max_unreadable_option,
    schema_option,
    selection,
    today_option,
)
from propguard.cli.outcome import show
from propguard.cli.records import UnreadLine, records
from propguard.cli.schema_source import SchemaSource
from propguard.engine.unread import UnreadRows
from propguard.errors import UsageError
from propguard.model.finding import Finding, RecordPlace
from propguard.report import Report

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from propguard.compilers import Checker
    from propguard.model.finding import Door


_UNREADABLE = "unreadable"
"""How the lines that are no records are counted in summaries, where there are any."""


@click.command("check")
@click.argument("properties", nargs=-1, metavar="[KEY=VALUE]...")
@click.option("--jsonl", metavar="FILE", help="Judge whole records, one JSON object a line; `-` is standard input.")
@click.option(
    "--door",
    type=Choice(["api", "header"]),
    default="api",
    help="How the properties are written: headers lower-case the key.",
)
@allow_empty_option
@max_unreadable_option
@schema_option
@finding_options
@today_option
def command(
    properties: tuple[str, ...],
    jsonl: str | None,
    door: Door,
    allow_empty: bool,
    max_unreadable: float,
    schema: str | None,
    format_name: str,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    fail_on: str,
    today: date | None,
) -> int:
    """Judge properties, or whole records, without touching anything.

    Each KEY=VALUE is judged by itself. A record of --jsonl is an object of strings, or {"properties": {…}}.
    """
    if bool(properties) == (jsonl is not None):
        raise click.UsageError("give either properties as KEY=VALUE, or records with --jsonl FILE")
    schemas = SchemaSource(schema, today=today)
    checker, schema_name = schemas.here()
    wanted = selection(select, ignore)
    counted: dict[str, int] = {}
    if jsonl is None:
        judged = _properties(properties, checker, schema_name, door, counted)
    else:
        judged = _records(jsonl, checker, schema_name, door, counted, allows_empty=allow_empty)
    rows_file = None if jsonl == "-" else jsonl
    report = Report(filter(wanted, judged), counted, rows_file=rows_file, schema_file=schemas.path_here())
    code = show(report, format_name, fail_on)
    unread = counted.get(_UNREADABLE, 0)
    return too_many_unread(UnreadRows(unread, counted.get("records", 0) + unread), max_unreadable) or code


def _properties(
    properties: tuple[str, ...], checker: Checker, schema: str, door: Door, counted: dict[str, int]
) -> Iterator[Finding]:
    counted["properties"] = len(properties)
    for number, text in enumerate(properties, start=1):
        key, equals, value = text.partition("=")
        if not equals:
            raise UsageError(f"`{text}` is no KEY=VALUE; write for example environment=production")
        for violation in checker.check(key, value, door=door):
            yield Finding(violation, RecordPlace(number), schema)


def _records(
    name: str, checker: Checker, schema: str, door: Door, counted: dict[str, int], *, allows_empty: bool
) -> Iterator[Finding]:
    counted.update(records=0, properties=0)
    for one in records(name):
        if isinstance(one, UnreadLine):
            counted[_UNREADABLE] = counted.get(_UNREADABLE, 0) + 1
            yield Finding(one.violation, RecordPlace(one.number), schema, related=(one.place,))
            continue
        counted["records"] += 1
        counted["properties"] += len(one.properties)
        for violation in checker.check_record(one.properties, door=door):
            yield Finding(violation, RecordPlace(one.number, one.request_id), schema)
    if not counted["records"] and _UNREADABLE not in counted and not allows_empty:
        raise UsageError(f"{'standard input' if name == '-' else name} holds no record to judge; {ALLOW_EMPTY}")
