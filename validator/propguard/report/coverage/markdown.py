"""A coverage in Markdown: for the summary of a job, a comment or a page of a wiki."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from propguard.model.text import excerpt
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
from propguard.report.markdown import MOST_CHARACTERS, code, plain, row_of, table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from propguard.evolve import Coverage
    from propguard.evolve.coverage import Group, Row, Scope

_KEYS = "| | key | owner | code |"
_FOR_GROUPS = MOST_CHARACTERS // 6
_LONGEST_OWNER = 100
_EMPTY = '""'


def render(result: Coverage, out: TextIO, *, by: Sequence[Scope] = ()) -> None:
    """Write the share, the groups that are asked for, and the matrix; of very many keys as many as fit into a comment."""
    out.write(f"**propguard coverage** of {code(result.schema)}: {plain(headline(result))}\n")
    for scope in by:
        head = f"| {scope} | share | in use |\n|---|--:|--:|\n"
        table(head, (_group(group, scope) for group in result.by(scope)), _FOR_GROUPS, out)
    head = f"{_KEYS}{' data |' if result.has_data else ''}\n|---|---|---|---|{'---|' if result.has_data else ''}\n"
    table(head, (_row(row) for row in result.rows), MOST_CHARACTERS - _FOR_GROUPS * len(by), out)
    told = [f"- {code(state.value)}: {plain(meaning)}\n" for state, meaning in legend(result)]
    told += [f"- {plain(note)}\n" for note in notes(result)]
    if told:
        out.write("\n" + "".join(told))


def _group(group: Group, scope: Scope) -> str:
    name = plain(excerpt(group_name(group, scope), _LONGEST_OWNER))
    return row_of(name, plain(percentage(group.share)), f"{group.in_use:,} of {group.declared:,}")


def _row(row: Row) -> str:
    owner = row.declared.owner or "" if row.declared is not None else ""
    written = in_code(row) or (f"perhaps, of {row.computed:,} computed" if row.computed else "")
    data = (plain(in_data(row)),) if row.has_data else ()
    keys = "<br>".join((code(row.key or _EMPTY), *_spellings(row)))
    return row_of(state_of(row), keys, plain(excerpt(owner, _LONGEST_OWNER)), plain(written), *data)


def _spellings(row: Row) -> Iterator[str]:
    """The keys that count for it and are not its name."""
    others = told_apart(row)
    for one in others[:MOST_SPELLINGS]:
        met = " and ".join(filter(None, ("code" if one.usages else "", "data" if one.requests else "")))
        yield f"{code(one.key or _EMPTY)} ({', '.join(filter(None, (manner_of(one), f'in {met}')))})"
    if len(others) > MOST_SPELLINGS:
        yield f"… and {len(others) - MOST_SPELLINGS:,} more"
