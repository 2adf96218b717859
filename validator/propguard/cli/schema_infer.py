"""`propguard schema infer`: a first schema, guessed from what code writes and what is stored."""

from __future__ import annotations

import os
import re
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

from propguard.cli.audit_source import read, say_unread, source_options
from propguard.cli.schema_output import output_option, put
from propguard.errors import UsageError
from propguard.model.evidence import StoredEvidence
from propguard.model.text import visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from propguard.engine.sources import SourceOptions
    from propguard.evolve.infer import Draft
    from propguard.model.usage import Usage

_COMPRESSED = (".gz", ".zst", ".zstd", ".xz", ".bz2", ".lz4")
_DATA = (".parquet", ".jsonl", ".ndjson", ".csv")
_PLATFORM = ("hql", "api")


_STATEMENTS = 5
"""That read all rows: for what cannot be read, twice for the days, for the keys, and for the evidence."""


@click.command("infer")
@click.argument("source", nargs=-1, required=True)
@output_option
@click.option("--force", is_flag=True, help="Overwrite the FILE of -o if it is there already.")
@click.option("--name", metavar="NAME", help="What the schema is called. Default: the working directory.")
@source_options
def command(source: tuple[str, ...], output: str | None, force: bool, name: str | None, told: dict[str, Any]) -> int:
    """Guess a property schema from SOURCE, and say in comments what each guess rests on.

    SOURCE is code, stored data, or both. Data is what `propguard audit` takes: files that end in .parquet, .jsonl, .ndjson or .csv
    (.gz and .zst may follow), globs of them, s3://, clickhouse://, hql and api. All else is code: files, and folders with all that
    `propguard lint` reads in them. Of a database only counts and frequent values are asked; no value that looks sensitive
    stands in the draft.
    """
    if output is not None and os.path.lexists(output) and not force:
        raise UsageError(f"{output} is there already; name another file, or overwrite it with --force")
    data = [one for one in source if is_data(one)]
    made, exit_code = inferred([one for one in source if one not in data], data, name or name_of("."), read(told))
    put(made.text, output)
    sys.stdout.flush()
    say_notices(made)
    return exit_code


def inferred(code: Sequence[str], data: Sequence[str], name: str, options: SourceOptions) -> tuple[Draft, int]:
    """The draft for the code at these paths and the data in these sources, and the exit code for the rows that could not be read.

    Raises PropguardError.
    """
    from propguard.evolve.infer import infer

    usages = _usages(code) if code else ()
    stored, exit_code = _stored(data, options) if data else (StoredEvidence(), 0)
    return infer(stored, usages, name=name), exit_code


def is_data(source: str) -> bool:
    """Whether a source holds stored properties: by its ending, or as it names a server or the platform."""
    if "://" in source or source in _PLATFORM:
        return True
    stem = source.lower()
    for suffix in _COMPRESSED:
        stem = stem.removesuffix(suffix)
    return stem.endswith(_DATA) or (stem != source.lower() and stem.endswith(".json"))


def name_of(folder: str) -> str:
    """What a schema in `folder` is called."""
    return "-".join(re.findall(r"[a-z0-9]+", os.path.basename(os.path.abspath(folder)).lower())) or "properties"


def say_notices(made: Draft) -> None:
    """A line for each thing that is not in the draft, on standard error."""
    for notice in made.notices:
        click.echo(f"notice: {visible(notice)}", err=True)


def _usages(paths: Sequence[str]) -> Sequence[Usage]:
    from propguard.cli.scope import Scope
    from propguard.cli.settings import SettingsSource
    from propguard.lint import usages_in_paths

    scope = Scope(SettingsSource())
    result = usages_in_paths(scope.listing(paths), scope.declared())
    for finding in result.unread:
        click.echo(f"propguard: {visible(finding.where() + finding.violation.message)}", err=True)
    return result.usages


def _stored(sources: Sequence[str], options: SourceOptions) -> tuple[StoredEvidence, int]:
    from propguard.audit import nothing_to_read, stored_evidence
    from propguard.cli.reading import reading
    from propguard.evolve.infer import patterns_of

    with reading(sources, options, _STATEMENTS) as (engine, shown, _):
        exit_code = say_unread(engine, options)
        today = datetime.now(UTC).date()
        if nothing := nothing_to_read(engine, today=today):
            raise UsageError(nothing)
        return stored_evidence(engine, patterns_of, today=today, source=shown), exit_code
