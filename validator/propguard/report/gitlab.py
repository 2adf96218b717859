"""Findings as a Code Quality report of GitLab, which shows them in merge requests.

https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, TextIO

from propguard.model.finding import DataPlace, FilePlace, Severity
from propguard.model.text import visible
from propguard.report.fingerprint import Fingerprints
from propguard.report.paths import from_root

if TYPE_CHECKING:
    from propguard.model.finding import Finding
    from propguard.report.envelope import Report

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def render(report: Report, out: TextIO, root: str) -> None:
    """Write the report as a whole, so that no half of one is ever read."""
    fingerprints = Fingerprints()
    entries = [_entry(finding, fingerprints.of(finding), root) for finding in report]
    json.dump(entries, out, indent=2)
    out.write("\n")


def _entry(finding: Finding, fingerprint: str, root: str) -> dict[str, object]:
    path, line = _place(finding, root)
    remarks = "".join(f" ({related.sentence()})" for related in finding.related)
    return {
        "description": visible(finding.violation.message + remarks),
        "check_name": finding.violation.rule,
        "fingerprint": fingerprint,
        "severity": _SEVERITIES[finding.violation.severity],
        "location": {"path": visible(path), "lines": {"begin": line}},
    }


def _place(finding: Finding, root: str) -> tuple[str, int]:
    """A path and a line, which GitLab asks of everything; of a record its number, of data its source."""
    place = finding.place
    if isinstance(place, FilePlace):
        return from_root(place.path, root), place.span.line
    if isinstance(place, DataPlace):
        return place.source or "data", 1
    return "records", place.record
