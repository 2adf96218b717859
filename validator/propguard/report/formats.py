"""The formats by name, each imported when it is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from propguard.report.envelope import Report

FORMATS = ("text", "json")


def render(report: Report, out: TextIO, format_name: str, *, colour: bool = False) -> None:
    """Write `report` to `out` in one of FORMATS. Only text has a use for `colour`."""
    if format_name == "json":
        from propguard.report import json_format

        json_format.render(report, out)
    else:
        from propguard.report import text_format

        text_format.render(report, out, colour=colour)
