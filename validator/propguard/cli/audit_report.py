"""How an audit ends: what is printed and written where, and the exit code."""

from __future__ import annotations

import io
import os
import shutil
import sys
from typing import TYPE_CHECKING, TypedDict

from propguard.audit import reasons_to_fail
from propguard.cli.earlier import earlier_at
from propguard.cli.options import ALLOW_EMPTY, has_colour
from propguard.cli.outcome import project_root
from propguard.errors import UsageError, system_reason
from propguard.files import write_output
from propguard.model.text import visible
from propguard.report.audit import ready, render_audit

if TYPE_CHECKING:
    from propguard.audit import AuditResult
    from propguard.audit.verdict import FailOn
    from propguard.model.earlier import EarlierAudit

_WIDTH_OF_A_FILE = 120
_FAILED = 2


class ReportFiles(TypedDict):
    """The file that was audited, if it is one file, and that of the schema."""

    rows_file: str | None
    schema_file: str | None


def before(baseline: str | None, fail_on: FailOn, formats: tuple[str, ...]) -> EarlierAudit | None:
    """The earlier audit, where one is named. Raises UsageError for all that an audit would be made in vain for."""
    for name in formats:
        ready(name)
    if baseline is not None:
        return earlier_at(baseline)
    if fail_on == "new":
        raise UsageError("--fail-on new compares with an earlier audit; name its JSON with --baseline FILE")
    return None


def write_page(result: AuditResult, path: str) -> None:
    """Put the report in HTML at `path`. Raises UsageError where it cannot be written."""
    out = io.StringIO()
    render_audit(result, out, "html")
    try:
        write_output(path, out.getvalue().encode(), lasting=False)
    except OSError as error:
        raise UsageError(f"cannot write {path}: {system_reason(error)}") from None
    sys.stderr.write(visible(f"wrote {path}") + "\n")


def show_audit(
    result: AuditResult,
    format_name: str,
    fail_on: FailOn,
    *,
    min_score: float | None,
    earlier: EarlierAudit | None,
    allows_empty: bool,
    files: ReportFiles,
) -> int:
    """The audit on standard output, why it is not good enough on standard error.

    Returns 2 where nothing was judged, unless that is allowed, 1 where the audit is not good enough, else 0.
    """
    reasons = reasons_to_fail(result, fail_on, min_score=min_score, earlier=earlier)
    width = shutil.get_terminal_size((_WIDTH_OF_A_FILE, 24)).columns if sys.stdout.isatty() else _file_width()
    render_audit(result, sys.stdout, format_name, colour=has_colour(), width=width, root=project_root(), **files)
    sys.stdout.flush()
    sys.stderr.writelines(f"propguard: {visible(reason)}\n" for reason in reasons)
    if result.nothing_judged is None:
        return int(bool(reasons))
    if allows_empty:
        sys.stderr.write(f"notice: {visible(result.nothing_judged)}\n")
        return int(bool(reasons))
    sys.stderr.write(f"propguard: {visible(result.nothing_judged)}; {ALLOW_EMPTY}\n")
    return _FAILED


def _file_width() -> int:
    """What COLUMNS asks for."""
    asked = os.environ.get("COLUMNS", "")
    return int(asked) if asked.isdecimal() else _WIDTH_OF_A_FILE
