"""Audits for reporters: one that looks like life, and any that there could be."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from propguard.audit import AuditResult, DataFinding
from propguard.audit.result import Day
from propguard.model.finding import Severity, Violation
from propguard.model.profile import KeyProfile, Seen, ValueCount
from propguard.report.audit import render_audit
from propguard.rules.book import RULES
from tests.report.findings import texts

if TYPE_CHECKING:
    from collections.abc import Mapping

BEGIN = datetime(2026, 1, 5, 8, 30, tzinfo=UTC)
NEVER = Seen(None, None)
FIRST_DAY = (BEGIN - datetime(1970, 1, 1, tzinfo=UTC)).days
RULE_IDS = [rule.id for rule in RULES if "D" in rule.doors]


def seen(first: int, last: int) -> Seen:
    """From one day to another, counted from the first of the data."""
    return Seen(BEGIN + timedelta(days=first), BEGIN + timedelta(days=last))


def data_finding(
    rule: str = "key-alias",
    key: str | None = "env",
    message: str = "`env` is an alias of `environment`",
    *,
    severity: Severity = Severity.ERROR,
    count: int = 1204,
    suggestion: str | None = None,
    values: tuple[ValueCount, ...] = (),
    request_ids: tuple[str, ...] = (),
    when: Seen = NEVER,
    context: Mapping[str, object] | None = None,
) -> DataFinding:
    """A finding in data; its value is the first of `values`."""
    value = values[0].value if values else None
    violation = Violation(rule, severity, message, key, value, suggestion, context or {})
    return DataFinding(violation, count, values, request_ids, when)


def audited(
    *findings: DataFinding, keys: tuple[KeyProfile, ...] = (), days: tuple[Day, ...] = (), score: float = 0.9
) -> AuditResult:
    """An audit of 12,345 requests."""
    return AuditResult(
        source="requests.parquet",
        engine="embedded",
        schema="support-app",
        window=seen(0, 89) if days else NEVER,
        requests=12_345,
        requests_with_error=852,
        properties=len(keys),
        score=score,
        findings=findings,
        keys=keys,
        days=days,
    )


def profile(key: str, requests: int, violations: int = 0, *, declared: bool = True, distinct: int = 3) -> KeyProfile:
    score = 1 - violations / requests if requests else None
    values = (ValueCount("production", requests // 2), ValueCount("staging", requests // 3)) if requests else ()
    return KeyProfile(key, declared, requests, distinct, violations, score, seen(0, 88) if requests else NEVER, values)


def lifelike() -> AuditResult:
    """What an audit of some months of a real program looks like."""
    ids = tuple(f"7d1f2c3e-0000-4000-8000-00000000000{number}" for number in range(5))
    return audited(
        data_finding(
            suggestion="environment", values=(ValueCount("prod", 1000), ValueCount("dev", 204)), request_ids=ids, when=seen(0, 60)
        ),
        data_finding(
            "value-not-allowed",
            "tier",
            "`prmium` is not allowed for `tier`; allowed: free, pro, premium",
            count=310,
            suggestion="premium",
            values=(ValueCount("prmium", 300, "premium"), ValueCount("gold", 10)),
            request_ids=ids[:2],
            when=seen(40, 88),
        ),
        data_finding(
            "value-sensitive",
            "note",
            "the value of `note` holds an e-mail address; write an opaque id instead, or declare `sensitive: allow`",
            count=12,
            values=(ValueCount("ada@… (15 characters)", 12),),
            when=seen(70, 71),
        ),
        data_finding(
            "unknown-property",
            None,
            "312 keys break this rule, such as `trace_0001`: A key is not declared.",
            count=312,
            when=seen(3, 30),
            context={"keys": 312, "examples": ["trace_0001", "trace_0002"]},
        ),
        data_finding(
            "required-property-missing", "app", "every record must have `app`", count=4, request_ids=ids[:1], when=seen(5, 5)
        ),
        data_finding(
            "value-whitespace",
            "project",
            "the value of `project` has blanks at an end: `beta `",
            severity=Severity.WARNING,
            count=40,
            suggestion="beta",
            values=(ValueCount("beta ", 40, "beta"),),
            when=seen(10, 80),
        ),
        data_finding(
            "never-seen", "feature_flag", "`feature_flag` is declared and no request has it", severity=Severity.INFO, count=0
        ),
        keys=(
            profile("environment", 11_000, 12),
            profile("tier", 9_000, 310, distinct=5),
            profile("note", 4_000, 12, distinct=3990),
            profile("env", 1_204, 1_204, declared=False),
            profile("project", 800),
            profile("feature_flag", 0, distinct=0),
        ),
        days=tuple(
            Day(FIRST_DAY + number, 60 + number * 2 + (number % 7) * 12 - (50 if number % 7 > 4 else 0))
            for number in range(90)
            if number not in {33, 34}
        ),
        score=0.93098,
    )  # fmt: skip


_times = st.none() | st.integers(0, 250_000_000_000).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))
_seen = st.builds(Seen, _times, _times)
_counts = st.integers(0, 10**12)
_values = st.builds(ValueCount, texts, _counts, st.none() | texts)
_scores = st.none() | st.floats(0, 1)
_violations = st.builds(
    Violation,
    st.sampled_from(RULE_IDS),
    st.sampled_from(Severity),
    texts,
    st.none() | texts,
    st.none() | texts,
    st.none() | texts,
    st.just({}) | st.builds(lambda keys, text: {"keys": keys, "examples": [text]}, st.integers(201, 9999), texts),
)
_findings = st.builds(
    DataFinding,
    _violations,
    _counts,
    st.lists(_values, max_size=3).map(tuple),
    st.lists(texts, max_size=2).map(tuple),
    _seen,
)
_profiles = st.builds(
    KeyProfile,
    texts,
    st.booleans(),
    _counts,
    _counts,
    _counts,
    _scores,
    _seen,
    st.lists(_values, max_size=2).map(tuple),
)
_days = st.dictionaries(st.integers(0, 60_000), st.integers(1, 10**9), max_size=5).map(
    lambda days: tuple(Day(day, days[day]) for day in sorted(days))
)


def audits() -> st.SearchStrategy[AuditResult]:
    """Any audit, with text of strangers wherever text may stand."""
    return st.builds(
        AuditResult,
        source=texts,
        engine=texts,
        schema=texts,
        window=_seen,
        requests=_counts,
        requests_with_error=_counts,
        properties=_counts,
        score=_scores,
        findings=st.lists(_findings, max_size=3).map(tuple),
        keys=st.lists(_profiles, max_size=3).map(tuple),
        days=_days,
        nothing_judged=st.none() | texts,
    )


def rendered(result: AuditResult, format_name: str, *, colour: bool = False, width: int = 120) -> str:
    out = io.StringIO()
    render_audit(result, out, format_name, colour=colour, width=width)
    return out.getvalue()
