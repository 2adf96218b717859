"""One line a finding, for editors, pipes and `grep`: `path:line:column: severity[rule] message`."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from propguard.model.text import visible

if TYPE_CHECKING:
    from propguard.report.envelope import Report


def render(report: Report, out: TextIO) -> None:
    """Write one line per finding, as it comes by."""
    for finding in report:
        violation = finding.violation
        text = f"{finding.where()}{violation.severity.value}[{violation.rule}] {violation.message}"
        out.write(visible(text + "".join(f" ({related.sentence()})" for related in finding.related)) + "\n")
