"""What every command that reports findings hands to a reporter, whatever the format."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from propguard.model.finding import Finding, Severity


@dataclass(frozen=True, slots=True)
class Report:
    """Findings in the order in which they are shown; `counted` is what else the summary counts, in its order."""

    findings: Sequence[Finding]
    counted: Mapping[str, int] = field(default_factory=dict)

    def count(self, severity: Severity) -> int:
        return sum(finding.violation.severity is severity for finding in self.findings)

    @property
    def fixable(self) -> int:
        """How many findings `--fix` would mend."""
        return sum(finding.fix is not None and finding.fix.safe for finding in self.findings)
