"""`propguard lint`: findings in code."""

from __future__ import annotations

import contextlib
import os
import sys
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import click

from propguard.cli.options import finding_options, schema_option, today_option
from propguard.cli.outcome import exit_code, say_summary, show
from propguard.cli.progress import Progress
from propguard.cli.schema_source import SchemaSource
from propguard.cli.scope import Scope
from propguard.cli.settings import SettingsSource, from_here
from propguard.errors import PropguardError, UsageError
from propguard.lint import LintResult, RulesInForce, lint_paths, lint_text
from propguard.model.text import visible
from propguard.report import Report

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from propguard.cli.baselines import Baselines
    from propguard.lint import Listing
    from propguard.lint.baseline import Place
    from propguard.lint.fix import FixedFile
    from propguard.lint.run import Judges
    from propguard.model.finding import Finding
    from propguard.model.wrapper import DeclaredWrapper

_FAILED = 2
_ONE_TEXT = (
    "`-` reads one file from standard input, named by --stdin-filename PATH, and only reports; give both, no other path, "
    "and no option that writes or compares"
)


@click.command("lint")
@click.argument("paths", nargs=-1, metavar="[PATHS]...")
@click.option("--stdin-filename", metavar="PATH", help="With `-`: the file whose text standard input holds.")
@click.option("--fix", is_flag=True, help="Put safe fixes into the files.")
@click.option("--diff", is_flag=True, help="Show what --fix would change, and change nothing.")
@click.option("--unsafe-fixes", is_flag=True, help="With --fix or --diff: also fixes that are only likely.")
@click.option("--changed-since", metavar="REV", help="Only files that differ from this revision in git.")
@click.option("--baseline", metavar="FILE", help="Do not report the findings that this file knows.")
@click.option(
    "--write-baseline",
    metavar="[FILE]",
    is_flag=False,
    flag_value="",
    help="Make all that is found known; default: the configured baseline, else propguard-baseline.json.",
)
@click.option("--no-baseline", is_flag=True, help="Report what the configured baseline knows, too.")
@click.option("--prune-baseline", is_flag=True, help="Take out of the baseline what is not found any more.")
@click.option("--statistics", is_flag=True, help="How many findings each rule has, instead of the findings.")
@click.option("--exit-zero", is_flag=True, help="Exit with 0 though there are findings.")
@click.option("--quiet", is_flag=True, help="Print the findings and no summary.")
@schema_option
@partial(finding_options, fail_on=None)
@today_option
def command(
    paths: tuple[str, ...],
    stdin_filename: str | None,
    fix: bool,
    diff: bool,
    unsafe_fixes: bool,
    changed_since: str | None,
    baseline: str | None,
    write_baseline: str | None,
    no_baseline: bool,
    prune_baseline: bool,
    statistics: bool,
    exit_zero: bool,
    quiet: bool,
    schema: str | None,
    format_name: str,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    fail_on: str | None,
    today: date | None,
) -> int:
    """Find property usages in source code that break the schema.

    PATHS are files and folders; without any, the working directory. `-` is standard input, read as the file that
    --stdin-filename names.
    """
    told = write_baseline is not None
    _refuse_contradictions(
        fix=fix, diff=diff, write_baseline=told, prune_baseline=prune_baseline, unsafe_fixes=unsafe_fixes
    )
    if no_baseline and (told or prune_baseline or baseline):
        raise click.UsageError("--no-baseline leaves out the baseline that another option names; give one of them")
    _refuse_half_of_a_text(paths, stdin_filename, acts=bool(fix or diff or changed_since or told or prune_baseline))
    chosen = paths or (".",)
    settings = SettingsSource()
    scope = Scope(settings, select, ignore)
    output = _Output(format_name, fail_on or scope.fail_on() or "error", statistics, exit_zero, quiet)
    source = SchemaSource(schema, today=today, settings=settings)
    rules = RulesInForce(scope.counts, today, scope.severity)
    if stdin_filename is not None:
        return output.show(_of_text(stdin_filename, scope, source, rules, baseline, is_held=not no_baseline))
    listing = scope.listing(chosen, changed_since, lambda: _prepare(source, chosen[0]), source)
    baselines = _baselines(
        write_baseline or baseline,
        scope,
        listing,
        () if changed_since else chosen,
        asked=told or prune_baseline,
        is_held=not no_baseline,
    )
    work = _Work(listing, source.judge_of, rules, baselines, scope.declared(), unsafe_fixes=unsafe_fixes)
    if not work.result.usages:
        source.judge_of(_place_of(chosen[0]))  # a project without a schema is told so even where nothing uses one yet
    if baselines is not None and told:
        baselines.write(work.result.findings)
        return 0
    return work.finish(output, fix=fix, diff=diff, prune=prune_baseline)


