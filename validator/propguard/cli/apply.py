"""`propguard apply`: the rows of a file, written to the platform, each judged before the first one is sent."""

from __future__ import annotations

import gc
import logging
import os
import sys
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import click

from propguard.cli.choices import Choice
from propguard.cli.extent import extent_sentence
from propguard.cli.options import (
    fail_on_option,
    format_option,
    has_colour,
    platform_options,
    schema_option,
    side_effects_option,
    today_option,
)
from propguard.cli.outcome import exit_code, say_side_effects, say_summary
from propguard.cli.progress import Progress
from propguard.cli.schema_source import SchemaSource
from propguard.errors import UsageError, system_reason
from propguard.files import require_output
from propguard.model.text import visible
from propguard.report import FORMATS, Report, render

if TYPE_CHECKING:
    from datetime import date

    from propguard.client.apply import Options
    from propguard.client.journal import Journal
    from propguard.client.on_violation import OnViolation
    from propguard.client.plan import Plan
    from propguard.compilers import Checker
    from propguard.helicone.session import AsyncSession
    from propguard.model.finding import Finding


@click.command("apply")
@click.argument("path", metavar="FILE.jsonl")
@click.option("--dry-run", is_flag=True, help="Judge every row, say what would be written, and write nothing.")
@click.option("--verify", is_flag=True, help="Read back what was written, and write again what the platform has lost.")
@click.option(
    "--on-violation",
    type=Choice(["raise", "warn", "drop", "fix"]),
    default="raise",
    help="What is done about a row that breaks the schema; `raise` writes nothing at all.",
)
@click.option("--outcome", metavar="FILE", help="Write each row with what has become of it into this file.")
@click.option(
    "--concurrency", type=click.IntRange(1, 64), default=8, help="Calls at once; more than 8 is seldom faster."
)
@side_effects_option
@platform_options
@click.option(
    "--ingestion-timeout",
    type=click.FloatRange(0.0),
    default=10.0,
    help="Seconds to go on asking, once all others are written, for requests that the platform does not know yet.",
)
@schema_option
@partial(format_option, formats=FORMATS)
@fail_on_option
@today_option
def command(
    path: str,
    dry_run: bool,
    verify: bool,
    on_violation: OnViolation,
    outcome: str | None,
    concurrency: int,
    base_url: str | None,
    insecure: bool,
    timeout: float,
    ingestion_timeout: float,
    schema: str | None,
    format_name: str,
    fail_on: str,
    accept_side_effects: bool,
    today: date | None,
) -> int:
    """Write the rows {"request_id", "key", "value"} of a file, one JSON object a line.

    Every row is judged before the first one is written. What is written is kept in a journal beside the file, so that a
    run that was interrupted is continued by running it again. The API key is taken from HELICONE_API_KEY.
    """
    if path == "-":
        raise UsageError(
            "rows cannot come from standard input, as the journal lies beside them; save them in a file first"
        )
    gc.enable()  # which short commands do without; this one may run for days
    logging.getLogger("propguard").addHandler(logging.NullHandler())  # what the policy logs is shown as findings
    checker, schema_name = SchemaSource(schema, today=today).here()

    from propguard.client.apply import Options
    from propguard.helicone.session import (
        AsyncSession,
    )  # httpx takes a tenth of a second, which no mistake should wait for

    key = "unused" if dry_run else None  # nothing is sent, so no key is asked for
    session = AsyncSession(key, base_url, timeout=timeout, insecure=insecure, concurrency=concurrency)
    options = Options(concurrency, ingestion_timeout, verify)
    asked = _Asked(
        path, outcome, on_violation, format_name, fail_on, dry_run=dry_run, accepts_side_effects=accept_side_effects
    )
    return _carry_out(asked, checker, schema_name, session, options, today)


class _Asked(NamedTuple):
    """What the user asked for, as far as it is not about the platform."""

    path: str
    outcome: str | None
    on_violation: OnViolation
    format_name: str
    fail_on: str
    dry_run: bool
    accepts_side_effects: bool


