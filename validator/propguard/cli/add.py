"""`propguard add`: properties of one request, judged and then written."""

from __future__ import annotations

import logging
import sys
from typing import TYPE_CHECKING

import click

from propguard.cli.choices import Choice
from propguard.cli.options import (
    finding_options,
    platform_options,
    schema_option,
    selection,
    side_effects_option,
    today_option,
)
from propguard.cli.outcome import say_side_effects, show
from propguard.cli.schema_source import SchemaSource
from propguard.errors import PropertyRejected, UsageError
from propguard.model.finding import Finding, RecordPlace
from propguard.model.text import excerpt, visible
from propguard.report import Report

if TYPE_CHECKING:
    from datetime import date

    from propguard.client.on_violation import OnViolation
    from propguard.client.policy import Event
    from propguard.model.finding import Violation
    from propguard.model.written import Written


@click.command("add")
@click.argument("request_id", metavar="REQUEST_ID")
@click.argument("properties", nargs=-1, metavar="[KEY=VALUE]...")
@click.option("--unset", metavar="KEY", multiple=True, help="Write the empty text to this property (may be repeated).")
@click.option(
    "--on-violation",
    type=Choice(["raise", "warn", "drop", "fix"]),
    default="raise",
    help="What is done about a property that breaks the schema; `raise` writes nothing at all.",
)
@click.option("--dry-run", is_flag=True, help="Judge the properties and write nothing.")
@click.option("--verify", is_flag=True, help="Read back what was written, and write again what the platform has lost.")
@side_effects_option
@platform_options
@click.option(
    "--ingestion-timeout",
    type=click.FloatRange(0.0),
    default=10.0,
    help="Seconds to wait for a request that the platform does not know yet.",
)
@schema_option
@finding_options
@today_option
def command(
    request_id: str,
    properties: tuple[str, ...],
    unset: tuple[str, ...],
    on_violation: OnViolation,
    dry_run: bool,
    verify: bool,
    base_url: str | None,
    insecure: bool,
    timeout: float,
    ingestion_timeout: float,
    accept_side_effects: bool,
    schema: str | None,
    format_name: str,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    fail_on: str,
    today: date | None,
) -> int:
    """Write properties of one request, each KEY=VALUE, one by one and in this order.

    All are judged before the first is written. A property cannot be removed: --unset writes the empty text to it. The API
    key is taken from HELICONE_API_KEY.
    """
    wanted = _parsed(properties, unset)
    chosen = selection(select, ignore)
    logging.getLogger("propguard").addHandler(logging.NullHandler())  # what the policy logs is shown as findings
    schemas = SchemaSource(schema, today=today)
    checker, schema_name = schemas.here()
    from propguard.client.helicone import Helicone  # httpx takes a tenth of a second, which no mistake should wait for

    events: list[Event] = []
    with Helicone(
        checker.schema,
        api_key="unused" if dry_run else None,  # nothing is sent, so no key is asked for
        base_url=base_url,
        on_violation=on_violation,
        verify=verify,
        ingestion_timeout=ingestion_timeout,
        timeout=timeout,
        insecure=insecure,
        listener=events.append,
        today=today,
    ) as helicone:
        counted = {"properties": len(wanted) + len(unset)}
        try:
            to_write = helicone.judge(request_id, wanted, unset=unset)
            if to_write and not accept_side_effects:
                say_side_effects()
            if dry_run:
                counted["to write"] = len(to_write)
            else:
                events.clear()  # what is written is judged once more
                counted |= _counts(helicone.add_properties(request_id, wanted, unset=unset), verify=verify)
            violations = [event.violation for event in events if event.action != "fixed"]
        except PropertyRejected as error:
            violations = list(error.violations)
    _say_fixes(events)
    findings = filter(chosen, _findings(violations, (*wanted, *unset), request_id, schema_name))
    return show(Report(findings, counted, schema_file=schemas.path_here()), format_name, fail_on)


def _counts(written: tuple[Written, ...], *, verify: bool) -> dict[str, int]:
    """What was done, counted."""
    counted = {"written": len(written)}
    return counted | {"verified": sum(done.verified for done in written)} if verify else counted


def _parsed(properties: tuple[str, ...], unset: tuple[str, ...]) -> dict[str, str]:
    if not properties and not unset:
        raise click.UsageError("give at least one property as KEY=VALUE, or --unset KEY")
    wanted: dict[str, str] = {}
    for text in properties:
        key, equals, value = text.partition("=")
        if not equals:
            raise UsageError(f"`{excerpt(text)}` is no KEY=VALUE; write for example environment=production")
        if key in wanted:
            raise UsageError(f"`{excerpt(key)}` is given twice; which value is meant?")
        wanted[key] = value
    return wanted


def _findings(violations: list[Violation], keys: tuple[str, ...], request_id: str, schema: str) -> list[Finding]:
    """Each violation at the number of its property."""
    numbers = {key: number for number, key in enumerate(keys, start=1)}
    places = (RecordPlace(numbers.get(violation.key or "", 1), request_id) for violation in violations)
    return [Finding(violation, place, schema) for violation, place in zip(violations, places, strict=True)]


def _say_fixes(events: list[Event]) -> None:
    for event in events:
        if event.action == "fixed":
            sys.stderr.write(visible(f"fixed: {event.violation.message}") + "\n")
