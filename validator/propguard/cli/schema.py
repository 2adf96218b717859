"""`propguard schema` and `schema check`; every other subcommand has a file of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from propguard.cli.options import finding_options, selection, today_option
from propguard.cli.outcome import show as show_report
from propguard.cli.schema_export import export
from propguard.cli.schema_import import import_command
from propguard.cli.schema_show import show
from propguard.cli.schema_source import SchemaSource
from propguard.report import Report

if TYPE_CHECKING:
    from datetime import date


@click.group("schema")
def command() -> None:
    """Check and show property schemas."""


@command.command("check")
@click.argument("paths", nargs=-1, metavar="[PATHS]...")
@finding_options
@today_option
def check(
    paths: tuple[str, ...],
    format_name: str,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    fail_on: str,
    today: date | None,
) -> int:
    """Judge schema files: every fault at once, each with its place.

    Without PATHS, the schema that judges the working directory.
    """
    from propguard.schemafile import check_schema

    chosen = paths or (SchemaSource(None).path_here(),)
    wanted = selection(select, ignore)
    findings = (finding for path in chosen for finding in check_schema(path, today=today))
    return show_report(Report(filter(wanted, findings), {"files": len(chosen)}), format_name, fail_on)


command.add_command(show)
command.add_command(export)
command.add_command(import_command)