def _refuse_half_of_a_text(paths: tuple[str, ...], stdin_filename: str | None, *, acts: bool) -> None:
    """`-` and --stdin-filename come together and alone, in a run that only reports. Raises UsageError."""
    if ("-" in paths or stdin_filename is not None) and (acts or paths != ("-",) or stdin_filename is None):
        raise click.UsageError(_ONE_TEXT)


class _Output(NamedTuple):
    """How findings are shown, and what they make of the exit code."""

    format_name: str
    fail_on: str
    statistics: bool
    exit_zero: bool
    quiet: bool

    def show(self, report: Report) -> int:
        return self.code(show(report, self.format_name, self.fail_on, statistics=self.statistics, quiet=self.quiet))

    def code(self, code: int) -> int:
        return 0 if self.exit_zero else code


def _refuse_contradictions(*, unsafe_fixes: bool, **flags: bool) -> None:
    """At most one of these is given. Raises UsageError."""
    if unsafe_fixes and not (flags["fix"] or flags["diff"]):
        raise click.UsageError("--unsafe-fixes says which fixes --fix writes or --diff shows; give one of them, too")
    given = [f"--{name.replace('_', '-')}" for name, is_given in flags.items() if is_given]
    if {"--fix", "--diff"} <= set(given):
        raise click.UsageError("--fix writes what --diff only shows; give one of them")
    if len(given) > 1 and given != ["--fix", "--prune-baseline"]:
        raise click.UsageError(f"{given[0]} and {given[1]} cannot be done in one run; give one of them")


def _prepare(source: SchemaSource, path: str) -> None:
    """What most runs need is read while git is busy: the schema for `path`, and the parts that judge by it."""
    import propguard.compilers.value_acceptance
    import propguard.lint.index_format
    import propguard.lint.judge
    import propguard.rules.code
    import propguard.rules.judgement  # noqa: F401

    with contextlib.suppress(PropguardError):  # whoever needs the schema is told what is wrong with it
        source.judge_of(_place_of(path))


def _of_text(
    path: str, scope: Scope, source: SchemaSource, rules: RulesInForce, baseline: str | None, *, is_held: bool
) -> Report:
    """What is found in standard input, as the text of the file at `path`, which need not exist."""
    path = os.path.normpath(path)
    listing = scope.of_text(path)
    if listing is None:
        return Report([], {"files": 0, "usages": 0})
    result = lint_text(listing, sys.stdin.buffer.read(), source.judge_of, rules, scope.declared())
    baselines = _baselines(baseline, scope, listing, (), is_held=is_held)
    held = frozenset() if baselines is None else baselines.held(result.findings)
    return _report_of(result, held, counts_known=baselines is not None)


def _report_of(result: LintResult, held: frozenset[Place], *, counts_known: bool) -> Report:
    """The findings that no baseline knows, and how many others there are where that is of interest."""
    counted = {"files": result.files, "usages": result.usages}
    reported = [finding for finding in result.findings if _is_reported(finding, held)]
    if counts_known:
        counted["known"] = len(result.findings) - len(reported)
    return Report(reported, counted)


def _is_reported(finding: Finding, held: frozenset[Place]) -> bool:
    if not held:
        return True
    from propguard.lint.baseline import place_of

    return place_of(finding) not in held


