"""A coverage for a terminal: the share, then every key in a line, what needs a decision first."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TextIO

from propguard.evolve.coverage import State
from propguard.model.text import excerpt, visible
from propguard.report.audit.figures import percentage
from propguard.report.coverage.words import (
    MOST_SPELLINGS,
    group_name,
    headline,
    in_code,
    in_data,
    legend,
    manner_of,
    notes,
    state_of,
    told_apart,
)
from propguard.report.style import Style

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from propguard.evolve import Coverage
    from propguard.evolve.coverage import Row, Scope

_MOST_ROWS = 200
_LONGEST_KEY = 60
_LONGEST_OWNER = 40
_PAINTS = {State.DEAD: "error", State.POSSIBLE: "warning", State.UNDECLARED: "warning", State.UNWRITTEN: "warning"}


class _Line(NamedTuple):
    """The cells of a line of the matrix, and how the first is painted."""

    cells: tuple[str, ...]
    paint: str | None = None


def render(result: Coverage, out: TextIO, *, by: Sequence[Scope] = (), colour: bool = False) -> None:
    """Write the matrix to `out`; of very many keys those that matter most, and how many there are besides."""
    style = Style(colour=colour)
    out.write(f"{style.paint(visible(result.schema), 'strong')}: {headline(result)}\n")
    shown = result.rows[:_MOST_ROWS]
    has_owners = any(row.declared is not None and row.declared.owner is not None for row in shown)
    lines = [line for row in shown for line in _lines(row, has_owners=has_owners)]
    if lines:
        head = ("", "key", *(("owner",) if has_owners else ()), "code", *(("data",) if result.has_data else ()))
        out.write("\n")
        _write_table([_Line(head), *lines], style, out)
    if len(result.rows) > _MOST_ROWS:
        out.write(f"… and {len(result.rows) - _MOST_ROWS:,} more; --format json has all of them\n")
    for scope in by:
        groups = [
            _Line((percentage(group.share), f"{group.in_use:,} of {group.declared:,}", _cell(group_name(group, scope))))
            for group in result.by(scope)
        ]
        out.write("\n")
        _write_table([_Line(("share", "in use", scope)), *groups], style, out)
    told = [f"{style.paint(state.value, 'strong')}: {meaning}" for state, meaning in legend(result)]
    told += [visible(f"note: {note}") for note in notes(result)]
    if told:
        out.write("\n" + "".join(f"{sentence}\n" for sentence in told))


def _lines(row: Row, *, has_owners: bool) -> Iterator[_Line]:
    """The line of a key, and below it those of the spellings that are not its name."""
    owner = (
        (visible(excerpt(row.declared.owner or "", _LONGEST_OWNER)) if row.declared is not None else "",)
        if has_owners
        else ()
    )
    data = (in_data(row) or "-",) if row.has_data else ()
    code = in_code(row) or (f"perhaps, of {row.computed:,} computed" if row.computed else "-")
    yield _Line((state_of(row), _cell(row.key), *owner, visible(code), *data), _PAINTS.get(row.state))
    others = told_apart(row)
    for one in others[:MOST_SPELLINGS]:
        manner = manner_of(one)
        name = f"  {_cell(one.key)}" + (f" ({manner})" if manner else "")
        blank = ("",) if has_owners else ()
        yield _Line(("", name, *blank, visible(in_code(one) or "-"), *((in_data(one) or "-",) if row.has_data else ())))
    if len(others) > MOST_SPELLINGS:
        yield _Line(("", f"  … and {len(others) - MOST_SPELLINGS:,} more"))


def _cell(text: str) -> str:
    """As it is, or in quotes where one would not see where it ends."""
    shown = visible(excerpt(text, _LONGEST_KEY))
    return shown if shown and shown == shown.strip() else f'"{shown}"'


def _write_table(lines: Sequence[_Line], style: Style, out: TextIO) -> None:
    """Lines of cells, as wide as the widest in their column; the first line is the head."""
    columns = max(len(line.cells) for line in lines)
    widths = [
        max((len(line.cells[column]) for line in lines if column < len(line.cells)), default=0)
        for column in range(columns)
    ]
    for number, (cells, paint) in enumerate(lines):
        padded = [cell.ljust(width) for cell, width in zip(cells, widths, strict=False)]
        if number == 0:
            padded = [style.paint("  ".join(padded).rstrip(), "faint")]
        elif paint is not None:
            padded[0] = style.paint(cells[0], paint) + " " * (widths[0] - len(cells[0]))
        out.write("  ".join(padded).rstrip() + "\n")
