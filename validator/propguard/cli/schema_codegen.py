"""`propguard schema codegen`: typed source code for writing the properties of a schema."""

from __future__ import annotations

import click

from propguard.cli.choices import Choice
from propguard.cli.generated import output_options, settle
from propguard.cli.options import schema_option
from propguard.cli.schema_source import SchemaSource
from propguard.errors import UsageError

_MADE = b"Made by `propguard schema codegen "


@click.command("codegen")
@click.argument("language", type=Choice(["python", "typescript"]))
@click.argument("path", required=False)
@schema_option
@output_options
def command(language: str, path: str | None, schema: str | None, output: str | None, check: bool) -> int:
    """Write a module with the keys, the closed sets and typed builders of headers and records.

    It needs neither propguard nor any other package. A file that is there already is replaced only if it was made by this
    command.
    """
    from propguard.evolve.codegen import LANGUAGES
    from propguard.schemafile import load_schema

    made = LANGUAGES[language](load_schema(path or SchemaSource(schema).path_here())).encode()

    def made_for(before: bytes | None) -> bytes:
        first, newline, _ = (before or b"").partition(b"\n")
        if before and _MADE not in first:
            raise UsageError(
                f"{output} is not a file that this command has made, so it is left alone; name another one"
            )
        return made.replace(b"\n", b"\r\n") if newline and first.endswith(b"\r") else made

    return settle(output, check, made_for)
