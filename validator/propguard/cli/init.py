"""`propguard init`: a property schema to start from."""

from __future__ import annotations

import os
import sys

import click

from propguard.errors import UsageError, system_reason
from propguard.files import write_whole
from propguard.lint import list_files, usages_in_paths
from propguard.model.secrets import without_secrets
from propguard.model.text import visible

_SCHEMA = "properties.yaml"
_FORMAT = "property-schema.json"
HOOKS = """\
repos:
  - repo: local
    hooks:
      - id: propguard-lint
        name: propguard lint
        entry: propguard lint
        language: system
        types: [text]
        require_serial: true
      - id: propguard-schema
        name: propguard schema check
        entry: propguard schema check
        language: system
        files: (^|/)properties\\.ya?ml$
        require_serial: true
"""
"""Run the propguard that is installed, so that they work as printed, wherever it came from."""


@click.command("init")
@click.argument("folder", default=".")
@click.option("--force", is_flag=True, help="Overwrite a schema that is there already.")
@click.option(
    "--from-code", is_flag=True, help="Infer all of it from the code in FOLDER, and not build on the standard schema."
)
@click.option(
    "--from-data",
    metavar="SOURCE",
    multiple=True,
    help="Infer all of it from stored data, as `propguard audit` takes it (may be repeated).",
)
def command(folder: str, force: bool, from_code: bool, from_data: tuple[str, ...]) -> int:
    """Write properties.yaml into FOLDER (default: the working directory): a schema to start from.

    It extends the bundled standard schema. Keys that the code already uses and the standard does not know are listed with the
    places they were found at; look them over, close their value sets, and delete what should not be. A key that looks like a
    typing error of another is printed instead of declared, and `propguard lint` reports it. With --from-code,
    --from-data or both it is what `propguard schema infer` makes of them.
    """
    from propguard.cli.schema_infer import name_of
    from propguard.schemafile.places import format_path

    target = os.path.normpath(os.path.join(folder, _SCHEMA))
    if not os.path.isdir(folder):
        raise UsageError(f"{folder} is no folder; name the one that the schema is to lie in")
    if os.path.lexists(target) and not force:
        raise UsageError(f"{target} is there already; edit it, or overwrite it with --force")
    with open(format_path(), "rb") as file:
        format_text = file.read()
    if from_code or from_data:
        text, told = _inferred([folder] if from_code else [], from_data, name_of(folder))
    else:
        text, told = _drafted(folder, name_of(folder))
    _write(os.path.join(folder, _FORMAT), format_text)
    _write(target, text.encode())
    _say(target, told)
    return 0


def _drafted(folder: str, name: str) -> tuple[str, str]:
    """The standard schema with what the code has beyond it, and a sentence about that."""
    from propguard.cli.drafting import draft
    from propguard.cli.scope import show_notices

    listing = list_files([folder])
    show_notices(listing)
    usages = usages_in_paths(listing).usages
    made = draft(usages, name)
    if not usages:
        return made.text, ""
    told = [
        f"usages of properties in your code: {len(usages)}; keys that the standard schema lacks, now declared: {made.declared}\n"
    ]
    if made.near_misses:
        told.append("\nnot declared, as they look like typing errors (`propguard lint` reports them):\n")
    told += [
        _shown(f"  {usage.path}{usage.span.where()}: `{usage.written_key}` looks like `{meant}`") + "\n"
        for usage, meant in made.near_misses
    ]
    return made.text, "".join(told)


def _shown(line: str) -> str:
    """A line that quotes code, with nothing in it that moves a cursor or is a secret."""
    return visible(without_secrets(line))


def _inferred(code: list[str], data: tuple[str, ...], name: str) -> tuple[str, str]:
    """What code and data show, and a sentence about that."""
    from propguard.cli.schema_infer import inferred, say_notices
    from propguard.engine.sources import SourceOptions

    made, _ = inferred(code, data, name, SourceOptions())
    say_notices(made)
    return made.text, f"inferred properties, each with what that rests on: {made.properties}; look every guess over\n"


def _say(target: str, told: str) -> None:
    sys.stdout.write(f"wrote {target}, and {_FORMAT} beside it for your editor\n{told}")
    sys.stdout.write(
        "\nnext: propguard schema check && propguard lint\n\n"
        "for .pre-commit-config.yaml, where propguard is installed for everyone who commits:\n\n" + HOOKS
    )


def _write(path: str, content: bytes) -> None:
    try:
        write_whole(path, content)
    except OSError as error:
        raise UsageError(f"cannot write {path}: {system_reason(error)}") from None
