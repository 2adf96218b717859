"""What breaks the property schema among all that was written: judged as it comes, and listed for `GET /sandbox/report`."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from propguard.model.finding import Severity
from propguard.model.text import excerpt
from propguard.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from propguard.compilers import Checker
    from propguard.model.finding import Violation

MOST_VALUES = 20
MOST_REQUEST_IDS = 5
MOST_KEYS = 200
MOST_FINDINGS = 10_000
MOST_COUNTED_VALUES = 1_000
"""So many values are told apart per finding; of further ones only the number is kept."""

LONGEST = 2_000
"""A violation with more text than this is kept with its texts cut."""


@dataclass(slots=True)
class _Finding:
    """A rule broken at a key, however often."""

    example: Violation
    first_seen: datetime
    last_seen: datetime
    count: int = 0
    values: Counter[str] = field(default_factory=Counter)
    suggestions: dict[str, str | None] = field(default_factory=dict)
    request_ids: list[str] = field(default_factory=list)


class Judge:
    """Judges writes by `checker` and remembers what it found; `schema` is how its schema is called."""

    def __init__(self, checker: Checker, schema: str) -> None:
        self._checker = checker
        self._schema = schema
        self.forget()

    def forget(self) -> None:
        """Nothing has been written."""
        self._findings: dict[tuple[str, str | None], _Finding] = {}
        self._writes = 0
        self._beyond = 0

    def judge_property(self, request_id: str, key: str, value: str) -> tuple[Violation, ...]:
        """What a written property breaks; kept for the report."""
        return self._kept(self._checker.check(key, value, door="api"), request_id)

    def judge_request(
        self, request_id: str, properties: Mapping[str, str], repeated: Mapping[str, str]
    ) -> tuple[Violation, ...]:
        """What the headers of a new request break, of which some were `repeated` in another spelling; kept for the report."""
        violations = self._checker.check_record(properties, door="header")
        if repeated:
            further = self._checker.check_record(repeated, door="header")
            violations += tuple(violation for violation in further if violation.rule == "duplicate-header")
        return self._kept(violations, request_id)

    def _kept(self, violations: tuple[Violation, ...], request_id: str) -> tuple[Violation, ...]:
        self._writes += 1
        for violation in violations:
            self._keep(_bounded(violation), excerpt(request_id))
        return violations

    def _keep(self, violation: Violation, request_id: str) -> None:
        now = datetime.now(UTC)
        finding = self._findings.get((violation.rule, violation.key))
        if finding is None:
            if len(self._findings) >= MOST_FINDINGS:
                self._beyond += 1
                return
            finding = self._findings[violation.rule, violation.key] = _Finding(violation, now, now)
        finding.count += 1
        finding.last_seen = now
        value = violation.value
        if value is not None and (value in finding.values or len(finding.values) < MOST_COUNTED_VALUES):
            finding.values[value] += 1
            finding.suggestions[value] = violation.suggestion
        if len(finding.request_ids) < MOST_REQUEST_IDS and request_id not in finding.request_ids:
            finding.request_ids.append(request_id)

    def report(self) -> dict[str, object]:
        """Every violation so far, in the envelope of all commands that report findings: one finding per rule and key."""
        found = sorted(self._findings.values(), key=_order)
        by_severity: Counter[Severity] = Counter()
        for finding in found:
            by_severity[finding.example.severity] += finding.count
        return {
            "version": 1,
            "tool": {"name": "propguard", "version": VERSION},
            "summary": {
                "errors": by_severity[Severity.ERROR],
                "warnings": by_severity[Severity.WARNING],
                "infos": by_severity[Severity.INFO],
                "writes": self._writes,
                "not_listed": self._beyond,
            },
            "findings": list(self._documents(found)),
        }

    def _documents(self, found: Iterable[_Finding]) -> Iterable[dict[str, object]]:
        per_rule: dict[str, list[_Finding]] = {}
        for finding in found:
            per_rule.setdefault(finding.example.rule, []).append(finding)
        for findings in per_rule.values():
            if len(findings) > MOST_KEYS:
                yield self._rolled_up(findings)
            else:
                yield from map(self._document, findings)

    def _document(self, finding: _Finding) -> dict[str, object]:
        violation = finding.example
        return {
            "rule": violation.rule,
            "severity": violation.severity.value,
            "message": violation.message,
            "key": violation.key,
            "value": violation.value,
            "schema": self._schema,
            "suggestion": violation.suggestion,
            "fix": None,
            "context": dict(violation.context),
            "count": finding.count,
            "values": [
                {"value": value, "count": times, "suggestion": finding.suggestions[value]}
                for value, times in finding.values.most_common(MOST_VALUES)
            ],
            "request_ids": finding.request_ids,
            "first_seen": finding.first_seen.isoformat(timespec="milliseconds"),
            "last_seen": finding.last_seen.isoformat(timespec="milliseconds"),
        }

    def _rolled_up(self, findings: list[_Finding]) -> dict[str, object]:
        """One finding for a rule that is broken at too many keys to list."""
        return {
            **self._document(findings[0]),
            "key": None,
            "value": None,
            "suggestion": None,
            "context": {"keys": len(findings), "examples": [finding.example.key for finding in findings[:MOST_VALUES]]},
            "count": sum(finding.count for finding in findings),
            "values": [],
            "first_seen": min(finding.first_seen for finding in findings).isoformat(timespec="milliseconds"),
            "last_seen": max(finding.last_seen for finding in findings).isoformat(timespec="milliseconds"),
        }


def _bounded(violation: Violation) -> Violation:
    """A violation that is short enough to be kept, however long the key and the value were."""
    key, value, suggestion = violation.key, violation.value, violation.suggestion
    if sum(len(text) for text in (key, value, suggestion, violation.message) if text) <= LONGEST:
        return violation
    return replace(
        violation,
        message=excerpt(violation.message, LONGEST),
        key=None if key is None else excerpt(key, LONGEST),
        value=None if value is None else excerpt(value, LONGEST),
        suggestion=None if suggestion is None else excerpt(suggestion, LONGEST),
        context={},
    )


_WEIGHTS = {severity: weight for weight, severity in enumerate(Severity)}


def _order(finding: _Finding) -> tuple[int, str, int, str]:
    """Heaviest first, then by rule, then most often first."""
    violation = finding.example
    return _WEIGHTS[violation.severity], violation.rule, -finding.count, violation.key or ""


def described(violations: Iterable[Violation]) -> list[dict[str, object]]:
    """Violations as parts of an answer that refuses them."""
    return [
        {
            "rule": violation.rule,
            "severity": violation.severity.value,
            "message": violation.message,
            "key": violation.key,
            "value": violation.value,
            "suggestion": violation.suggestion,
            "context": dict(violation.context),
        }
        for violation in violations
    ]
