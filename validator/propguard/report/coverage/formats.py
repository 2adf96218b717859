"""The formats of a coverage by name, each imported when it is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from collections.abc import Sequence

    from propguard.evolve import Coverage
    from propguard.evolve.coverage import Scope
    from propguard.model.finding import Finding

COVERAGE_FORMATS = ("text", "json", "markdown")


def render_coverage(
    result: Coverage,
    unread: Sequence[Finding],
    out: TextIO,
    format_name: str,
    *,
    by: Sequence[Scope] = (),
    colour: bool = False,
) -> None:
    """Write `result` to `out` in one of COVERAGE_FORMATS.

    `unread` are the files that could not be read, which JSON has among its findings. `by` is what text and Markdown break the
    share down by; JSON has everything. Only text has a use for `colour`.
    """
    if format_name == "json":
        from propguard.report.coverage import json_format

        json_format.render(result, unread, out)
    elif format_name == "markdown":
        from propguard.report.coverage import markdown

        markdown.render(result, out, by=by)
    else:
        from propguard.report.coverage import text_format

        text_format.render(result, out, by=by, colour=colour)
