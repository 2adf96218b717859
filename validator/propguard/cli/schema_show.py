"""`propguard schema show`: the resolved schema, and where each part of it comes from."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

import click

from propguard.cli.choices import Choice
from propguard.cli.options import schema_option
from propguard.cli.schema_source import SchemaSource, shown
from propguard.errors import UsageError

if TYPE_CHECKING:
    from propguard.cli.named_schema import NamedSchema
    from propguard.schemafile.origin import Origin, Origins


@click.command("show")
@click.argument("path", required=False)
@schema_option
@click.option(
    "--format",
    "format_name",
    type=Choice(["yaml", "json", "json-schema"]),
    default="yaml",
    help="How to show it.",
)
@click.option(
    "--resolved",
    is_flag=True,
    expose_value=False,
    help="With everything that it extends folded in; it is never shown otherwise.",
)
@click.option("--origin", is_flag=True, help="Say of each property and field which layer and line it comes from.")
def command(path: str | None, schema: str | None, format_name: str, origin: bool) -> int:
    """Show the resolved schema: everything that it extends folded in, defaults left out.

    PATH is a file, or `git:REV:path` for a file at a revision.
    With `--format json-schema`, as a JSON Schema of one record. With `--origin`, YAML has comments, and JSON a member `origin`.
    """
    from propguard.cli.named_schema import existing_schema
    from propguard.schemafile import as_document, as_yaml

    if origin and format_name == "json-schema":
        raise UsageError("--origin goes with --format yaml and json; a JSON Schema is made of all layers together")
    named = existing_schema(path or SchemaSource(schema).path_here())
    if origin:
        sys.stdout.write(_with_origins(named, format_name))
    elif format_name == "json-schema":
        from propguard.compilers.json_schema import json_schema

        sys.stdout.write(_as_json(json_schema(named.schema())))
    elif format_name == "json":
        sys.stdout.write(_as_json(as_document(named.schema())))
    else:
        sys.stdout.write(as_yaml(named.schema()))
    return 0


def _with_origins(named: NamedSchema, format_name: str) -> str:
    from propguard.schemafile import as_commented_yaml, as_document
    from propguard.schemafile.writing import Comments

    schema, origins = named.with_origins()
    document = as_document(schema)
    if format_name == "json":
        return _as_json(document | {"origin": _origin_document(document, origins)})
    beside = {where: Comments(beside=", ".join(map(_shown, found))) for where, found in origins.items()}
    return as_commented_yaml(document, beside)


def _origin_document(document: dict[str, Any], origins: Origins) -> dict[str, Any]:
    """For each field its origin under the field's own name; a property has its layers in `layers`, and `fields`."""
    told: dict[str, Any] = {}
    for field, value in document.items():
        if field == "properties":
            told[field] = {
                name: {
                    "layers": [_place(layer) for layer in origins[field, name]],
                    "fields": {inner: _place(origins[field, name, inner][-1]) for inner in fields},
                }
                for name, fields in value.items()
            }
        elif field == "limits":
            told[field] = {name: _place(origins[field, name][-1]) for name in value}
        elif field == "reserved":
            told[field] = [_place(origins[field, position][-1]) for position in range(len(value))]
        else:
            told[field] = _place(origins[field,][-1])
    return told


def _place(origin: Origin) -> dict[str, object]:
    return {"schema": origin.schema, "path": shown(origin.path), "line": origin.line}


def _shown(origin: Origin) -> str:
    return f"{shown(origin.path)}:{origin.line}"


def _as_json(document: object) -> str:
    return json.dumps(document, indent=2) + "\n"
