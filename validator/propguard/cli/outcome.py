"""How a command that reports findings ends: what is printed where, and the exit code."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from propguard.cli.options import has_colour
from propguard.model.finding import Severity
from propguard.report import render

if TYPE_CHECKING:
    from propguard.report import Report


def show(report: Report, format_name: str, fail_on: str, *, statistics: bool = False, quiet: bool = False) -> int:
    """Findings on standard output, what they add up to on standard error; 1 where one weighs at least `fail_on`, else 0.

    With `statistics`, how many findings each rule has stands in their place. `quiet` leaves out the summary.
    """
    if statistics:
        from propguard.report.statistics import render_statistics

        render_statistics(report, sys.stdout, format_name, colour=has_colour())
    else:
        render(report, sys.stdout, format_name, colour=has_colour(), root=project_root())
    if format_name in {"text", "concise"} and not quiet:
        say_summary(report)
    return exit_code(report, fail_on)


def say_side_effects() -> None:
    """On standard error, before the first write, so that it can still be stopped."""
    from propguard.cli.extent import BLANKS

    sys.stdout.flush()
    sys.stderr.write(f"{BLANKS}; --accept-side-effects leaves this notice out\n")


def project_root() -> str:
    """The folder in which GitHub or GitLab has checked out what is judged; elsewhere the working directory."""
    here = os.getcwd()
    for name in ("GITHUB_WORKSPACE", "CI_PROJECT_DIR"):
        root = os.path.realpath(os.environ.get(name) or here)
        if here.startswith(os.path.join(root, "")):
            return root
    return here


def say_summary(report: Report) -> None:
    from propguard.report.text_format import summary

    sys.stdout.flush()
    sys.stderr.write(summary(report) + "\n")


def exit_code(report: Report, fail_on: str) -> int:
    """1 where a finding that came by weighs at least `fail_on`, else 0."""
    return int(report.count(Severity.ERROR) > 0 or (fail_on == "warning" and report.count(Severity.WARNING) > 0))
