"""Stored properties being read by a command: its notices, and how far it has come."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from propguard.cli.progress import Progress
from propguard.model.text import visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from propguard.engine.sources import Source, SourceOptions


@contextmanager
def reading(sources: Sequence[str], options: SourceOptions, statements: int) -> Iterator[Source]:
    """The source until the end of `with`, its notices on standard error; so many statements read all of its rows.

    Raises as `opened` does.
    """
    from propguard.engine.sources import opened

    with Progress(unit="rows", timed=True) as bar:
        watched = replace(
            options,
            progress=lambda number, _: bar.count(number),
            on_rows=Passes(bar, statements) if bar.is_watched else None,
        )
        with opened(sources, watched) as source:
            bar.hide()
            for notice in source.notices:
                click.echo(f"notice: {visible(notice)}", err=True)
            yield source


class Passes:
    """One total out of the rows that statements read one after the other, each of them all rows, as the first one shows."""

    def __init__(self, bar: Progress, statements: int) -> None:
        self._bar, self._statements = bar, statements
        self._of_each = 0

    def __call__(self, number: int, rows: int, is_end: bool) -> None:  # as `RowsRead` reports
        """The statement of this number has read so many rows; what is printed after its end stands on a clean line."""
        self._of_each = max(self._of_each, rows)
        if is_end:
            self._bar.hide()
        elif number == 0:
            self._bar.count(rows)
        else:
            passes = max(self._statements, number + 1)
            self._bar.unit, total = f"rows in {passes} passes", self._of_each * passes
            self._bar.advance(number * self._of_each + rows, total)
