"""Whether an audit is good enough, and if not, why; an earlier audit says what was known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from propguard.errors import UsageError
from propguard.model.finding import Severity
from propguard.model.text import excerpt
from propguard.rules.data import value_drift

if TYPE_CHECKING:
    from propguard.audit.result import AuditResult, DataFinding
    from propguard.model.earlier import EarlierAudit

FailOn = Literal["error", "warning", "new"]

_WEIGHT = {severity: weight for weight, severity in enumerate(reversed(Severity))}
_EXAMPLES = 3


def reasons_to_fail(
    result: AuditResult, fail_on: FailOn, *, min_score: float | None = None, earlier: EarlierAudit | None = None
) -> tuple[str, ...]:
    """Why `result` is not good enough, a sentence each; none where it is.

    With `new`, errors and warnings count that `earlier` does not know. Raises UsageError where it is not there.
    """
    reasons = []
    if fail_on == "new":
        if earlier is None:
            raise UsageError("--fail-on new compares with an earlier audit; name its JSON with --baseline FILE")
        failing = [one for one in result.findings if one.severity is not Severity.INFO and not _is_known(earlier, one)]
        kind = "new finding"
    else:
        failing = [one for one in result.findings if _WEIGHT[one.severity] >= _WEIGHT[Severity(fail_on)]]
        kind = "finding" if fail_on == "warning" else "error"
    if failing:
        names = ", ".join(_name(one) for one in failing[:_EXAMPLES])
        more = ", …" if len(failing) > _EXAMPLES else ""
        reasons.append(
            f"{len(failing):,} {kind if len(failing) == 1 else kind + 's'} (--fail-on {fail_on}): {names}{more}"
        )
    if min_score is not None and result.score is not None and result.score < min_score:
        reasons.append(f"the score is {result.score:.6g}, below --min-score {min_score:g}")
    return tuple(reasons)


def _name(finding: DataFinding) -> str:
    violation = finding.violation
    return violation.rule if not violation.key else f"{violation.rule} at `{excerpt(violation.key, 40)}`"


def _is_known(earlier: EarlierAudit, finding: DataFinding) -> bool:
    """Whether it is the same, however many requests have it; what weighs more than it did is not.

    Where a rule is broken by so many keys that they are one finding, their number must not have grown; where they
    were, no single key of it is new, as which they were is not told. What has drifted from the earlier audit is new by itself.
    """
    violation = finding.violation
    if violation.rule == value_drift.RULE.id:
        return False
    if violation.key is None and "keys" in violation.context:
        before = earlier.many.get(violation.rule, sum(rule == violation.rule for rule, _ in earlier.known))
        return int(str(violation.context["keys"])) <= before
    weight = earlier.known.get((violation.rule, violation.key))
    if weight is None:
        return violation.rule in earlier.many
    return _WEIGHT[finding.severity] <= _WEIGHT[weight]
