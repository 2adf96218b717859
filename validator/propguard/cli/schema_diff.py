"""`propguard schema diff`: what a change of a schema breaks, for whom, and what its version should be."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import click

from propguard.cli.named_schema import passed_over, schema_named
from propguard.cli.options import finding_options, selection, today_option
from propguard.cli.outcome import exit_code, show
from propguard.cli.revision import PREFIX, parted
from propguard.cli.schema_source import SchemaSource
from propguard.cli.settings import from_here
from propguard.errors import SchemaInvalid, SchemaNotFound, UsageError
from propguard.evolve import advise, diff, weigh
from propguard.model.finding import Finding, Severity
from propguard.model.text import visible
from propguard.report import Report
from propguard.schemafile import looks_like_schema

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from propguard.cli.named_schema import NamedSchema
    from propguard.evolve import Advice, Change
    from propguard.model.earlier import EarlierAudit
    from propguard.model.finding import Violation
    from propguard.model.schema import PropertySchema
    from propguard.model.usage import Usage


@click.command("diff")
@click.argument("old", metavar="OLD")
@click.argument("new", nargs=-1, metavar="[NEW]...")
@click.option("--usage", "audit", metavar="FILE", help="JSON of `propguard audit`: who is broken, by what is stored.")
@click.option(
    "--code", metavar="PATH", multiple=True, help="Source code: who is broken, by what it writes (may be repeated)."
)
@click.option(
    "--allow-major", is_flag=True, help="Let pass what breaks where the version says so by a new major number."
)
@click.option("--changelog", is_flag=True, help="Print an entry for a changelog, in Markdown, instead of findings.")
@finding_options
@today_option
def command(
    old: str,
    new: tuple[str, ...],
    audit: str | None,
    code: tuple[str, ...],
    allow_major: bool,
    changelog: bool,
    format_name: str,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    fail_on: str,
    today: date | None,
) -> int:
    """Tell what a change of a schema breaks: writers, readers, or what is stored.

    OLD and NEW are files, or `git:REV` for the same file at a revision, or `git:REV:path`. Without NEW, the schema that
    judges the working directory; with several, each is compared with itself at the revision OLD.
    """
    if len(new) > 1 and (not old.startswith(PREFIX) or parted(old)[1] is not None):
        raise click.UsageError("with more than one NEW, OLD must be a revision such as git:HEAD")
    wanted = selection(select, ignore)
    asked = _Asked(audit, code, allow_major, _day(today))
    comparisons = [asked.compared(old, path) for path in new or (from_here(SchemaSource(None).path_here()),)]
    compared = [comparison for comparison in comparisons if isinstance(comparison, _Comparison)]
    for sentence in comparisons:
        if isinstance(sentence, str):
            sys.stderr.write(visible(sentence) + "\n")
    if changelog:
        for comparison in compared:
            sys.stdout.write(comparison.changelog(asked.today))
    findings = [finding for comparison in compared for finding in comparison.findings if wanted(finding)]
    report = Report(findings, {"schemas": len(new) or 1}, {"changes": [comparison.told() for comparison in compared]})
    if changelog:
        for _ in report:
            pass
        return exit_code(report, fail_on)
    result = show(report, format_name, fail_on)
    for comparison in compared if format_name == "text" else ():
        sys.stderr.write(visible(comparison.advice_text()) + "\n")
    return result


class _Comparison(NamedTuple):
    """One schema before and after, and what there is to say of it."""

    old: PropertySchema
    new: PropertySchema
    changes: tuple[Change, ...]
    advice: Advice
    findings: tuple[Finding, ...]

    def told(self) -> dict[str, object]:
        """For other programs."""
        return {
            "path": self.new.path,
            "schema": self.new.name,
            "old_version": self.old.version,
            "new_version": self.new.version,
            "level": self.advice.level,
            "suggested_version": self.advice.version,
        }

    def advice_text(self) -> str:
        name, level = self.new.name, self.advice.level
        if level is None:
            return f"{name} {self.new.version}: the two say the same"
        return f"{name}: {self.old.version} before, {self.new.version} now; a {level} change, which makes it {self.advice.version} or later"

    def changelog(self, today: date) -> str:
        from propguard.evolve import changelog_entry

        is_raised = self.advice.violation is None and self.new.version != self.old.version
        version = self.new.version if is_raised else self.advice.version
        return changelog_entry(self.old, self.new, self.changes, version, today.isoformat())


class _Asked:
    """What the command line asks of every pair of schemas."""

    def __init__(self, audit: str | None, code: Sequence[str], allow_major: bool, today: date) -> None:
        self.today = today
        self._allow_major = allow_major
        self._stored = _stored(audit)
        self._usages = _usages(code)

    def compared(self, told_old: str, told_new: str) -> _Comparison | str:
        """The two schemas compared; a sentence where there is nothing to compare."""
        after = schema_named(told_new, _path(told_old))
        if after is None:
            raise UsageError(f"there is nothing at {visible(told_new)}: the repository has no commit yet")
        before = schema_named(told_old, after.path)
        is_same_file = told_old.startswith(PREFIX) and parted(told_old)[1] is None and after.at is None
        old_content = _content_before(before, is_same_file=is_same_file)
        new_content = after.content()
        if is_same_file and not any(map(looks_like_schema, (new_content, old_content or b""))):
            return passed_over(after.shown)
        new, place = after.located(new_content)
        if before is None or old_content is None:
            return f"{after.shown} is new since {told_old.removeprefix(PREFIX)}, so it breaks nothing"
        try:
            old = before.schema() if before.at is None else before.located(old_content)[0]
        except SchemaInvalid as invalid:
            if not is_same_file:
                raise
            return f"{after.shown} has no faults any more, so it cannot be compared with what it was: {invalid}"
        changes = diff(old, new, today=self.today)
        if self._stored is not None or self._usages is not None:
            changes = weigh(changes, old, new, self._usages, self._stored)
        advice = advise(old, new, changes)
        found = [Finding(self._weighed(change, advice), place(change.path), new.name) for change in changes]
        if advice.violation is not None:
            found.append(Finding(advice.violation, place(("version",)), new.name))
        found.sort(key=lambda finding: (finding.place.path, finding.place.span.order))  # type: ignore[union-attr]  # all are in files
        return _Comparison(old, new, changes, advice, tuple(found))

    def _weighed(self, change: Change, advice: Advice) -> Violation:
        """What breaks, and was announced by the version where that is enough, is a notice."""
        violation = change.told()
        if not (self._allow_major and advice.is_announced) or violation.severity is not Severity.ERROR:
            return violation
        return replace(violation, severity=Severity.INFO, context={**violation.context, "announced": True})


def _content_before(before: NamedSchema | None, *, is_same_file: bool) -> bytes | None:
    """What stood in a file before, None where it is new. Raises UsageError where that cannot be read."""
    try:
        return None if before is None else before.content()
    except SchemaNotFound:
        if not is_same_file:
            raise
        return None


def _path(told: str) -> str | None:
    """The path that is named, be it at a revision or on the disk."""
    return parted(told)[1] if told.startswith(PREFIX) else told


def _stored(audit: str | None) -> EarlierAudit | None:
    if audit is None:
        return None
    from propguard.cli.earlier import earlier_at

    return earlier_at(audit)


def _usages(code: Sequence[str]) -> Sequence[Usage] | None:
    if not code:
        return None
    from propguard.cli.source_code import say_unread, usages_at

    result = usages_at(code)
    say_unread(result)
    return result.usages


def _day(today: date | None) -> date:
    if today is not None:
        return today
    from datetime import UTC, datetime

    return datetime.now(UTC).date()
