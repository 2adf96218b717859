"""`propguard lint`: findings in code."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from propguard.cli.options import finding_options, schema_option, selection, today_option
from propguard.cli.outcome import exit_code, say_summary, show
from propguard.cli.schema_source import SchemaSource, shown
from propguard.lint import LintResult, lint_paths
from propguard.report import Report

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

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
    wanted = selection(select, ignore)
    if diff:
        return _show_diff(chosen, source, result, wanted, fail_on)
    if fix and any(finding.fix is not None and finding.fix.safe for finding in filter(wanted, result.findings)):
        result = _fix(chosen, source, result, wanted)
    return show(_report(result, wanted), format_name, fail_on)


def _place_of(path: str) -> str:
    """A file in the folder from which the search for a schema begins."""
    import os

    return os.path.join(path, "-") if os.path.isdir(path) else path


def _report(result: LintResult, wanted: Callable[[Finding], bool]) -> Report:
    return Report(filter(wanted, result.findings), {"files": result.files, "usages": result.usages})


def _fix(
    paths: tuple[str, ...], source: SchemaSource, result: LintResult, wanted: Callable[[Finding], bool]
) -> LintResult:
    """Write the fixes, say so, and judge again."""
    from propguard.lint.fix import fix_paths, write

    files = fix_paths(paths, source.judge_of, result.findings, wanted)
    for file in files:
        write(file)
    count = sum(file.fixes for file in files)
    sys.stderr.write(f"fixed {count} in {len(files)} {'file' if len(files) == 1 else 'files'}\n")
    return lint_paths(paths, source.judge_of)


def _show_diff(
    paths: tuple[str, ...],
    source: SchemaSource,
    result: LintResult,
    wanted: Callable[[Finding], bool],
    fail_on: str,
) -> int:
    """Show the changes as a patch; 1 where there are some, or where findings are left that weigh enough, else 0."""
    from propguard.lint.fix import fix_paths
    from propguard.report.patch import render_patch

    files = fix_paths(paths, source.judge_of, result.findings, wanted)
    for file in files:
        render_patch(shown(file.path), file.before, file.after, sys.stdout, to_be_read=sys.stdout.isatty())
    report = _report(result, wanted)
    for _ in report:  # counted, not shown: the patch is what is asked for
        pass
    say_summary(report)
    return int(bool(files)) or exit_code(report, fail_on)
