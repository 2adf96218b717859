"""`propguard check`: properties and records judged without touching anything."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, BinaryIO

import click

from propguard.cli.options import (
    ALLOW_EMPTY,
    allow_empty_option,
    finding_options,
    schema_option,
    selection,
    today_option,
)
from propguard.cli.outcome import show
from propguard.cli.schema_source import SchemaSource
from propguard.errors import UsageError
from propguard.model.finding import Finding, RecordPlace
from propguard.report import Report

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from propguard.compilers import Checker
    from propguard.model.finding import Door

_LONGEST_LINE = 16 << 20


@click.command("check")
@click.argument("properties", nargs=-1, metavar="[KEY=VALUE]...")
@click.option("--jsonl", metavar="FILE", help="Judge whole records, one JSON object a line; `-` is standard input.")
@click.option(
    "--door",
    type=click.Choice(["api", "header"]),
    default="api",
    help="How the properties are written: headers lower-case the key.",
)
@allow_empty_option
@schema_option
@finding_options
@today_option
def command(
    properties: tuple[str, ...],
    jsonl: str | None,
    door: Door,
    allow_empty: bool,
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
    return show(report, format_name, fail_on)


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
    for number, line in _lines(name):
        record, request_id = _record(line, number, name)
        counted["records"] += 1
        counted["properties"] += len(record)
        for violation in checker.check_record(record, door=door):
            yield Finding(violation, RecordPlace(number, request_id), schema)
    if not counted["records"] and not allows_empty:
        raise UsageError(f"{'standard input' if name == '-' else name} holds no record to judge; {ALLOW_EMPTY}")


def _lines(name: str) -> Iterator[tuple[int, bytes]]:
    """The lines that are not blank, numbered as records from 1."""
    try:
        with _opened(name) as stream:
            number = 0
            while line := stream.readline(_LONGEST_LINE + 1):
                if len(line) > _LONGEST_LINE:
                    raise UsageError(f"record {number + 1} of {name} is longer than {_LONGEST_LINE >> 20} MB")
                if line.strip():
                    number += 1
                    yield number, line
    except OSError as error:
        raise UsageError(f"cannot read {name}: {(error.strerror or str(error)).lower()}") from None


def _opened(name: str) -> BinaryIO:
    return open(sys.stdin.fileno(), "rb", closefd=False) if name == "-" else open(name, "rb")


def _record(line: bytes, number: int, name: str) -> tuple[dict[str, str], str | None]:
    """The properties of one record and its request id, if it has one."""
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise UsageError(f"record {number} of {name} is not valid JSON: {error}") from None
    if isinstance(record, dict) and isinstance(record.get("properties"), dict):
        request_id = record.get("request_id")
        return record["properties"], request_id if isinstance(request_id, str) else None
    if not isinstance(record, dict):
        raise UsageError(f'record {number} of {name} is no JSON object; write {{"environment": "production"}}')
    return record, None
