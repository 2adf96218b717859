"""`propguard schema` and `schema check`; every other subcommand has a file of its own."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING

import click

from propguard.cli.choices import Group
from propguard.cli.options import finding_options, selection, today_option
from propguard.cli.outcome import show as show_report
from propguard.cli.schema_source import SchemaSource
from propguard.model.text import visible
from propguard.report import Report

if TYPE_CHECKING:
    from datetime import date

    from propguard.model.finding import Finding

_FURTHER = {
    "codegen": "propguard.cli.schema_codegen",
    "diff": "propguard.cli.schema_diff",
    "docs": "propguard.cli.schema_docs",
    "export": "propguard.cli.schema_export",
    "import": "propguard.cli.schema_import",
    "infer": "propguard.cli.schema_infer",
    "show": "propguard.cli.schema_show",
}
"""Commands that are imported when they are called."""


class _Group(Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted({*super().list_commands(ctx), *_FURTHER})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _FURTHER:
            return super().get_command(ctx, cmd_name)
        found = import_module(_FURTHER[cmd_name]).command
        assert isinstance(found, click.Command)
        return found


@click.group("schema", cls=_Group)
def command() -> None:
    """Infer, check, show, compare, document and generate code from property schemas."""


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

    PATHS are files, or `git:REV:path` for a file at a revision; without any, the schema that judges the working directory.
    A file of another program that has the name of a schema is passed over.
    """
    from propguard.cli.named_schema import existing_schema, passed_over
    from propguard.schemafile import looks_like_schema

    wanted = selection(select, ignore)
    findings: list[Finding] = []
    judged = 0
    for path in paths or (SchemaSource(None).path_here(),):
        named = existing_schema(path)
        content = named.content()
        if looks_like_schema(content) or not content.strip():
            judged += 1
            findings += filter(wanted, named.findings(content, today))
        else:
            sys.stderr.write(f"propguard: {visible(passed_over(path))}\n")
    return show_report(Report(findings, {"files": judged}), format_name, fail_on)
