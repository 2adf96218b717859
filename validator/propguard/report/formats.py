"""The formats by name, each imported when it is asked for."""

from __future__ import annotations

import os
from importlib import import_module
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from propguard.report.envelope import Report

FORMATS = ("text", "concise", "json", "sarif", "github", "gitlab", "junit", "markdown")

_WITH_PATHS_OF_A_PROJECT = frozenset({"sarif", "github", "gitlab"})


def render(report: Report, out: TextIO, format_name: str, *, colour: bool = False, root: str | None = None) -> None:
    """Write `report` to `out` in one of FORMATS.

    Only text has a use for `colour`. `root` is the folder from which the platforms that show findings beside the code
    see its files; the working directory where none is given.
    """
    if format_name == "text":
        from propguard.report import text_format

        text_format.render(report, out, colour=colour)
    elif format_name == "json":
        from propguard.report import json_format

        json_format.render(report, out)
    elif format_name in _WITH_PATHS_OF_A_PROJECT:
        import_module(f"propguard.report.{format_name}").render(report, out, root or os.getcwd())
    else:
        import_module(f"propguard.report.{format_name}").render(report, out)
