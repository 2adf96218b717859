"""Findings for reporters: one of each kind, and any that there could be."""

from __future__ import annotations

import io
import os
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from propguard.model.finding import Edit, FilePlace, Finding, Fix, RecordPlace, Related, Severity, Span, Violation
from propguard.report import Report, render
from propguard.rules.book import RULES

if TYPE_CHECKING:
    from collections.abc import Iterable

HOSTILE = (
    "|", "`", "``", "\\", "<b>", "</failure>", "]]>", "&amp;", "&", '"', "'", "\n", "\r", "\t", "\x00", "\x1b[2J", "\u202e", "\ud800", "\uffff",
    "😀", "é", "@user", "#1", "https://x.example", "[a](b)", "%0A", "%", ":", ",", "::error::", "##[error]", "{0}", "$x$", "<!--", "www.x.example",
)  # fmt: skip

texts = st.lists(st.sampled_from(HOSTILE) | st.text(max_size=5), max_size=6).map("".join)
paths = texts.map(lambda text: text.replace("\0", "") or "a.py")


def finding(
    message: str = "it is wrong",
    *,
    rule: str = "key-alias",
    severity: Severity = Severity.ERROR,
    path: str = "src/app.py",
    span: tuple[int, int, int, int] = (3, 5, 3, 8),
    source: str = "",
    key: str | None = "env",
    value: str | None = None,
    fix: tuple[str, bool] | None = None,
    related: tuple[Related, ...] = (),
) -> Finding:
    """A finding in a file; `fix` is what would be written there, and whether it is safe."""
    place = Span(*span)
    made = None if fix is None else Fix(fix[1], (Edit(path, place, fix[0]),))
    return Finding(
        Violation(rule, severity, message, key, value), FilePlace(path, place, source), "properties.yaml", made, related
    )


def in_record(message: str = "it is wrong", record: int = 7, request_id: str | None = None) -> Finding:
    """A finding at a record."""
    return Finding(Violation("value-alias", Severity.ERROR, message, "k", "v"), RecordPlace(record, request_id))


@st.composite
def findings(draw: st.DrawFn) -> Finding:
    """Any finding, with text of strangers wherever text may stand."""
    rule, severity = draw(st.sampled_from(RULES)).id, draw(st.sampled_from(Severity))
    texts_or_none = st.none() | texts
    violation = Violation(
        rule, severity, draw(texts), draw(texts_or_none), draw(texts_or_none), draw(texts_or_none), {"x": draw(texts)}
    )
    if draw(st.booleans()):
        return Finding(violation, RecordPlace(draw(st.integers(1, 9)), draw(texts_or_none)), draw(texts_or_none))
    line, column = draw(st.integers(1, 9)), draw(st.integers(1, 9))
    span = Span(line, column, line + draw(st.integers(0, 2)), column + draw(st.integers(0, 5)))
    path = draw(paths)
    fix = draw(st.none() | st.booleans().map(lambda safe: Fix(safe, (Edit(path, span, "new"),))))
    related = tuple(draw(st.lists(st.builds(Related, paths, st.just(span), texts), max_size=2)))
    return Finding(violation, FilePlace(path, span, draw(texts)), draw(texts_or_none), fix, related)


def shown(format_name: str, *found: Finding, root: str | None = None, **counted: int) -> str:
    """What a format makes of these findings."""
    return rendered(found, format_name, root=root, **counted)


def rendered(found: Iterable[Finding], format_name: str, *, root: str | None = None, **counted: int) -> str:
    out = io.StringIO()
    render(Report(found, counted), out, format_name, root=root or os.getcwd())
    return out.getvalue()
