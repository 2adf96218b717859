"""Findings for people: the place, what is wrong, the line with a caret under the very characters, what helps."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, TextIO

from propguard.model.finding import FilePlace, Severity
from propguard.model.secrets import covered, shown_value, without_secrets
from propguard.model.text import visible
from propguard.report.advice import advice
from propguard.report.style import Style

if TYPE_CHECKING:
    from collections.abc import Sequence

    from propguard.model.finding import Finding, Span
    from propguard.model.usage import Usage
    from propguard.report.envelope import Report

_WIDEST = 160
_CONTEXT = 60


def render(report: Report, out: TextIO, *, colour: bool = False) -> None:
    """Write one paragraph per finding."""
    for finding in report:
        render_finding(finding, out, colour=colour)


def render_finding(finding: Finding, out: TextIO, *, colour: bool = False) -> None:
    """Write one finding, for commands that report as they go."""
    style = Style(colour=colour)
    violation = finding.violation
    name = style.paint(f"{violation.severity.value}[{violation.rule}]", violation.severity.value)
    out.write(f"{style.paint(visible(finding.where().rstrip(' ')), 'strong')} {name} {visible(violation.message)}\n")
    place = finding.place
    if isinstance(place, FilePlace) and place.source.strip():
        _frame(covered(place.source), place.span, style, out)
    out.writelines(f"  {style.paint('note:', 'info')} {visible(related.sentence())}\n" for related in finding.related)
    help_line = advice(finding)
    if help_line:
        out.write(f"  {style.paint('help:', 'help')} {visible(help_line)}\n")


def summary(report: Report) -> str:
    """One line that counts what came by: `2 errors, 1 warning in 3 files, 5 usages; --fix mends 1`."""
    counts = [
        _counted(report.count(severity), name)
        for severity, name in ((Severity.ERROR, "error"), (Severity.WARNING, "warning"), (Severity.INFO, "note"))
    ]
    found = ", ".join(count for count in counts if not count.startswith("0 ")) or "nothing to report"
    looked_at = ", ".join(
        f"{number} {_singular(name) if number == 1 else name}" for name, number in report.counted.items()
    )
    return found + (f" in {looked_at}" if looked_at else "") + _mends(report)


def _mends(report: Report) -> str:
    sure, likely = report.fixable, report.fixable_unsafely
    if not sure:
        return f"; --fix --unsafe-fixes mends {likely}" if likely else ""
    return f"; --fix mends {sure}" + (f", with --unsafe-fixes {likely} more" if likely else "")


def render_usages(usages: Sequence[Usage], out: TextIO, *, colour: bool = False) -> None:
    """Write one line per usage."""
    style = Style(colour=colour)
    for usage in usages:
        place = style.paint(visible(f"{usage.path}{usage.span.where()}:"), "strong")
        key = (
            style.paint("(computed)", "faint")
            if usage.stored_key is None
            else visible(without_secrets(usage.stored_key))
        )
        values = " | ".join(visible(shown_value(value.text)) if value.text else '""' for value in usage.values)
        if usage.value_kind in {"partial", "dynamic"}:
            values = f"{values} | …" if values else "…"
        out.write(f"{place} {key} = {values}  {style.paint(f'{usage.door}, {usage.shape}', 'faint')}\n")


def _singular(name: str) -> str:
    if name.endswith("ies"):
        return f"{name[:-3]}y"
    return name.removesuffix("s")


def _counted(number: int, name: str) -> str:
    return f"{number} {name}" if number == 1 else f"{number} {name}s"


def _frame(source: str, span: Span, style: Style, out: TextIO) -> None:
    """The line of `span`, with a caret under each of its characters; long lines are cut around it."""
    end = span.end_column if span.end_line == span.line else len(source) + 1
    start, end = span.column - 1, max(end - 1, span.column)
    first = 0 if len(source) <= _WIDEST else max(0, start - _CONTEXT)
    last = len(source) if len(source) <= _WIDEST else min(len(source), max(end, start + 1) + _CONTEXT, first + _WIDEST)
    lead = "…" if first else ""
    before, marked, after = (
        _printable(source[first:start]),
        _printable(source[start : min(end, last)]),
        _printable(source[min(end, last) : last]),
    )
    number = str(span.line)
    blank = " " * len(number)
    bar = style.paint("|", "faint")
    line = f"{lead}{before}{marked}{after}" + ("…" if last < len(source) else "")
    carets = style.paint("^" * max(1, _width(marked)), "help")
    out.write(f"  {style.paint(number, 'faint')} {bar} {line}\n  {blank} {bar} {' ' * _width(lead + before)}{carets}\n")


def _printable(text: str) -> str:
    return visible(text.replace("\t", "    "))


def _width(text: str) -> int:
    """How many cells of a terminal `text` takes."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(character) else 2 if unicodedata.east_asian_width(character) in "WF" else 1
        for character in text
    )
