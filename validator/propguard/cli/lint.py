"""`propguard lint`: findings in code."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from propguard.cli.options import exit_code, finding_options, has_colour, schema_option, selected, today_option
from propguard.cli.schema_source import SchemaSource, shown
from propguard.lint import LintResult, lint_paths
from propguard.report import Report, render

if TYPE_CHECKING:
    from datetime import date

    from propguard.lint.fix import FixedFile
    from propguard.model.finding import Finding


@click.command("lint")
@click.argument("paths", nargs=-1, metavar="[PATHS]...")
@click.option("--fix", is_flag=True, help="Put safe fixes into the files.")
@click.option("--diff", is_flag=True, help="Show what --fix would change, and change nothing.")
@schema_option
@finding_options
@today_option
def command(
    paths: tuple[str, ...],
    fix: bool,
    diff: bool,
    schema: str | None,
    format_name: str,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    fail_on: str,
    today: date | None,
) -> int:
    """Find property usages in source code that break the schema.

    PATHS are files and folders; without any, the working directory.
    """
    if fix and diff:
        raise click.UsageError("--fix writes what --diff only shows; give one of them")
    source = SchemaSource(schema, today=today)
    chosen = paths or (".",)
    result = lint_paths(chosen, source.judge_of)
    if not result.usages:
        source.judge_of(_place_of(chosen[0]))  # a project without a schema is told so even where nothing uses one yet
    findings = selected(result.findings, select, ignore)
    if diff:
        changes = _show_diff(_fixed_files(chosen, source, findings, select, ignore))
        return _say_summary(result, findings, fail_on) or int(changes)
    if fix and any(finding.fix is not None and finding.fix.safe for finding in findings):
        result, findings = _fix(chosen, source, findings, select, ignore)
    return _report(result, findings, format_name, fail_on)


def _place_of(path: str) -> str:
    """A file in the folder from which the search for a schema begins."""
    import os

    return os.path.join(path, "-") if os.path.isdir(path) else path


def _report(result: LintResult, findings: list[Finding], format_name: str, fail_on: str) -> int:
    report = Report(findings, {"files": result.files, "usages": result.usages})
    render(report, sys.stdout, format_name, colour=has_colour())
    if format_name == "text":
        return _say_summary(result, findings, fail_on)
    return exit_code(report, fail_on)


def _say_summary(result: LintResult, findings: list[Finding], fail_on: str) -> int:
    from propguard.report.text_format import summary

    report = Report(findings, {"files": result.files, "usages": result.usages})
    sys.stdout.flush()
    sys.stderr.write(summary(report) + "\n")
    return exit_code(report, fail_on)


def _fix(
    paths: tuple[str, ...],
    source: SchemaSource,
    findings: list[Finding],
    select: tuple[str, ...],
    ignore: tuple[str, ...],
) -> tuple[LintResult, list[Finding]]:
    """Write the fixes, say so, and judge again."""
    from propguard.lint.fix import write

    files = _fixed_files(paths, source, findings, select, ignore)
    for file in files:
        write(file)
    count = sum(file.fixes for file in files)
    sys.stderr.write(f"fixed {count} in {len(files)} {'file' if len(files) == 1 else 'files'}\n")
    result = lint_paths(paths, source.judge_of)
    return result, selected(result.findings, select, ignore)


def _fixed_files(
    paths: tuple[str, ...],
    source: SchemaSource,
    findings: list[Finding],
    select: tuple[str, ...],
    ignore: tuple[str, ...],
) -> list[FixedFile]:
    from propguard.lint.fix import fix_paths

    return fix_paths(paths, source.judge_of, findings, lambda found: selected(found, select, ignore))


def _show_diff(files: list[FixedFile]) -> bool:
    """Show the changes as a patch; whether there are some."""
    from propguard.report.patch import render_patch

    for file in files:
        render_patch(shown(file.path), file.before, file.after, sys.stdout, to_be_read=sys.stdout.isatty())
    return bool(files)
