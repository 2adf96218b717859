"""What an audit found as findings, for the formats that know findings only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from propguard.model.finding import DataPlace, Finding
from propguard.report.envelope import Report

if TYPE_CHECKING:
    from propguard.audit import AuditResult, DataFinding

_WITHOUT_KEY = (("keys", "many keys"), ("unread", "rows"))
"""What a finding without a key is about, by what its context holds."""


def report_of(result: AuditResult, rows_file: str | None = None, schema_file: str | None = None) -> Report:
    """All findings in their order; the files are those of a report."""
    counted = {"requests": result.requests, "properties": result.properties}
    findings = (as_finding(one, result) for one in result.findings)
    return Report(findings, counted, nothing_judged=result.nothing_judged, rows_file=rows_file, schema_file=schema_file)


def as_finding(one: DataFinding, result: AuditResult) -> Finding:
    """One of them; its place is the source, and what is wrong in it."""
    place = DataPlace(result.source, place_of(one), one.count)
    return Finding(one.violation, place, result.schema, related=one.related)


def place_of(one: DataFinding) -> str:
    """The key, or what a finding without one is about."""
    key = one.violation.key
    if key is None:
        return next((name for known, name in _WITHOUT_KEY if known in one.violation.context), "requests as a whole")
    return key or "the empty key"


def whole_of(one: DataFinding, result: AuditResult) -> int:
    """Of how many requests or rows its count is a part."""
    return result.unread.rows if "unread" in one.violation.context else result.requests
