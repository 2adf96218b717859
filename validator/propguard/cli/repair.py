"""`propguard repair`: a plan of corrections of stored properties, which `propguard apply` carries out."""

from __future__ import annotations

import gc
import glob
import json
import os
import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from propguard.cli.audit_source import read, refuse_nothing, say_unread, source_options
from propguard.cli.extent import BLANKS, counted, extent_sentence
from propguard.cli.options import allow_empty_option, format_option, schema_option, today_option
from propguard.cli.schema_source import SchemaSource
from propguard.errors import UsageError, system_reason
from propguard.model.secrets import without_secrets
from propguard.model.text import one_of, visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date

    from propguard.audit import Repair, RepairResult


_STATEMENTS = 3
"""That read all rows: for what cannot be read, the days, and the corrections."""


@click.command("repair")
@click.argument("source", nargs=-1, required=True)
@click.option(
    "-o", "--output", "plan", metavar="PLAN.jsonl", help="Write the plan into this file; without it, only count."
)
@click.option("--hide-list", metavar="FILE", help="Write the wrong keys that nothing is lost with into this file.")
@click.option(
    "--accept-side-effects",
    is_flag=True,
    help="Plan writes to requests that lose their prompt_id, prompt_version or request_referrer by them, too.",
)
@source_options
@allow_empty_option
@schema_option
@format_option
@today_option
def command(
    source: tuple[str, ...],
    plan: str | None,
    hide_list: str | None,
    accept_side_effects: bool,
    allow_empty: bool,
    schema: str | None,
    format_name: str,
    today: date | None,
    told: dict[str, Any],
) -> int:
    """Plan corrections of the stored properties in SOURCE, which is all that `audit` takes.

    The corrections are the safe fixes of the schema: aliases, renames, case and separators of keys, aliases of values and
    blanks around them. The plan is read, and then written to the platform with `propguard apply PLAN.jsonl`.
    """
    gc.enable()  # which short commands do without
    from datetime import UTC, datetime

    from propguard.audit import Repair
    from propguard.cli.reading import reading

    _refuse_to_overwrite(source, plan, hide_list)
    today = today or datetime.now(UTC).date()
    checker, _ = SchemaSource(schema, today=today).here()
    # Each thread would sort in memory of its own, and the rows are settled one after the other anyway.
    options = replace(read(told), threads=1)
    with reading(source, options, _STATEMENTS) as (engine, *_):
        code = say_unread(engine, options)
        refuse_nothing(engine, today, allows_empty=allow_empty)
        repair = Repair(checker, engine, today=today, accepts_side_effects=accept_side_effects)
        result = repair.count() if plan is None else _written(repair, plan)
    from propguard.report import repair_json, repair_text

    (repair_json if format_name == "json" else repair_text).render(result, sys.stdout)
    sys.stdout.flush()
    for sentence in _sentences(result, plan, accepts=accept_side_effects):
        sys.stderr.write(sentence + "\n")
    _offer_to_hide(result, hide_list)
    return code


def _written(repair: Repair, path: str) -> RepairResult:
    """Write the plan, whole or not at all."""
    _write(path, repair.lines)
    return repair.result


def _write(path: str, lines: Callable[[], Iterable[bytes]]) -> None:
    from propguard.files import write_output

    try:
        write_output(path, lines)
    except OSError as error:
        raise UsageError(f"cannot write {path}: {system_reason(error)}") from None


def _sentences(result: RepairResult, plan: str | None, *, accepts: bool) -> Iterator[str]:
    """What the table does not say."""
    yield extent_sentence(result.writes, result.requests, result.longest)
    if plan is None and result.writes:
        yield "this was only counted; -o PLAN.jsonl writes the plan"
    elif plan is not None:
        yield f"the plan is in {visible(plan)}: read it, then write it with `propguard apply {visible(plan)}`"
    if result.costly_rows:
        rows = f"{counted(result.costly_rows, 'row')} to {counted(result.costly_requests, 'request')}"
        yield (
            f"{rows} of the plan will lose what they have there, as {BLANKS}"
            if accepts
            else f"{rows} are left out, as {BLANKS}, which these have; --accept-side-effects takes them in"
        )
    if result.unknown_rows:
        rows = f"{counted(result.unknown_rows, 'row')} to {counted(result.unknown_requests, 'request')}"
        yield (
            f"{BLANKS}; whether {rows} lose something cannot be known, as the source has no such columns"
            + ("" if accepts else "; a plan of them needs --accept-side-effects")
        )
    for number, said in (
        (
            result.fates["conflict"],
            "cannot be corrected, as the request has another value where the correction belongs",
        ),
        (result.fates["unmended"], "cannot be corrected, as the correction would break a rule itself"),
        (result.not_text, "cannot be corrected, as they hold bytes that are no UTF-8"),
        (result.fates["done"], "need no row, as the request has the correction, or gets it by another row"),
    ):
        if number:
            yield f"{counted(number, 'property', 'properties')} {said}"
    if result.strange_ids:
        yield f"{counted(result.strange_ids, 'request')} cannot be corrected, as their ids are none that the platform takes"


def _offer_to_hide(result: RepairResult, path: str | None) -> None:
    """Write the keys to hide, one call of the platform a line, or say which they are."""
    keys = result.to_hide
    if path is not None:
        _write(path, lambda: (json.dumps({"key": key}).encode() + b"\n" for key in keys))
    if any(change.key != change.to for change in result.changes) or keys:
        sys.stderr.write("the platform cannot delete: a correct key is written beside the wrong one, which stays\n")
    kept = len(result.wrong_keys) - len(keys)
    if kept:
        sys.stderr.write(f"{counted(kept, 'wrong key')} must not be hidden, as some values stand only there\n")
    if path is not None:
        sys.stderr.write(
            f"{counted(len(keys), 'key')} to hide once the plan is applied, each the body of a POST to /v1/property/hide, are in {path}\n"
        )
    elif keys:
        sys.stderr.write(
            f"once the plan is applied, {counted(len(keys), 'key')} may be hidden with POST /v1/property/hide: "
            f"{visible(one_of(list(map(without_secrets, keys))))} (--hide-list FILE writes them all)\n"
        )


def _refuse_to_overwrite(sources: tuple[str, ...], plan: str | None, hide_list: str | None) -> None:
    read = {os.path.realpath(path) for source in sources for path in (source, *glob.glob(source, recursive=True))}
    for option, path in (("--output", plan), ("--hide-list", hide_list)):
        if path is not None and os.path.realpath(path) in read:
            raise UsageError(f"{option} {path} would overwrite what is read; name another file")
        if path is not None:
            read.add(os.path.realpath(path))
