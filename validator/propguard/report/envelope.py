"""What every command that reports findings hands to a reporter, whatever the format."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from propguard.model.finding import Finding, Severity


class Report:
    """Findings in the order in which they are shown, gone through once and counted as they come by.

    So a stream of records can be reported while it is read. `counted` is what else the summary counts, in its order; it
    may grow meanwhile. `details` is what a command tells other programs besides, by the names that it has in JSON.
    `nothing_judged` is why there was nothing to judge, for formats in which no finding would look like a success. `rows_file`
    is the path of the file that records or stored data were read from, if it is one, and `schema_file` that of the schema that
    judged: where findings stand for readers that know places in files only.
    """

    def __init__(
        self,
        findings: Iterable[Finding],
        counted: Mapping[str, int],
        details: Mapping[str, object] | None = None,
        *,
        nothing_judged: str | None = None,
        rows_file: str | None = None,
        schema_file: str | None = None,
    ) -> None:
        self._findings = findings
        self._counts: Counter[Severity] = Counter()
        self._rules: Counter[str] = Counter()
        self.counted = counted
        self.details = details or {}
        self.nothing_judged = nothing_judged
        self.rows_file = rows_file
        self.schema_file = schema_file
        self.fixable = 0
        """How many of the findings that came by `--fix` would mend."""
        self.fixable_unsafely = 0
        """How many more it would mend with `--unsafe-fixes`."""

    def __iter__(self) -> Iterator[Finding]:
        for finding in self._findings:
            self._counts[finding.violation.severity] += 1
            self._rules[finding.violation.rule] += 1
            if finding.fix is not None:
                self.fixable += finding.fix.safe
                self.fixable_unsafely += not finding.fix.safe
            yield finding

    def count(self, severity: Severity) -> int:
        """How many findings of this severity came by."""
        return self._counts[severity]

    def by_rule(self) -> list[tuple[str, int]]:
        """How many findings of each rule came by, most first."""
        return sorted(self._rules.items(), key=lambda entry: (-entry[1], entry[0]))
