"""What an audit found as findings, for the formats that know findings only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from propguard.model.finding import DataPlace, Finding
from propguard.report.envelope import Report

if TYPE_CHECKING:
    from propguard.audit import AuditResult, DataFinding


def report_of(result: AuditResult, rows_file: str | None = None, schema_file: str | None = None) -> Report:
    """All findings in their order; the files are those of a report."""
    counted = {"requests": result.requests, "properties": result.properties}
    findings = (as_finding(one, result) for one in result.findings)
    return Report(findings, counted, nothing_judged=result.nothing_judged, rows_file=rows_file, schema_file=schema_file)


def as_finding(one: DataFinding, result: AuditResult) -> Finding:
    """One of them; its place is the source, and what is wrong in it."""
    return Finding(one.violation, DataPlace(result.source, place_of(one), one.count), result.schema)


def place_of(one: DataFinding) -> str:
    """The key, or what a finding without one is about."""
    key = one.violation.key
    if key is None:
        return "many keys" if "keys" in one.violation.context else "requests as a whole"
    return key or "the empty key"
