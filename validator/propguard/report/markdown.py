"""Findings as a table in Markdown, worst first: for the summary of a job, or a comment on a pull request."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TextIO

from propguard.model.finding import Severity
from propguard.model.text import excerpt, visible
from propguard.report.advice import advice
from propguard.report.text_format import summary

if TYPE_CHECKING:
    from propguard.model.finding import Finding
    from propguard.report.envelope import Report

_MOST_CHARACTERS = 60_000
"""Up to which rows are shown: a comment on GitHub has at most 65,536."""

_LONGEST_CELL = 400

_MEANT_AS_TEXT = re.compile(r"""[!"#$%&*+:<=>?@\[\\\]^_`{|}~]|(?<=www)\.""", re.IGNORECASE)
"""What may begin markup, a link, a mention, an emoji or the next cell."""

_HEAD = "| | place | rule | finding |\n|---|---|---|---|\n"


def render(report: Report, out: TextIO) -> None:
    """Write the report as a whole; of very many findings the worst ones, and how many there are besides."""
    kept: dict[Severity, list[str]] = {severity: [] for severity in Severity}
    lengths = dict.fromkeys(Severity, 0)
    for finding in report:
        severity = finding.violation.severity
        if lengths[severity] <= _MOST_CHARACTERS:
            row = _row(finding)
            kept[severity].append(row)
            lengths[severity] += len(row)
    out.write(f"**propguard**: {_text(summary(report))}\n")
    rows, left = [], _MOST_CHARACTERS
    for row in (row for severity in Severity for row in kept[severity]):
        left -= len(row)
        if left < 0:
            break
        rows.append(row)
    if rows:
        out.write(f"\n{_HEAD}{''.join(rows)}")
    missing = sum(map(report.count, Severity)) - len(rows)
    if missing:
        out.write(f"\n… and {missing} more.\n")


def _row(finding: Finding) -> str:
    violation = finding.violation
    help_text = advice(finding)
    message = _sentence(violation.message) + (f"<br>{_sentence(help_text)}" if help_text else "")
    severity = "note" if violation.severity is Severity.INFO else violation.severity.value
    return f"| {severity} | {_code(finding.where().rstrip(': '))} | {_code(violation.rule)} | {message} |\n"


def _sentence(text: str) -> str:
    """What stands between ticks as code, the rest as it is."""
    parts = excerpt(text, _LONGEST_CELL).split("`")
    if len(parts) % 2 == 0:
        return _code(text)
    return "".join(_code(part) if number % 2 else _text(part) for number, part in enumerate(parts))


def _code(text: str) -> str:
    """As an element, since in a span between ticks nothing can be escaped; nobody is mentioned by what stands there."""
    return f"<code>{_text(excerpt(text, _LONGEST_CELL))}</code>" if text else ""


def _text(text: str) -> str:
    return _MEANT_AS_TEXT.sub(_reference, visible(text)).replace("&#64;", "&#64;<!-- -->")


def _reference(match: re.Match[str]) -> str:
    return f"&#{ord(match[0])};"
