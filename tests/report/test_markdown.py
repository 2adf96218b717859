"""A table in Markdown: worst first, bounded, and with nothing in it that a stranger could make markup of."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from propguard.model.finding import Finding, Severity
from tests.report.findings import finding, findings, in_record, rendered, shown

ROW = re.compile(
    r"\| (error|warning|note) \| <code>[^|]+</code> \| <code>[a-z-]+</code> \| (?:[^|<]|</?code>|<br>|<!-- -->)* \|"
)


def rows(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.startswith("| ") and not line.startswith("| | ")]


def test_a_finding_in_a_file() -> None:
    """What stands between ticks is code, as are the place and the rule."""
    text = shown("markdown", finding("`env` is an alias", fix=("environment", True)), files=1)
    assert text == (
        "**propguard**: 1 error in 1 file; --fix mends 1\n\n"
        "| | place | rule | finding |\n|---|---|---|---|\n"
        "| error | <code>src/app.py&#58;3&#58;5</code> | <code>key-alias</code> "
        "| <code>env</code> is an alias<br>--fix writes <code>environment</code> |\n"
    )


def test_a_finding_at_a_record() -> None:
    assert "| <code>record 7</code> |" in shown("markdown", in_record())


def test_the_worst_come_first() -> None:
    """In the order in which they were found where they weigh the same."""
    text = shown(
        "markdown",
        *(finding(severity=severity, path=path) for path in ("a", "b") for severity in reversed(Severity)),
    )
    assert [(row.split()[1], row[row.index(">") + 1]) for row in rows(text)] == [
        *(("error", "a"), ("error", "b"), ("warning", "a")),
        *(("warning", "b"), ("note", "a"), ("note", "b")),
    ]


def test_very_many_findings_fit_into_a_comment() -> None:
    """The worst are shown, and how many more there are; what is not shown is not kept."""
    many = (finding(f"number {n}", severity=Severity.INFO if n % 2 else Severity.ERROR) for n in range(20_000))
    text = rendered(many, "markdown")
    assert len(text) < 65_536
    assert all(row.startswith("| error ") for row in rows(text))
    assert text.endswith(f"\n… and {20_000 - len(rows(text))} more.\n")
    assert text.startswith("**propguard**: 10000 errors, 10000 notes\n")


def test_a_long_message_is_cut() -> None:
    assert len(shown("markdown", finding("x" * 5000))) < 1000


def test_nobody_is_mentioned() -> None:
    """Not by an at sign in a value, in a path, or between ticks."""
    text = shown("markdown", finding("`@a` @b", path="@c.py"))
    assert re.findall(r"(?:@|&#64;)\w", text) == []


@given(st.lists(findings(), max_size=4))
def test_every_row_is_one_row(found: list[Finding]) -> None:
    """Four cells, no markup but our own, whatever the texts hold."""
    shown_rows = rows(rendered(found, "markdown"))
    assert len(shown_rows) == len(found)
    for row in shown_rows:
        assert ROW.fullmatch(row), row


def test_nothing_to_report_is_said() -> None:
    assert shown("markdown", files=3) == "**propguard**: nothing to report in 3 files\n"
