"""An audit in Markdown: for the summary of a job, a comment or a page of a wiki."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from propguard.model.finding import Severity
from propguard.report.audit.as_findings import place_of, whole_of
from propguard.report.audit.figures import days_of, percentage, requests
from propguard.report.markdown import MOST_CHARACTERS, code, plain, row_of, sentence, table

if TYPE_CHECKING:
    from propguard.audit import AuditResult, DataFinding
    from propguard.model.profile import KeyProfile

_FINDINGS = "| | rule | key | requests | share | finding | seen |\n|---|---|---|--:|--:|---|---|\n"
_KEYS = "| key | declared | requests | share | distinct | with an error | score |\n|---|---|--:|--:|--:|--:|--:|\n"
_FOR_FINDINGS = MOST_CHARACTERS * 2 // 3
_SAMPLES = 3


def render(result: AuditResult, out: TextIO) -> None:
    """Write findings worst first, then keys, lowest score first; of very many as many as fit into a comment."""
    window = f", {days_of(result.window)}" if days_of(result.window) else ""
    out.write(
        f"**propguard audit** of {code(result.source)} ({plain(result.engine)}{window}): "
        f"score **{plain(percentage(result.score))}**, {requests(result.requests)}, {result.properties:,} properties\n"
    )
    out.writelines(f"\n> {sentence(notice)}\n" for notice in result.notices)
    table(_FINDINGS, (_finding(one, result) for one in result.findings), _FOR_FINDINGS, out)
    keys = sorted(result.keys, key=lambda one: one.rank)
    table(_KEYS, (_key(one, result) for one in keys), MOST_CHARACTERS - _FOR_FINDINGS, out)


def _finding(one: DataFinding, result: AuditResult) -> str:
    violation = one.violation
    lines = [sentence(violation.message)]
    if violation.suggestion is not None:
        lines.append(f"→ {code(violation.suggestion)}")
    if one.values:
        lines.append(", ".join(f"{code(value.value)} {value.count:,}" for value in one.values[:_SAMPLES]))
    severity = "note" if one.severity is Severity.INFO else one.severity.value
    return row_of(
        severity,
        code(violation.rule),
        code(place_of(one)),
        f"{one.count:,}",
        plain(percentage(one.count, whole_of(one, result))),
        "<br>".join(lines),
        days_of(one.seen),
    )


def _key(one: KeyProfile, result: AuditResult) -> str:
    return row_of(
        code(one.key),
        "yes" if one.declared else "no",
        f"{one.requests:,}",
        plain(percentage(one.requests, result.requests)),
        f"{one.distinct:,}",
        f"{one.violations:,}",
        plain(percentage(one.score)),
    )