def _place_of(path: str) -> str:
    """A file in the folder from which the search for a schema begins."""
    return os.path.join(path, "-") if os.path.isdir(path) else path


def _baselines(
    told: str | None, scope: Scope, listing: Listing, chosen: Sequence[str], *, asked: bool = False, is_held: bool
) -> Baselines | None:
    """The baselines of the run; None where none is named and none is asked for, or where none is to be held.

    What lay below a folder of `chosen` and is not there any more was judged, too.
    """
    if not is_held or not (told or asked or scope.baselines()):
        return None
    from propguard.cli.baselines import Baselines

    judged = set(map(os.path.abspath, listing.paths))
    folders = tuple(os.path.join(os.path.abspath(path), "") for path in chosen if os.path.isdir(path))
    return Baselines(told, scope, lambda path: path in judged or path.startswith(folders))


class _Work:
    """The files of a run, judged, and what is done with what was found."""

    def __init__(
        self,
        listing: Listing,
        judges: Judges,
        rules: RulesInForce,
        baselines: Baselines | None,
        declared: tuple[DeclaredWrapper, ...],
        *,
        unsafe_fixes: bool,
    ) -> None:
        self._listing = listing
        self._judges = judges
        self._rules = rules
        self._baselines = baselines
        self._unsafe_fixes = unsafe_fixes
        self._held: frozenset[Place] = frozenset()
        self._declared = declared
        self.result = self._judged()

    def _judged(self) -> LintResult:
        with Progress() as progress:
            return lint_paths(self._listing, self._judges, self._rules, self._declared, progress.advance)

    def hold_what_is_known(self) -> None:
        """From now on what the baselines know is not reported, and not mended."""
        if self._baselines is not None:
            self._held = self._baselines.held(self.result.findings)

    def finish(self, output: _Output, *, fix: bool, diff: bool, prune: bool) -> int:
        """Fix, compare with the baselines and show, as it is wanted; the exit code."""
        self.hold_what_is_known()
        all_written = not fix or self.fix()
        if prune and self._baselines is not None:
            self._baselines.prune(self.result.findings)
        code = output.code(self.show_diff(output.fail_on)) if diff else output.show(self.report())
        if not (diff or prune or output.quiet) and self._baselines is not None:
            self._baselines.say_surplus(self.result.findings)
        return code if all_written else _FAILED

    def report(self) -> Report:
        return _report_of(self.result, self._held, counts_known=self._baselines is not None)

    def fix(self) -> bool:
        """Write the fixes, say so, and judge again; whether all could be written. What cannot be is told and keeps none of
        the others."""
        from propguard.lint.fix import write

        files, written = self._fixed(), []
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
            self.result = self._judged()
            self.hold_what_is_known()
        return len(written) == len(files)

    def show_diff(self, fail_on: str) -> int:
        """Show the changes as a patch; 1 where there are some, or where findings are left that weigh enough, else 0."""
        from propguard.report.patch import render_patch

        files = self._fixed()
        for file in files:
            render_patch(from_here(file.path), file.before, file.after, sys.stdout, to_be_read=sys.stdout.isatty())
        report = self.report()
        for _ in report:  # counted, not shown: the patch is what is asked for
            pass
        say_summary(report)
        return int(bool(files)) or exit_code(report, fail_on)

    def _fixed(self) -> list[FixedFile]:
        """What fixes make of the files; those that they would break are told."""
        if not any(finding.fix is not None for finding in self.result.findings):
            return []
        from propguard.lint.fix import fix_files

        fixes = fix_files(
            self.result.findings,
            self._judges,
            self._rules,
            lambda finding: _is_reported(finding, self._held),
            unsafe=self._unsafe_fixes,
            surveys=self.result.surveys,
            listed=frozenset(self._listing.paths),
        )
        for path, reason in fixes.refused.items():
            _say(f"{path} is left as it was: {reason}")
        return fixes.files


def _say(sentence: str) -> None:
    sys.stderr.write(f"propguard: {visible(sentence)}\n")
