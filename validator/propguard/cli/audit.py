"""`propguard audit`: stored properties judged where they lie."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from propguard.cli.audit_source import read, source_options
from propguard.cli.options import format_option, schema_option, today_option
from propguard.cli.schema_source import SchemaSource
from propguard.model.finding import Severity

if TYPE_CHECKING:
    from datetime import date


@click.command("audit")
@click.argument("source", nargs=-1, required=True)
@click.option("--exact", is_flag=True, help="Judge every value, though its hash is that of an allowed one.")
@source_options
@schema_option
@format_option
@today_option
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning"]),
    default="error",
    help="The least severity that makes the exit code 1.",
)
def command(
    source: tuple[str, ...],
    exact: bool,
    schema: str | None,
    format_name: str,
    today: date | None,
    fail_on: str,
    told: dict[str, Any],
) -> int:
    """Judge the stored properties in SOURCE.

    SOURCE is files (Parquet, JSONL or CSV, compressed or not, globs of them, s3:// addresses), a ClickHouse server
    (clickhouse://user@host:8123/database, the password in CLICKHOUSE_PASSWORD), or the platform with HELICONE_API_KEY: hql
    asks its SQL endpoint, api reads every request. hql://HOST and api://HOST say where it is.
    """
    from datetime import UTC, datetime

    from propguard.audit import audit
    from propguard.engine.sources import opened
    from propguard.report import audit_json, audit_text

    checker, _ = SchemaSource(schema, today=today).here()
    with opened(source, read(told)) as (engine, shown, notices):
        for notice in notices:
            click.echo(f"notice: {notice}", err=True)
        result = audit(checker.schema, engine, today=today or datetime.now(UTC).date(), source=shown, exact=exact)
    (audit_json if format_name == "json" else audit_text).render(result, sys.stdout)
    weights = {one.severity for one in result.findings}
    return int(Severity.ERROR in weights or (fail_on == "warning" and Severity.WARNING in weights))
