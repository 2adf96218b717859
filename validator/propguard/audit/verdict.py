"""Whether an audit is good enough, and if not, why; an earlier audit says what was known."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

from propguard.errors import UsageError
from propguard.model.finding import Severity
from propguard.model.text import excerpt

if TYPE_CHECKING:
    from collections.abc import Mapping

    from propguard.audit.result import AuditResult, DataFinding

FailOn = Literal["error", "warning", "new"]
FAIL_ON: tuple[FailOn, ...] = get_args(FailOn)

_WEIGHT = {severity: weight for weight, severity in enumerate(reversed(Severity))}
_EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class Earlier:
    """What an earlier audit found: by rule and key, how much it weighed; of a rule that many keys broke, at how many."""

    known: Mapping[tuple[str, str | None], Severity]
    many: Mapping[str, int]

    def knows(self, finding: DataFinding) -> bool:
        """Whether it is the same, however many requests have it; what weighs more than it did is not.

        Where a rule is broken by so many keys that they are one finding, their number must not have grown; where they
        were, no single key of it is new, as which they were is not told.
        """
        violation = finding.violation
        if violation.key is None and "keys" in violation.context:
            before = self.many.get(violation.rule, sum(rule == violation.rule for rule, _ in self.known))
            return int(str(violation.context["keys"])) <= before
        weight = self.known.get((violation.rule, violation.key))
        if weight is None:
            return violation.rule in self.many
        return _WEIGHT[finding.severity] <= _WEIGHT[weight]


def earlier_audit(document: bytes, path: str) -> Earlier:
    """What `document`, the content of the file at `path`, says; it is what `--format json` wrote.

    Raises UsageError where it is anything else.
    """
    known: dict[tuple[str, str | None], Severity] = {}
    many: dict[str, int] = {}
    try:
        read = json.loads(document)
        if read["version"] != 1:
            raise UsageError(f"{path} is JSON of version {read['version']}, and this propguard reads version 1 only")
        for finding in read["findings"]:
            rule, key, severity = finding["rule"], finding["key"], Severity(finding["severity"])
            finding["count"]  # findings of other commands have none
            if key is None and "keys" in finding["context"]:
                many[rule] = int(finding["context"]["keys"])
            else:
                known[rule, key] = severity
        read["keys"]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise UsageError(
            f"{path} is no earlier audit; write one with `propguard audit … --format json > {path}`"
        ) from None
    return Earlier(known, many)


def reasons_to_fail(
    result: AuditResult, fail_on: FailOn, *, min_score: float | None = None, earlier: Earlier | None = None
) -> tuple[str, ...]:
    """Why `result` is not good enough, a sentence each; none where it is.

    With `new`, errors and warnings count that `earlier` does not know. Raises UsageError where it is not there.
    """
    reasons = []
    if fail_on == "new":
        if earlier is None:
            raise UsageError("--fail-on new compares with an earlier audit; name its JSON with --baseline FILE")
        failing = [one for one in result.findings if one.severity is not Severity.INFO and not earlier.knows(one)]
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
    if min_score is not None and result.score < min_score:
        reasons.append(f"the score is {result.score:.6g}, below --min-score {min_score:g}")
    return tuple(reasons)


def _name(finding: DataFinding) -> str:
    violation = finding.violation
    return violation.rule if not violation.key else f"{violation.rule} at `{excerpt(violation.key, 40)}`"
