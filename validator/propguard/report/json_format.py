"""Findings and usages as JSON, version 1: a type of its own, never a dump of an internal class."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, TextIO

from propguard.model.finding import DataPlace, FilePlace, Severity
from propguard.model.secrets import shown_value, without_secrets
from propguard.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Sequence

    from propguard.model.finding import Finding, Fix, Span
    from propguard.model.usage import Usage
    from propguard.report.envelope import Report

TOOL = {"name": "propguard", "version": VERSION}


def render(report: Report, out: TextIO, *, statistics: bool = False) -> None:
    """Write the envelope of a command that reports findings, on demand with how many each rule has."""
    findings = [finding_document(finding) for finding in report]
    document: dict[str, object] = {
        "version": 1,
        "tool": TOOL,
        "summary": {
            "errors": report.count(Severity.ERROR),
            "warnings": report.count(Severity.WARNING),
            "infos": report.count(Severity.INFO),
            **report.counted,
        },
        **report.details,
    }
    if statistics:
        document["statistics"] = [{"rule": rule, "count": count} for rule, count in report.by_rule()]
    write({**document, "findings": findings}, out)


def render_usages(usages: Sequence[Usage], out: TextIO) -> None:
    """Write the inventory of usages."""
    write({"version": 1, "usages": [_usage(usage) for usage in usages]}, out)


def write(document: object, out: TextIO) -> None:
    """Characters beyond ASCII are escaped, so that no terminal, log or encoding can be hurt by them."""
    json.dump(document, out, indent=2, default=str)
    out.write("\n")


def finding_document(finding: Finding) -> dict[str, object]:
    """A finding with its place."""
    violation, place = finding.violation, finding.place
    document: dict[str, object] = {
        "rule": violation.rule,
        "severity": violation.severity.value,
        "message": violation.message,
        "key": violation.key,
        "value": violation.value,
        "schema": finding.schema,
        "suggestion": violation.suggestion,
        "fix": None if finding.fix is None else _fix(finding.fix),
        "context": dict(violation.context),
        "related": [{"path": one.path, **_span(one.span), "message": one.message} for one in finding.related],
    }
    if isinstance(place, FilePlace):
        return document | {"path": place.path} | _span(place.span)
    if isinstance(place, DataPlace):
        return document | {"count": place.requests}
    return document | {"record": place.record, "request_id": place.shown_id}


def _fix(fix: Fix) -> dict[str, object]:
    return {
        "safe": fix.safe,
        "edits": [{"path": edit.path, **_span(edit.span), "text": edit.text} for edit in fix.edits],
    }


def _span(span: Span) -> dict[str, object]:
    """A place in a file; in a notebook, in one of its cells."""
    lines: dict[str, object] = {
        "line": span.line,
        "column": span.column,
        "end_line": span.end_line,
        "end_column": span.end_column,
    }
    return lines if span.cell is None else {"cell": span.cell, **lines}


def _usage(usage: Usage) -> dict[str, object]:
    return {
        "path": usage.path,
        **({} if usage.span.cell is None else {"cell": usage.span.cell}),
        "line": usage.span.line,
        "column": usage.span.column,
        "language": usage.language,
        "door": usage.door,
        "wrapper": usage.wrapper,
        "shape": usage.shape,
        "written_key": None if usage.written_key is None else without_secrets(usage.written_key),
        "stored_key": None if usage.stored_key is None else without_secrets(usage.stored_key),
        "key_kind": usage.key_kind,
        "values": [shown_value(value.text) for value in usage.values],
        "value_kind": usage.value_kind,
    }
