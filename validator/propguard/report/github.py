"""Findings as commands of a GitHub Actions log, which GitHub shows as annotations of the changed lines.

The escapes are those of the runner (actions/runner, ActionCommand.cs).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from propguard.model.finding import FilePlace, Severity
from propguard.model.text import visible
from propguard.report.advice import advice
from propguard.report.paths import from_root

if TYPE_CHECKING:
    from propguard.model.finding import Finding
    from propguard.report.envelope import Report

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
_IN_MESSAGES = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_IN_PROPERTIES = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"})


def render(report: Report, out: TextIO, root: str) -> None:
    """Write one line per finding, as it comes by."""
    for finding in report:
        properties = ",".join(f"{name}={_property(value)}" for name, value in _properties(finding, root).items())
        out.write(f"::{_COMMANDS[finding.violation.severity]} {properties}::{_message(finding)}\n")
    if report.nothing_judged is not None:
        reason = visible(report.nothing_judged).translate(_IN_MESSAGES)
        out.write(f"::warning title=propguard%3A nothing was judged::{reason}\n")


def _properties(finding: Finding, root: str) -> dict[str, str]:
    """Where the annotation stands; columns only within one line, as the runner refuses others."""
    place, title = finding.place, {"title": f"propguard: {finding.violation.rule}"}
    if not isinstance(place, FilePlace):
        return title
    span = place.span
    within = {"col": span.column, "endLine": span.line, "endColumn": span.end_column}
    lines = within if span.line == span.end_line else {"endLine": span.end_line}
    numbers = {"line": span.line, **lines}
    return {"file": from_root(place.path, root)} | {name: str(number) for name, number in numbers.items()} | title


def _message(finding: Finding) -> str:
    """With the place once more: the log shows nothing else."""
    remarks = [*(related.sentence() for related in finding.related), *filter(None, [advice(finding)])]
    text = f"{finding.where()}{finding.violation.message}" + "".join(f" ({remark})" for remark in remarks)
    return visible(text).translate(_IN_MESSAGES)


def _property(value: str) -> str:
    return visible(value).translate(_IN_PROPERTIES)
