"""Findings as SARIF 2.1.0, which code scanning and editors read (OASIS; sections of the standard are named as §)."""

from __future__ import annotations

import json
import os
import re
from typing import TYPE_CHECKING, TextIO
from urllib.parse import quote

from propguard.model.finding import DataPlace, FilePlace, Severity
from propguard.model.text import visible
from propguard.report.advice import advice
from propguard.report.fingerprint import Fingerprints
from propguard.report.paths import from_root
from propguard.report.sarif_rules import descriptor
from propguard.version import VERSION

if TYPE_CHECKING:
    from propguard.model.finding import Finding, Fix, Related, Span
    from propguard.report.envelope import Report

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_ROOT = "%SRCROOT%"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_LOOKS_LIKE_LINK = re.compile(r"\[[^\[\]]*\]\(")
_BRACKET = re.compile(r"[\[\]\\]")


def render(report: Report, out: TextIO, root: str) -> None:
    """Write one run, as a whole, so that no half of one is ever read. Of the rules those that were broken are told."""
    fingerprints = Fingerprints()
    rules: dict[str, int] = {}
    results = [_result(finding, rules, fingerprints.of(finding), report, root) for finding in report]
    run = {
        "tool": {
            "driver": {
                "name": "propguard",
                "version": VERSION,
                "semanticVersion": VERSION,
                "rules": [descriptor(rule, _LEVELS) for rule in rules],
            }
        },
        "invocations": [_invocation(report)],
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The root of the project that was judged."}}},
        "columnKind": "unicodeCodePoints",
        "results": results,
    }
    json.dump({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, out, indent=2)
    out.write("\n")


def _invocation(report: Report) -> dict[str, object]:
    """How the run went; that nothing was judged is a notification (§3.20.21)."""
    if report.nothing_judged is None:
        return {"executionSuccessful": True}
    notification = {"level": "warning", "message": {"text": _message(report.nothing_judged)}}
    return {"executionSuccessful": True, "toolExecutionNotifications": [notification]}


def _result(finding: Finding, rules: dict[str, int], fingerprint: str, report: Report, root: str) -> dict[str, object]:
    violation = finding.violation
    told = {
        "key": violation.key,
        "value": violation.value,
        "suggestion": violation.suggestion,
        "schema": finding.schema,
    }
    result: dict[str, object] = {
        "ruleId": violation.rule,
        "ruleIndex": rules.setdefault(violation.rule, len(rules)),
        "level": _LEVELS[violation.severity],
        "message": {"text": _message(violation.message)},
        "locations": [_location(finding, report, root)],
        "partialFingerprints": {"propguard/v1": fingerprint},
        "properties": {name: visible(text) for name, text in told.items() if text is not None},
    }
    if isinstance(finding.place, DataPlace) and finding.place.requests:  # the standard begins at 1
        result["occurrenceCount"] = finding.place.requests
    if finding.related:
        result["relatedLocations"] = [_related(one, root) for one in dict.fromkeys(finding.related)]
    if finding.fix is not None:
        result["fixes"] = [_fix(finding.fix, advice(finding) or "", root)]
    return result


def _message(text: str) -> str:
    """A message in which nothing is taken for a link (§3.11.6)."""
    shown = visible(text)
    return _BRACKET.sub(r"\\\g<0>", shown) if _LOOKS_LIKE_LINK.search(shown) else shown


def _location(finding: Finding, report: Report, root: str) -> dict[str, object]:
    """Where it stands; what is no place in a file is one in the file of the rows, or else in the schema that judged."""
    place = finding.place
    if isinstance(place, FilePlace):
        return {"physicalLocation": _physical(place.path, _region(place.span), root)}
    if isinstance(place, DataPlace):
        logical = {
            "fullyQualifiedName": visible(f"{place.source}: {place.at}"),
            "name": visible(place.at),
            "kind": "member",
        }
        line = 1
    else:
        logical = {"fullyQualifiedName": f"record {place.record}", "kind": "object"}
        if place.shown_id is not None:
            logical["name"] = visible(place.shown_id)
        line = place.record if report.rows_file is not None else 1
    path = report.rows_file or report.schema_file
    physical = {} if path is None else {"physicalLocation": _physical(path, {"startLine": line}, root)}
    return {**physical, "logicalLocations": [logical]}


def _related(related: Related, root: str) -> dict[str, object]:
    return {
        "physicalLocation": _physical(related.path, _region(related.span), root),
        "message": {"text": _message(related.message)},
    }


def _physical(path: str, region: dict[str, int], root: str) -> dict[str, object]:
    return {"artifactLocation": _artifact(path, root), "region": region}


def _artifact(path: str, root: str) -> dict[str, str]:
    """A file by its address: from the root of the project, or in full where it lies outside (§3.4.3 allows no `..`)."""
    seen = from_root(path, root)
    if not os.path.isabs(seen):
        return {"uri": _quoted(seen), "uriBaseId": _ROOT}
    return {"uri": "file://" + _quoted(seen if seen.startswith("/") else f"/{seen}")}


def _quoted(path: str) -> str:
    """The bytes that the name has on the disk, percent-encoded where they must be."""
    try:
        name = os.fsencode(path)
    except UnicodeEncodeError:  # a name that no file here can have
        name = path.encode("utf-8", "surrogatepass")
    return quote(name, safe="/")


def _region(span: Span) -> dict[str, int]:
    return {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
    }


def _fix(fix: Fix, description: str, root: str) -> dict[str, object]:
    changes: dict[str, list[object]] = {}
    for edit in fix.edits:
        replacement = {"deletedRegion": _region(edit.span), "insertedContent": {"text": edit.text}}
        changes.setdefault(edit.path, []).append(replacement)
    return {
        "description": {"text": _message(description)},
        "artifactChanges": [
            {"artifactLocation": _artifact(path, root), "replacements": replacements}
            for path, replacements in changes.items()
        ],
        "properties": {"safe": fix.safe},
    }
