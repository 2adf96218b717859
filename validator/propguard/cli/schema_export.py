"""`propguard schema export`: the schema in the words of other tools."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from propguard.cli.choices import Choice
from propguard.cli.options import schema_option, today_option
from propguard.cli.schema_output import output_option, put, say_losses
from propguard.cli.schema_source import SchemaSource
from propguard.errors import UsageError

if TYPE_CHECKING:
    from datetime import date

    from propguard.compilers.json_schema import Draft
    from propguard.evolve.export import Target


@click.command("export")
@click.argument("target", type=Choice(["json-schema", "weaver", "portkey"]))
@click.argument("path", required=False)
@schema_option
@click.option(
    "--draft",
    type=Choice(["2020-12", "draft-07"]),
    help="The draft of JSON Schema; default: 2020-12.",
)
@output_option
@today_option
def command(
    target: Target,
    path: str | None,
    schema: str | None,
    draft: Draft | None,
    output: str | None,
    today: date | None,
) -> int:
    """Write the schema as a JSON Schema, an OpenTelemetry Weaver attribute group or a Portkey metadata schema.

    What does not survive the translation is listed on standard error, and as comments in what is written.
    """
    from propguard.evolve.export import export_schema
    from propguard.schemafile import load_schema

    if draft is not None and target != "json-schema":
        raise UsageError(f"--draft goes with the target json-schema; {target} has one form")
    loaded = load_schema(path or SchemaSource(schema).path_here())
    exported = export_schema(loaded, target, draft=draft or "2020-12", today=today)
    put(exported.text, output)
    say_losses(exported.losses, f"what {target} does not say of {loaded.name}")
    sys.stdout.flush()
    return 0