def _carry_out(
    asked: _Asked, checker: Checker, schema_name: str, session: AsyncSession, options: Options, today: date | None
) -> int:
    """Every row is judged, and where none stands against it, written."""
    from propguard.client.examination import Examination
    from propguard.client.journal import Journal, journal_path
    from propguard.client.plan import Plan
    from propguard.client.rows import RowFile

    journal_at = journal_path(asked.path)
    if asked.outcome is not None:
        _require_outcome(asked.outcome, asked.path, journal_at, f"{journal_at}-wal", schema_name)
    is_journal_used = not asked.dry_run or os.path.exists(journal_at)
    with RowFile(asked.path) as file, Journal(journal_at if is_journal_used else None) as journal, journal.told():
        plan = Plan(journal, file, session.base_url)
        with Progress(unit="bytes") as progress:
            examination = Examination(
                file, plan, checker.schema, schema_name, asked.on_violation, today=today, advance=progress.advance
            )
            shown = _Shown(Report(examination.findings(), examination.counted, rows_file=asked.path), asked.format_name)
        if code := exit_code(shown.report, asked.fail_on):
            _say("nothing is written, as there are rows to be mended first")
            shown.close({})
            return code
        extent = plan.arrange()
        if extent.writes and not asked.accepts_side_effects:
            say_side_effects()
        if asked.dry_run:
            _say(extent_sentence(*extent))
            shown.close({"writes": extent.writes, "requests": extent.requests})
            return 0
        return _write(plan, extent.writes, journal, session, options, asked.outcome, shown)


def _write(
    plan: Plan,
    writes: int,
    journal: Journal,
    session: AsyncSession,
    options: Options,
    outcome: str | None,
    shown: _Shown,
) -> int:
    """Every row is written or told; however it ends, what has become of each is said."""
    from propguard.cli.applied import Applied
    from propguard.client.apply import apply

    applied = Applied(plan, outcome, asked_to_verify=options.verify)
    try:
        with Progress(unit="rows", timed=True) as progress:
            apply(plan, journal, session, options, writes, progress.advance)
    except BaseException as error:
        try:
            applied.close()
        except UsageError as further:  # what ended the run counts
            _say(visible(str(further)))
        if isinstance(error, KeyboardInterrupt):
            error.add_note("run the same command again to continue")
        raise
    applied.close()
    shown.close(applied.counted)
    return applied.code


class _Shown:
    """Findings: as text while the rows are judged, in other formats when all is done, as there they are one document."""

    def __init__(self, report: Report, format_name: str) -> None:
        self._format_name = format_name
        self._findings: list[Finding] = []
        self.report = report
        if format_name == "text":
            render(report, sys.stdout, format_name, colour=has_colour())
            if report.by_rule():
                say_summary(report)
        else:
            self._findings = list(report)

    def close(self, counted: dict[str, int]) -> None:
        """The document, with what was counted while the rows were written."""
        if self._format_name != "text":
            render(
                Report(self._findings, {**self.report.counted, **counted}, rows_file=self.report.rows_file),
                sys.stdout,
                self._format_name,
            )


def _require_outcome(outcome: str, *read: str) -> None:
    """Raises UsageError where the outcome could not be written in the end, or would be written over one of `read`."""
    if any(_is_same_file(outcome, other) for other in read):
        raise UsageError(f"--outcome {outcome} would overwrite what is read; name another file")
    try:
        require_output(outcome)
    except OSError as error:
        raise UsageError(f"cannot write --outcome {outcome}: {system_reason(error)}; name another file") from None


def _is_same_file(one: str, other: str) -> bool:
    """Whether both names lead, or once they are made will lead, to one file."""
    try:
        return os.path.samefile(one, other)
    except OSError:
        return os.path.realpath(one).casefold() == os.path.realpath(other).casefold()


def _say(sentence: str) -> None:
    sys.stdout.flush()
    sys.stderr.write(sentence + "\n")
