"""Findings as a table in Markdown, worst first: for the summary of a job, or a comment on a pull request."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TextIO

from propguard.model.finding import Severity
from propguard.model.text import excerpt, in_ticks, visible
from propguard.report.advice import advice
from propguard.report.text_format import summary

if TYPE_CHECKING:
    from collections.abc import Iterable

    from propguard.model.finding import Finding
    from propguard.report.envelope import Report

MOST_CHARACTERS = 60_000
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
        if lengths[severity] <= MOST_CHARACTERS:
            row = _row(finding)
            kept[severity].append(row)
            lengths[severity] += len(row)
    out.write(f"**propguard**: {plain(summary(report))}\n")
    rows, left = [], MOST_CHARACTERS
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
    remarks = [*(related.sentence() for related in finding.related), *filter(None, [advice(finding)])]
    message = "<br>".join(map(sentence, [violation.message, *remarks]))
    severity = "note" if violation.severity is Severity.INFO else violation.severity.value
    return f"| {severity} | {code(finding.where().rstrip(': '))} | {code(violation.rule)} | {message} |\n"


def sentence(text: str) -> str:
    """What stands between ticks as code, the rest as it is."""
    return "".join(code(part) if is_code else plain(part) for part, is_code in in_ticks(excerpt(text, _LONGEST_CELL)))


def code(text: str) -> str:
    """As an element, since in a span between ticks nothing can be escaped; nobody is mentioned by what stands there."""
    return f"<code>{plain(excerpt(text, _LONGEST_CELL))}</code>" if text else ""


def plain(text: str) -> str:
    """`text` with nothing in it that is taken for markup."""
    return _MEANT_AS_TEXT.sub(_reference, visible(text)).replace("&#64;", "&#64;<!-- -->")


def table(head: str, rows: Iterable[str], most: int, out: TextIO) -> None:
    """Rows while there is room for them, and how many there are besides."""
    shown, missing = [], 0
    for row in rows:
        most -= len(row)
        if most < 0:
            missing += 1
        else:
            shown.append(row)
    if shown:
        out.write(f"\n{head}{''.join(shown)}")
    if missing:
        out.write(f"\n… and {missing:,} more.\n")


def row_of(*cells: str) -> str:
    """The line of a table with these cells, in each of which nothing is markup but what is meant."""
    return f"| {' | '.join(cells)} |\n"


def _reference(match: re.Match[str]) -> str:
    return f"&#{ord(match[0])};"
