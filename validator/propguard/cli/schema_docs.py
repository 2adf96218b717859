"""`propguard schema docs`: the catalogue of the properties, in Markdown."""

from __future__ import annotations

import click

from propguard.cli.generated import output_options, settle
from propguard.cli.options import schema_option
from propguard.cli.schema_source import SchemaSource


@click.command("docs")
@click.argument("path", required=False)
@schema_option
@output_options
def command(path: str | None, schema: str | None, output: str | None, check: bool) -> int:
    """Write the catalogue of the properties in Markdown: what each means, may be, and how it is written.

    It stands between the lines <!-- propguard:begin --> and <!-- propguard:end -->. In a file that is there already, only what
    is between these two lines is replaced; everything else stays as it is, byte for byte.
    """
    from propguard.evolve.catalogue import inserted, new_page
    from propguard.schemafile import load_schema

    loaded = load_schema(path or SchemaSource(schema).path_here())
    name = output or ""
    return settle(output, check, lambda page: inserted(loaded, page, name) if page else new_page(loaded))
