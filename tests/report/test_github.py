"""Commands of a GitHub Actions log, as the runner reads them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given

from propguard.model.finding import Finding, Severity
from propguard.model.text import visible
from tests.report.findings import finding, findings, in_record, shown

COMMAND = re.compile(r"::(error|warning|notice) ([^:]*)::(.*)\n")


def parsed(text: str) -> tuple[str, dict[str, str], str]:
    """The command, its properties and its message, with the escapes of the runner taken out."""
    match = COMMAND.fullmatch(text)
    assert match is not None
    properties = dict(part.split("=", 1) for part in match[2].split(","))
    return match[1], {name: unescaped(value) for name, value in properties.items()}, unescaped(match[3])


def unescaped(text: str) -> str:
    for escape, character in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        text = text.replace(escape, character)
    return text


def test_a_finding_in_a_file() -> None:
    """The place for the annotation, and once more for whoever reads the log."""
    assert shown("github", finding(fix=("environment", True))) == (
        "::error file=src/app.py,line=3,col=5,endLine=3,endColumn=8,title=propguard%3A key-alias"
        "::src/app.py:3:5: it is wrong (--fix writes `environment`)\n"
    )


def test_a_finding_over_several_lines_has_no_columns() -> None:
    """The runner takes columns within one line only."""
    _, properties, _ = parsed(shown("github", finding(span=(3, 5, 6, 2))))
    assert properties == {"file": "src/app.py", "line": "3", "endLine": "6", "title": "propguard: key-alias"}


def test_a_finding_at_a_record_has_no_file() -> None:
    """It is said all the same."""
    assert shown("github", in_record()) == "::error title=propguard%3A value-alias::record 7: it is wrong\n"


@pytest.mark.parametrize(
    ("severity", "command"), [(Severity.ERROR, "error"), (Severity.WARNING, "warning"), (Severity.INFO, "notice")]
)
def test_each_severity_has_its_command(severity: Severity, command: str) -> None:
    """A note fails nothing."""
    assert parsed(shown("github", finding(severity=severity)))[0] == command


@given(findings())
def test_what_is_printed_is_what_is_read(found: Finding) -> None:
    """One line per finding, and its message arrives whole, whatever stands in it."""
    _, properties, message = parsed(shown("github", found))
    assert visible(found.violation.message) in message
    assert properties["title"] == f"propguard: {found.violation.rule}"


def test_nothing_to_report_is_nothing() -> None:
    assert shown("github") == ""
