"""How many findings each rule has, most first."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from propguard.errors import UsageError
from propguard.report.style import Style

if TYPE_CHECKING:
    from propguard.report.envelope import Report


def render_statistics(report: Report, out: TextIO, format_name: str, *, colour: bool = False) -> None:
    """Write a line per rule, or in JSON the envelope with `statistics` beside the findings.

    Raises UsageError for a format that has no place for them.
    """
    if format_name == "json":
        from propguard.report import json_format

        json_format.render(report, out, statistics=True)
        return
    if format_name != "text":
        raise UsageError(f"--statistics are shown as text or as json, not as {format_name}")
    for _ in report:  # counted, not shown
        pass
    style = Style(colour=colour)
    by_rule = report.by_rule()
    width = max((len(str(count)) for _, count in by_rule), default=0)
    out.writelines(f"{count:{width}}  {style.paint(rule, 'strong')}\n" for rule, count in by_rule)
