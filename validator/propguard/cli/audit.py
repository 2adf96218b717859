"""`propguard audit`: stored properties judged where they lie."""

from __future__ import annotations

import os
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from propguard.cli.audit_source import read, source_options, too_many_unread
from propguard.cli.choices import Choice
from propguard.cli.options import (
    allow_empty_option,
    format_option,
    rule_options,
    schema_option,
    selection,
    today_option,
)
from propguard.cli.schema_source import SchemaSource, own_properties
from propguard.model.text import visible
from propguard.report import FORMATS

if TYPE_CHECKING:
    from datetime import date

    from propguard.audit.verdict import FailOn


_STATEMENTS = 4
"""That read all rows: for the days, the keys, the findings, and what cannot be read."""


@click.command("audit")
@click.argument("source", nargs=-1, required=True)
@click.option("--exact", is_flag=True, help="Judge every value, though its hash is that of an allowed one.")
@click.option(
    "--key",
    "keys",
    multiple=True,
    metavar="KEY",
    help="Look at this key only, in all of its spellings; `feature_*` works.",
)
@source_options
@schema_option
@partial(format_option, formats=FORMATS)
@rule_options
@today_option
@click.option("--html", metavar="FILE", help="Write the report to FILE too, as one page that needs no network.")
@click.option(
    "--fail-on",
    type=Choice(["error", "warning", "new"]),
    default="error",
    help="What makes the exit code 1: the least severity, or errors and warnings that --baseline does not know.",
)
@click.option(
    "--baseline", metavar="FILE", help="An earlier audit, as --format json wrote it; what has drifted from it is found."
)
@allow_empty_option
@click.option("--min-score", type=click.FloatRange(0, 1), help="Exit with 1 where the score is lower, such as 0.95.")
def command(
    source: tuple[str, ...],
    exact: bool,
    keys: tuple[str, ...],
    schema: str | None,
    format_name: str,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    today: date | None,
    html: str | None,
    fail_on: FailOn,
    baseline: str | None,
    allow_empty: bool,
    min_score: float | None,
    told: dict[str, Any],
) -> int:
    """Judge the stored properties in SOURCE.

    SOURCE is files (Parquet, JSONL or CSV, compressed or not, globs of them, s3:// addresses), a ClickHouse server
    (clickhouse://user@host:8123/database, the password in CLICKHOUSE_PASSWORD), or the platform with HELICONE_API_KEY: hql
    asks its SQL endpoint, api reads every request. hql://HOST and api://HOST say where it is.

    --select and --ignore choose what is told; the scores are those of all rules.
    """
    from datetime import UTC, datetime

    from propguard.audit import audit, odd_times
    from propguard.cli.audit_report import ReportFiles, before, show_audit, write_page
    from propguard.cli.reading import reading

    schemas = SchemaSource(schema, today=today)
    checker, _ = schemas.here()
    wanted = selection(select, ignore)
    earlier = before(baseline, fail_on, (format_name, "html") if html else (format_name,))
    options = read(told)
    with reading(source, options, _STATEMENTS) as (engine, shown, notices):
        result = audit(
            checker.schema,
            engine,
            today=today or datetime.now(UTC).date(),
            source=shown,
            exact=exact,
            before=earlier,
            keys=keys,
            own=own_properties(schemas.path_here()),
        )
    for notice in odd_times(result.unread):
        click.echo(f"notice: {visible(notice)}", err=True)
    result = replace(result, notices=(*notices, *result.notices), findings=tuple(filter(wanted, result.findings)))
    if html is not None:
        write_page(result, html)
    files: ReportFiles = {
        "rows_file": source[0] if len(source) == 1 and os.path.isfile(source[0]) else None,
        "schema_file": schemas.path_here(),
    }
    code = show_audit(
        result, format_name, fail_on, min_score=min_score, earlier=earlier, allows_empty=allow_empty, files=files
    )
    return too_many_unread(result.unread, options.most_unreadable) or code
