"""The formats of an audit by name, each imported when it is asked for."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, TextIO

from propguard.report.formats import FORMATS, render

if TYPE_CHECKING:
    from types import ModuleType

    from propguard.audit import AuditResult

AUDIT_FORMATS = (*FORMATS, "html")

_OF_ITS_OWN = {"text": "terminal", "json": "json_format", "markdown": "markdown", "html": "html"}


def ready(format_name: str) -> None:
    """`render_audit` can write this format. Raises UsageError where that needs a package that is not installed."""
    if format_name in _OF_ITS_OWN:
        _module(format_name)


def render_audit(
    result: AuditResult,
    out: TextIO,
    format_name: str,
    *,
    colour: bool = False,
    width: int = 120,
    root: str | None = None,
    rows_file: str | None = None,
    schema_file: str | None = None,
) -> None:
    """Write `result` to `out` in one of AUDIT_FORMATS.

    Only text has a use for `colour` and for `width`, in cells; `root`, `rows_file` and `schema_file` are what they are for other findings.
    """
    if format_name == "text":
        _module(format_name).render(result, out, colour=colour, width=width)
    elif format_name in _OF_ITS_OWN:
        _module(format_name).render(result, out)
    else:
        from propguard.report.audit.as_findings import report_of

        render(report_of(result, rows_file, schema_file), out, format_name, root=root)


def _module(format_name: str) -> ModuleType:
    return import_module(f"propguard.report.audit.{_OF_ITS_OWN[format_name]}")
