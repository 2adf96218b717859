"""An audit as JSON, version 1 (section 4 of the contract)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, TextIO

from propguard.model.finding import Severity
from propguard.version import VERSION

if TYPE_CHECKING:
    from datetime import datetime

    from propguard.audit import AuditResult, DataFinding, KeyProfile
    from propguard.audit.result import Seen, ValueCount


def render(result: AuditResult, out: TextIO) -> None:
    """Write `result` to `out`."""
    counts = {severity: sum(one.severity is severity for one in result.findings) for severity in Severity}
    document = {
        "version": 1,
        "tool": {"name": "propguard", "version": VERSION},
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
        "findings": [_finding(one, result.schema) for one in result.findings],
        "keys": [_key(one) for one in result.keys],
    }
    json.dump(document, out, indent=2)
    out.write("\n")


def _finding(one: DataFinding, schema: str) -> dict[str, Any]:
    violation = one.violation
    return {
        "rule": violation.rule,
        "severity": violation.severity.value,
        "message": violation.message,
        "key": violation.key,
        "value": violation.value,
        "schema": schema,
        "suggestion": violation.suggestion,
        "fix": None,
        "context": dict(violation.context),
        "count": one.count,
        "values": [{**_value(value), "suggestion": value.suggestion} for value in one.values],
        "request_ids": list(one.request_ids),
        **_seen(one.seen),
    }


def _key(one: KeyProfile) -> dict[str, Any]:
    return {
        "key": one.key,
        "declared": one.declared,
        "requests": one.requests,
        "distinct": one.distinct,
        "violations": one.violations,
        "score": one.score,
        **_seen(one.seen),
        "top_values": [_value(value) for value in one.top_values],
    }


def _value(value: ValueCount) -> dict[str, Any]:
    return {"value": value.value, "count": value.count}


def _seen(when: Seen) -> dict[str, Any]:
    return {"first_seen": _iso(when.first), "last_seen": _iso(when.last)}


def _iso(time: datetime | None) -> str | None:
    return None if time is None else time.isoformat(timespec="milliseconds").replace("+00:00", "Z")
