"""An audit as JSON, version 1 (section 4 of the contract)."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from propguard.model.finding import Severity
from propguard.report.audit.as_findings import as_finding
from propguard.report.audit.figures import iso_day
from propguard.report.json_format import TOOL, finding_document, write

if TYPE_CHECKING:
    from datetime import datetime

    from propguard.audit import AuditResult, DataFinding
    from propguard.audit.result import Day
    from propguard.model.profile import KeyProfile, Seen, ValueCount


def render(result: AuditResult, out: TextIO) -> None:
    """Write `result` to `out`."""
    counts = {severity: sum(one.severity is severity for one in result.findings) for severity in Severity}
    document = {
        "version": 1,
        "tool": TOOL,
        "summary": {
            "errors": counts[Severity.ERROR],
            "warnings": counts[Severity.WARNING],
            "infos": counts[Severity.INFO],
        },
        "source": result.source,
        "engine": result.engine,
        "window": {"since": _iso(result.window.first), "until": _iso(result.window.last)},
        "requests": result.requests,
        "properties": result.properties,
        "score": result.score,
        "notices": list(result.notices),
        "days": [_day(one) for one in result.days],
        "findings": [_finding(one, result) for one in result.findings],
        "keys": [_key(one) for one in result.keys],
    }
    write(document, out)


def _finding(one: DataFinding, result: AuditResult) -> dict[str, object]:
    return {
        **finding_document(as_finding(one, result)),
        "values": [{**_value(value), "suggestion": value.suggestion} for value in one.values],
        "request_ids": list(one.request_ids),
        **seen_document(one.seen),
    }


def _key(one: KeyProfile) -> dict[str, object]:
    return {
        "key": one.key,
        "declared": one.declared,
        "requests": one.requests,
        "distinct": one.distinct,
        "violations": one.violations,
        "score": one.score,
        **seen_document(one.seen),
        "top_values": [_value(value) for value in one.top_values],
    }


def _day(one: Day) -> dict[str, object]:
    return {"day": iso_day(one.day), "requests": one.requests, "requests_with_error": one.requests_with_error}


def _value(value: ValueCount) -> dict[str, object]:
    return {"value": value.value, "count": value.count}


def seen_document(when: Seen) -> dict[str, object]:
    """When something was first and last seen."""
    return {"first_seen": _iso(when.first), "last_seen": _iso(when.last)}


def _iso(time: datetime | None) -> str | None:
    return None if time is None else time.isoformat(timespec="milliseconds").replace("+00:00", "Z")
