"""`propguard schema import`: a property schema made of the file of another tool."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from propguard.cli.choices import Choice
from propguard.cli.options import today_option
from propguard.cli.schema_output import output_option, put, say_losses
from propguard.errors import SchemaNotFound, UsageError

if TYPE_CHECKING:
    from datetime import date

    from propguard.evolve.importing import Origin


@click.command("import")
@click.argument("origin", metavar="[json-schema|weaver]", type=Choice(["json-schema", "weaver"]))
@click.argument("file")
@output_option
@today_option
def command(origin: Origin, file: str, output: str | None, today: date | None) -> int:
    """Make a property schema of FILE, a JSON Schema of records or an OpenTelemetry Weaver registry file.

    What the property schema does not say of it, or says otherwise, stands in its comments and on standard error.
    References to other files are not followed.
    """
    from propguard.evolve.importing import import_schema
    from propguard.schemafile.content import read_bytes

    try:
        content = read_bytes(file)
    except SchemaNotFound:
        raise UsageError(f"there is no file {file}; name the one to import") from None
    imported = import_schema(content, file, origin, today=today)
    put(imported.text, output)
    say_losses(imported.losses, f"what of {file} is not said, or said otherwise")
    return 0
