"""An audit for a terminal: what is wrong, worst first, then every key, lowest score first. The owner of rich."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, TextIO

from propguard.errors import UsageError
from propguard.model.finding import Severity
from propguard.model.text import excerpt, in_ticks, visible
from propguard.report.audit.as_findings import place_of, whole_of
from propguard.report.audit.figures import counted, day_of, days_of, percentage, requests, timeline

try:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text
except ImportError:
    raise UsageError("an audit is shown by a package that is not there: pip install 'propguard[audit]'") from None

if TYPE_CHECKING:
    from collections.abc import Sequence

    from propguard.audit import AuditResult, DataFinding
    from propguard.model.profile import KeyProfile, ValueCount

_NARROWEST, _NARROW, _WIDEST = 40, 100, 160
_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow", Severity.INFO: "bold cyan"}
_NAMES = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_LEVELS, _LEVELS_IN_ASCII = " ▁▂▃▄▅▆▇█", " .:-=+*#@"
_LINES = box.Box("    \n    \n ── \n    \n    \n    \n    \n    \n")
_LINES_IN_ASCII = box.Box("    \n    \n -- \n    \n    \n    \n    \n    \n", ascii=True)
_LONGEST_LINE_OF_TIME = 60
_MOST_ROWS = 200
_SAMPLES = 5
_MOST_ABSENT = 40
_LONGEST_VALUE, _LONGEST_KEY, _LONGEST_MESSAGE, _LONGEST_SOURCE = 60, 60, 400, 200
_GOOD = 0.99


def render(result: AuditResult, out: TextIO, *, colour: bool = False, width: int = 120) -> None:
    """Write `result` to `out` in lines of at most `width` cells; without `colour` there is not one escape in it."""
    width = min(max(width, _NARROWEST), _WIDEST)
    lines = io.StringIO()
    console = Console(
        file=lines,
        width=width,
        color_system="standard" if colour else None,
        force_terminal=colour,
        force_jupyter=False,
        legacy_windows=False,
        highlight=False,
        markup=False,
        emoji=False,
        _environ={},  # whether there is colour, and how wide it is, is decided by now
    )
    for line in (*_headline(result), *_time(result, min(width, _LONGEST_LINE_OF_TIME), out)):
        console.print(line)
    absent = [one for one in result.findings if not one.count]
    met = [one for one in result.findings if one.count]
    if met:
        console.print()
        console.print(_findings(met, result, _table(out), is_narrow=width < _NARROW))
        _say_rest(console, len(met), "findings")
    keys = [one for one in result.keys if one.requests]
    if keys:
        console.print()
        console.print(_keys(keys, result.requests, _table(out), is_narrow=width < _NARROW))
        _say_rest(console, len(keys), "keys")
    if absent:
        console.print()
        console.print(_absent(absent))
    out.writelines(f"{line.rstrip()}\n" for line in lines.getvalue().splitlines())


def _say_rest(console: Console, number: int, name: str) -> None:
    if number > _MOST_ROWS:
        console.print(Text(f"… and {number - _MOST_ROWS:,} {name} more; --format json has all of them", "dim"))


def _headline(result: AuditResult) -> list[Text]:
    """Source and engine; the score and what lowers it."""
    counts = {severity: sum(one.severity is severity for one in result.findings) for severity in Severity}
    found = ", ".join(counted(number, _NAMES[severity]) for severity, number in counts.items() if number)
    source = Text.assemble(
        (visible(excerpt(result.source, _LONGEST_SOURCE)), "bold"),
        f" ({visible(result.engine)}): {requests(result.requests)}, {result.properties:,} properties",
    )
    score = Text("score ")
    score.append(percentage(result.score), _style_of(result.score) + " bold")
    if result.nothing_judged is None:
        score.append(f": {requests(result.requests_with_error)} with an error; {found or 'nothing to report'}")
    else:
        score.append(": nothing was judged")
    return [source, score]


def _time(result: AuditResult, width: int, out: TextIO) -> list[Text]:
    """How the requests lie in time; nothing where the source has no times."""
    time = timeline(result.days, width)
    if not time.stretches:
        return []
    levels = _LEVELS if _can_write(out, _LEVELS) else _LEVELS_IN_ASCII
    marks = "".join(levels[-(-one.requests * (len(levels) - 1) // time.most)] for one in time.stretches)
    return [
        Text(marks, "cyan"),
        Text(f"{time.name}, at most {requests(time.most)} in {time.unit}", "dim"),
    ]


def _can_write(out: TextIO, text: str) -> bool:
    try:
        text.encode(getattr(out, "encoding", None) or "utf-8")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def _findings(findings: Sequence[DataFinding], result: AuditResult, table: Table, *, is_narrow: bool) -> Table:
    """A row for each; where it is narrow, what is less than needed stands below the message."""
    table.add_column("", no_wrap=True)
    table.add_column("requests", justify="right", no_wrap=True)
    if not is_narrow:
        table.add_column("share", justify="right", no_wrap=True)
    table.add_column("finding", ratio=1, overflow="fold")
    if not is_narrow:
        table.add_column("first seen", no_wrap=True)
        table.add_column("last seen", no_wrap=True)
    for one in findings[:_MOST_ROWS]:
        severity = Text(_NAMES[one.severity], _STYLES[one.severity])
        count, share = f"{one.count:,}", percentage(one.count, whole_of(one, result))
        if is_narrow:
            table.add_row(severity, Text(f"{count}\n{share}"), _finding(one, days_of(one.seen)))
        else:
            table.add_row(
                severity,
                Text(count),
                Text(share),
                _finding(one),
                Text(day_of(one.seen.first)),
                Text(day_of(one.seen.last)),
            )
    return table


def _finding(one: DataFinding, seen: str = "") -> Text:
    """Rule and place, the message, what to write, what stands there."""
    violation = one.violation
    text = Text.assemble((violation.rule, "bold"), f" {visible(excerpt(place_of(one), _LONGEST_KEY))}\n")
    for part, is_code in in_ticks(visible(excerpt(violation.message, _LONGEST_MESSAGE))):
        text.append(f"`{part}`" if is_code else part)
    if violation.suggestion is not None:
        text.append("\nuse ", "green")
        text.append(_value(violation.suggestion), "bold green")
    if one.values:
        text.append("\n" + _values(one.values), "dim")
    if seen:
        text.append(f"\nseen {seen}", "dim")
    return text


def _values(values: tuple[ValueCount, ...]) -> str:
    """The values that most requests have, each with what it should be."""
    told = []
    for value in values[:_SAMPLES]:
        better = f" → {_value(value.suggestion)}" if value.suggestion is not None else ""
        told.append(f"{_value(value.value)}{better} ({value.count:,})")
    return ", ".join(told) + (", …" if len(values) > _SAMPLES else "")


def _value(text: str) -> str:
    """As it is, or in quotes where one would not see where it ends."""
    shown = visible(excerpt(text, _LONGEST_VALUE))
    return shown if shown.strip() and shown == shown.strip() else f'"{shown}"'


def _keys(keys: Sequence[KeyProfile], of_requests: int, table: Table, *, is_narrow: bool) -> Table:
    """A row for each, lowest score first."""
    table.add_column("score", justify="right", no_wrap=True)
    table.add_column("key", min_width=8, ratio=1, overflow="fold")
    table.add_column("requests", justify="right", no_wrap=True)
    if not is_narrow:
        table.add_column("share", justify="right", no_wrap=True)
    table.add_column("errors" if is_narrow else "with an error", justify="right", no_wrap=True)
    if not is_narrow:
        table.add_column("distinct", justify="right", no_wrap=True)
        table.add_column("last seen", no_wrap=True)
    for one in sorted(keys, key=lambda key: key.rank)[:_MOST_ROWS]:
        share = [] if is_narrow else [Text(percentage(one.requests, of_requests))]
        others = [] if is_narrow else [Text(f"{one.distinct:,}"), Text(day_of(one.seen.last))]
        table.add_row(
            Text(percentage(one.score), _style_of(one.score)),
            _key(one),
            Text(f"{one.requests:,}"),
            *share,
            Text(f"{one.violations:,}"),
            *others,
        )
    return table


def _absent(findings: Sequence[DataFinding]) -> Text:
    """What no request has, in one line for each rule: dozens of properties that nobody uses yet would hide what is wrong."""
    by_rule: dict[str, list[str]] = {}
    for one in findings:
        by_rule.setdefault(one.violation.rule, []).append(_value(place_of(one)))
    text = Text()
    for rule, places in by_rule.items():
        text.append(f"{rule}", "bold")
        shown = ", ".join(places[:_MOST_ABSENT]) + (", …" if len(places) > _MOST_ABSENT else "")
        text.append(f": {len(places):,} declared, and in no request: {shown}")
    return text


def _key(one: KeyProfile) -> Text:
    text = Text(_value(one.key))
    if not one.declared:
        text.append(" undeclared", "yellow")
    return text


def _style_of(score: float | None) -> str:
    if score is None:
        return "dim"
    return "green" if score >= _GOOD else "yellow" if score >= 0.9 else "red"


def _table(out: TextIO) -> Table:
    """With nothing but a rule below its head."""
    lines = _LINES if _can_write(out, str(_LINES)) else _LINES_IN_ASCII
    return Table(box=lines, show_edge=False, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
