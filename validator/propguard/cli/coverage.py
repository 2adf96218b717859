"""`propguard coverage`: which declared properties are in use, in code and in stored data."""

from __future__ import annotations

import sys
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from propguard.cli.audit_source import read, refuse_nothing, say_unread, source_options
from propguard.cli.choices import Choice
from propguard.cli.options import format_option, has_colour, schema_option
from propguard.cli.schema_source import SchemaSource, own_properties
from propguard.errors import SchemaNotFound, UsageError
from propguard.model.text import visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from propguard.engine.sources import SourceOptions
    from propguard.evolve import Coverage
    from propguard.evolve.coverage import Group, Scope
    from propguard.model.profile import KeysMet
    from propguard.model.schema import PropertySchema


_STATEMENTS = 3
"""That read all rows: for what cannot be read, for the days, and for the keys."""


@click.command("coverage")
@click.option(
    "--code", metavar="PATH", multiple=True, help="Source code, files or folders (may be repeated). Default: ."
)
@click.option(
    "--data", metavar="SOURCE", multiple=True, help="Stored data, as `propguard audit` takes it (may be repeated)."
)
@click.option("--usage", "audit", metavar="FILE", help="Stored data, by the JSON of a `propguard audit`.")
@click.option(
    "--by",
    type=Choice(["owner", "namespace"]),
    multiple=True,
    help="The share of each owner or namespace too, to which --fail-under then applies as well (may be repeated).",
)
@click.option("--own", is_flag=True, help="Of the properties that the schema itself names, not those it only extends.")
@click.option(
    "--fail-under",
    type=click.FloatRange(0, 100),
    metavar="PERCENT",
    help="Exit with 1 where the share is smaller, such as 90.",
)
@schema_option
@partial(format_option, formats=("text", "json", "markdown"))
@source_options
def command(
    code: tuple[str, ...],
    data: tuple[str, ...],
    audit: str | None,
    by: tuple[Scope, ...],
    own: bool,
    fail_under: float | None,
    schema: str | None,
    format_name: str,
    told: dict[str, Any],
) -> int:
    """Show which declared properties code writes and stored data has, and which keys are met that are not declared.

    The share is the declared properties that are in use, in code or, where it is given, in data, of all that are declared and
    not deprecated. A property is in use under its name, an alias or another spelling of it, a namespace where any key of it is.
    Keys that code computes count for nothing, and are told; undeclared keys do not lower the share, as `lint` and `audit`
    refuse them and nobody owns them.
    """
    from propguard.cli.source_code import say_unread, usages_at
    from propguard.evolve import coverage
    from propguard.report.coverage import render_coverage
    from propguard.schemafile import load_schema

    for name, value in told.items():
        if value and not data:
            raise UsageError(f"--{name.replace('_', '-')} is about stored data; name it with --data SOURCE")
    source = SchemaSource(schema)
    judging = load_schema(source.path_here())
    stored, unread = list(_audited(audit)), 0
    if data:
        met, unread = _stored(data, read(told), judging)
        stored.append(met)
    read_code = usages_at(code or (".",))
    usages = [usage for usage in read_code.usages if _is_judged_by(source, usage.path)]
    about = own_properties(source.path_here()) if own else None
    result, scopes = coverage(judging, usages, stored, about), tuple(dict.fromkeys(by))
    render_coverage(result, read_code.unread, sys.stdout, format_name, by=scopes, colour=has_colour())
    sys.stdout.flush()
    if format_name != "json":
        say_unread(read_code)
    for notice in _notices(code or (".",), len(usages), len(read_code.usages)):
        click.echo(f"notice: {visible(notice)}", err=True)
    reasons = [] if fail_under is None else list(_reasons(result, scopes, fail_under))
    sys.stderr.writelines(f"propguard: {visible(reason)}\n" for reason in reasons)
    return unread or int(bool(reasons))


def _is_judged_by(source: SchemaSource, path: str) -> bool:
    """Whether the file at `path` has no nearer schema than that of the working directory."""
    try:
        return source.path_of(path) == source.path_here()
    except SchemaNotFound:  # a file from elsewhere, which was asked for
        return True


def _notices(code: Sequence[str], usages: int, of_all: int) -> Iterator[str]:
    """What was looked at in vain."""
    if usages < of_all:
        number = of_all - usages
        yield f"{number:,} {'usage is' if number == 1 else 'usages are'} judged by other schemas, and left out; --schema makes them count"
    elif not usages:
        yield f"there is no property usage in {', '.join(code)}; name your source code with --code"


def _audited(path: str | None) -> Iterator[KeysMet]:
    """The keys that the audit in the file at `path` tells of."""
    if path is not None:
        from propguard.cli.earlier import earlier_at

        yield earlier_at(path).keys_met()


def _stored(data: Sequence[str], options: SourceOptions, schema: PropertySchema) -> tuple[KeysMet, int]:
    """The keys that the source of `data` holds, and the exit code for the rows that could not be read."""
    from datetime import UTC, datetime

    from propguard.audit import keys_met
    from propguard.cli.reading import reading

    with reading(data, options, _STATEMENTS) as (engine, *_):
        code = say_unread(engine, options)
        today = datetime.now(UTC).date()
        refuse_nothing(engine, today, allows_empty=True)
        return keys_met(schema, engine, today=today), code


def _reasons(result: Coverage, scopes: Sequence[Scope], fail_under: float) -> Iterator[str]:
    """Why the exit code is 1, in sentences without their full stops."""
    asked = [("the share", result.whole)]
    for scope in scopes:
        asked += [(f"the share of {_of(group, scope)}", group) for group in result.by(scope)]
    for what, group in asked:
        if group.in_use * 100 < fail_under * group.declared:
            per_cent = f"{fail_under:g}"
            yield f"{what} is less than {per_cent} %: {group.in_use:,} of {group.declared:,} declared properties are in use"


def _of(group: Group, scope: Scope) -> str:
    if group.name is None:
        return "the properties without an owner" if scope == "owner" else "the properties in no namespace"
    return f"the {scope} {group.name}"
