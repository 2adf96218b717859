"""Whether an audit is good enough."""

from __future__ import annotations

import pytest
from hypothesis import given

from propguard.audit import AuditResult, DataFinding, reasons_to_fail
from propguard.errors import UsageError
from propguard.model.earlier import earlier_audit
from propguard.model.finding import Severity
from tests.report.audits import audited, audits, data_finding, rendered


def many(keys: int) -> DataFinding:
    return data_finding("key-case", None, f"{keys} keys break this rule", context={"keys": keys, "examples": ["a"]})


WARNING = data_finding("value-placeholder", "app", "`app` is `TODO`", severity=Severity.WARNING)
DRIFT = data_finding("value-drift", "app", "no request of the earlier audit has `app`", severity=Severity.WARNING)
NOTE = data_finding("never-seen", "app", "no request has `app`", severity=Severity.INFO)


@pytest.mark.parametrize(
    ("found", "errors", "warnings"),
    [
        ((), (), ()),
        ((NOTE,), (), ()),
        ((WARNING,), (), ("1 finding (--fail-on warning): value-placeholder at `app`",)),
        (
            (data_finding(), WARNING),
            ("1 error (--fail-on error): key-alias at `env`",),
            ("2 findings (--fail-on warning): key-alias at `env`, value-placeholder at `app`",),
        ),
    ],
)
def test_severities(found: tuple[DataFinding, ...], errors: tuple[str, ...], warnings: tuple[str, ...]) -> None:
    """`error` looks at errors, `warning` at both, and a note never fails."""
    assert reasons_to_fail(audited(*found), "error") == errors
    assert reasons_to_fail(audited(*found), "warning") == warnings


@pytest.mark.parametrize(
    ("before", "now", "fails"),
    [
        ((data_finding(),), (data_finding(),), False),
        ((data_finding(),), (data_finding(count=10**6),), False),  # more requests of what is known
        ((data_finding(),), (), False),  # it was mended
        ((), (NOTE,), False),
        ((), (data_finding(),), True),
        ((), (WARNING,), True),
        ((data_finding(),), (data_finding(key="stage"),), True),
        ((data_finding(severity=Severity.WARNING),), (data_finding(),), True),  # it weighs more than it did
        ((data_finding(),), (data_finding(severity=Severity.WARNING),), False),
        ((DRIFT,), (DRIFT,), True),  # from what the earlier audit itself had drifted, this one has not
        ((many(300),), (many(300),), False),
        ((many(300),), (many(301),), True),
        ((many(300),), (data_finding("key-case", "Env"),), False),  # which they were is not known
        (tuple(data_finding("key-case", f"K{n}") for n in range(200)), (many(201),), True),
    ],
)
def test_what_is_new(before: tuple[DataFinding, ...], now: tuple[DataFinding, ...], fails: bool) -> None:
    """A rule at a key is known where the earlier audit had it, at least as heavy."""
    earlier = earlier_audit(rendered(audited(*before), "json").encode(), "before.json")
    assert bool(reasons_to_fail(audited(*now), "new", earlier=earlier)) == fails


@given(audits())
def test_nothing_is_new_against_itself(result: AuditResult) -> None:
    """What one audit writes, the next one reads."""
    earlier = earlier_audit(rendered(result, "json").encode(), "before.json")
    found = {(one.violation.rule, one.violation.key) for one in result.findings}
    drifted = any(one.violation.rule == "value-drift" for one in result.findings)
    if len(found) == len(result.findings) and not drifted:  # an audit never tells of a rule and a key twice
        assert reasons_to_fail(result, "new", earlier=earlier) == ()


def test_new_needs_something_to_compare_with() -> None:
    """The message says how to name it."""
    with pytest.raises(UsageError, match="--baseline FILE"):
        reasons_to_fail(audited(), "new")


@pytest.mark.parametrize(("score", "fails"), [(0.95, False), (0.949999, True), (1.0, False)])
def test_the_least_score(score: float, fails: bool) -> None:
    """A score equal to it is good enough."""
    reasons = reasons_to_fail(audited(score=score), "error", min_score=0.95)
    assert reasons == (("the score is 0.949999, below --min-score 0.95",) if fails else ())
