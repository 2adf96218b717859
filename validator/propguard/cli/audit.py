"""`propguard audit`: stored properties judged where they lie."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from propguard.cli.options import format_option, schema_option, today_option
from propguard.cli.schema_source import SchemaSource
from propguard.model.finding import Severity

if TYPE_CHECKING:
    from datetime import date


@click.command("audit")
@click.argument("source", nargs=-1, required=True)
@click.option("--exact", is_flag=True, help="Judge every value, though its hash is that of an allowed one.")
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
    source: tuple[str, ...], exact: bool, schema: str | None, format_name: str, today: date | None, fail_on: str
) -> int:
    """Judge the stored properties in SOURCE: Parquet, JSONL or CSV files, globs of them, or s3:// addresses."""
    from datetime import UTC, datetime

    from propguard.audit import audit
    from propguard.engine.embedded import EmbeddedEngine
    from propguard.report import audit_json, audit_text

    checker, _ = SchemaSource(schema, today=today).here()
    with EmbeddedEngine(source) as engine:
        result = audit(
            checker.schema, engine, today=today or datetime.now(UTC).date(), source=" ".join(source), exact=exact
        )
    (audit_json if format_name == "json" else audit_text).render(result, sys.stdout)
    weights = {one.severity for one in result.findings}
    return int(Severity.ERROR in weights or (fail_on == "warning" and Severity.WARNING in weights))
