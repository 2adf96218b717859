"""`propguard lint`: findings in code."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from propguard.cli.options import finding_options, schema_option, selection, today_option
from propguard.cli.outcome import exit_code, say_summary, show
from propguard.cli.schema_source import SchemaSource, shown
from propguard.errors import UsageError
from propguard.lint import LintResult, lint_paths
from propguard.model.text import visible
from propguard.report import Report

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from propguard.lint.fix import FixedFile, Fixes
    from propguard.model.finding import Finding

_FAILED = 2


@click.command("lint")
@click.argument("paths", nargs=-1, metavar="[PATHS]...")
@click.option("--fix", is_flag=True, help="Put safe fixes into the files.")
@click.option("--diff", is_flag=True, help="Show what --fix would change, and change nothing.")
@click.option("--unsafe-fixes", is_flag=True, help="With --fix or --diff: also fixes that are only likely.")
@schema_option
@finding_options
@today_option
def command(
    paths: tuple[str, ...],
    fix: bool,
    diff: bool,
    unsafe_fixes: bool,
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
    if unsafe_fixes and not (fix or diff):
        raise click.UsageError("--unsafe-fixes says which fixes --fix writes or --diff shows; give one of them, too")
    source = SchemaSource(schema, today=today)
    chosen = paths or (".",)
    result = lint_paths(chosen, source.judge_of)
    if not result.usages:
        source.judge_of(_place_of(chosen[0]))  # a project without a schema is told so even where nothing uses one yet
    wanted = selection(select, ignore)
    if not (fix or diff):
        return show(_report(result, wanted), format_name, fail_on)
    fixes = _fixes(result, source, wanted, unsafe=unsafe_fixes)
    if diff:
        return _show_diff(fixes.files, _report(result, wanted), fail_on)
    written = _write(fixes.files)
    if written:
        result = lint_paths(chosen, source.judge_of)
    code = show(_report(result, wanted), format_name, fail_on)
    return code if written == len(fixes.files) else _FAILED


def _place_of(path: str) -> str:
    """A file in the folder from which the search for a schema begins."""
    import os

    return os.path.join(path, "-") if os.path.isdir(path) else path


def _report(result: LintResult, wanted: Callable[[Finding], bool]) -> Report:
    return Report(filter(wanted, result.findings), {"files": result.files, "usages": result.usages})


def _fixes(result: LintResult, source: SchemaSource, wanted: Callable[[Finding], bool], *, unsafe: bool) -> Fixes:
    """What fixes make of the files; those that they would break are told."""
    from propguard.lint.fix import fix_files

    fixes = fix_files(result.findings, source.judge_of, wanted, unsafe=unsafe, surveys=result.surveys)
    for path in fixes.refused:
        _say(f"{path} is left as it was: with its fixes in it, it could not be parsed any more")
    return fixes


def _write(files: list[FixedFile]) -> int:
    """Write the files and say so; how many could be written. What cannot be is told and keeps none of the others."""
    from propguard.lint.fix import write

    written = []
    for file in files:
        try:
            write(file)
        except UsageError as error:
            _say(str(error))
        else:
            written.append(file)
    if written:
        count = sum(file.fixes for file in written)
        sys.stderr.write(f"fixed {count} in {len(written)} {'file' if len(written) == 1 else 'files'}\n")
    return len(written)


def _say(sentence: str) -> None:
    sys.stderr.write(f"propguard: {visible(sentence)}\n")


def _show_diff(files: list[FixedFile], report: Report, fail_on: str) -> int:
    """Show the changes as a patch; 1 where there are some, or where findings are left that weigh enough, else 0."""
    from propguard.report.patch import render_patch

    for file in files:
        render_patch(shown(file.path), file.before, file.after, sys.stdout, to_be_read=sys.stdout.isatty())
    for _ in report:  # counted, not shown: the patch is what is asked for
        pass
    say_summary(report)
    return int(bool(files)) or exit_code(report, fail_on)
