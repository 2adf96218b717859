"""Findings as a test report in the XML of JUnit: a suite per file or source, a failed test per finding, a passed one per note."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TextIO

from propguard.model.finding import DataPlace, FilePlace, Severity
from propguard.model.text import visible
from propguard.report.advice import advice

if TYPE_CHECKING:
    from propguard.model.finding import Finding
    from propguard.report.envelope import Report

_MARKUP = re.compile("[&<>\"']|[^\x00-\x7f]")
_NOTHING = '  <testsuite name="propguard" tests="1" failures="0" errors="0"><testcase classname="propguard" name="nothing to report"/></testsuite>\n'
_NOTHING_JUDGED = '  <testsuite name="propguard" tests="1" failures="0" errors="0" skipped="1"><testcase classname="propguard" name="nothing to judge"><skipped message="{}"/></testcase></testsuite>\n'
"""Many readers take a report without a test for one that was never made."""


def render(report: Report, out: TextIO) -> None:
    """Write the report as a whole, so that no half of one is ever read."""
    suites: dict[str, list[str]] = {}
    failures: dict[str, int] = {}
    for finding in report:
        suite = _suite(finding)
        suites.setdefault(suite, []).append(_test(finding, suite))
        failures[suite] = failures.get(suite, 0) + (finding.violation.severity is not Severity.INFO)
    own = int(report.nothing_judged is not None or not suites)
    total, failed = sum(map(len, suites.values())) + own, sum(failures.values())
    out.write('<?xml version="1.0" encoding="UTF-8"?>\n')
    out.write(f'<testsuites name="propguard" tests="{total}" failures="{failed}" errors="0">\n')
    for suite, tests in suites.items():
        numbers = f'tests="{len(tests)}" failures="{failures[suite]}" errors="0"'
        out.write(f'  <testsuite name="{_escaped(suite)}" {numbers}>\n{"".join(tests)}  </testsuite>\n')
    if report.nothing_judged is not None:
        out.write(_NOTHING_JUDGED.format(_escaped(report.nothing_judged)))
    elif not suites:
        out.write(_NOTHING)
    out.write("</testsuites>\n")


def _test(finding: Finding, suite: str) -> str:
    violation = finding.violation
    name = f"{violation.rule} at {_number(finding)}"
    lines = [f"{finding.where()}{violation.severity.value}[{violation.rule}] {violation.message}"]
    lines += [f"  note: {related.sentence()}" for related in finding.related]
    if help_text := advice(finding):
        lines.append(f"  help: {help_text}")
    details = "\n".join(map(_escaped, lines))
    if violation.severity is Severity.INFO:
        outcome = f"<system-out>{details}</system-out>"
    else:
        outcome = (
            f'<failure type="{violation.severity.value}" message="{_escaped(violation.message)}">{details}</failure>'
        )
    return f'    <testcase classname="{_escaped(suite)}" name="{_escaped(name)}">{outcome}</testcase>\n'


def _suite(finding: Finding) -> str:
    place = finding.place
    if isinstance(place, FilePlace):
        return place.path
    return place.source if isinstance(place, DataPlace) else "records"


def _number(finding: Finding) -> str:
    """Where in its suite a finding stands."""
    place = finding.place
    if isinstance(place, DataPlace):
        return place.at
    return f"{place.span.line}:{place.span.column}" if isinstance(place, FilePlace) else f"record {place.record}"


def _escaped(text: str) -> str:
    """`text` in ASCII, so that it says the same in every encoding."""
    return _MARKUP.sub(lambda match: f"&#{ord(match[0])};", visible(text))
