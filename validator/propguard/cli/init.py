"""`propguard init`: a property schema to start from."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

from propguard.errors import UsageError
from propguard.files import write_whole
from propguard.lint import list_files, usages_in_paths

if TYPE_CHECKING:
    from propguard.model.usage import Usage

_SCHEMA = "properties.yaml"
_FORMAT = "property-schema.json"
_HOOKS = """\
  - repo: <the git address that propguard is cloned from>
    rev: v{version}
    hooks:
      - id: propguard-lint
      - id: propguard-schema
"""


@click.command("init")
@click.argument("folder", default=".")
@click.option("--force", is_flag=True, help="Overwrite a schema that is there already.")
def command(folder: str, force: bool) -> int:
    """Write properties.yaml into FOLDER (default: the working directory): a schema to start from.

    It extends the bundled standard schema. Keys that the code already uses and the standard does not know are listed with the
    places they were found at; look them over, close their value sets, and delete what should not be.
    """
    from propguard.cli.drafting import draft
    from propguard.schemafile.places import format_path

    target = os.path.normpath(os.path.join(folder, _SCHEMA))
    if not os.path.isdir(folder):
        raise UsageError(f"{folder} is no folder; name the one that the schema is to lie in")
    if os.path.lexists(target) and not force:
        raise UsageError(f"{target} is there already; edit it, or overwrite it with --force")
    usages = usages_in_paths(list_files([folder])).usages
    with open(format_path(), "rb") as file:
        format_text = file.read()
    text, found = draft(usages, os.path.basename(os.path.abspath(folder)))
    _write(os.path.join(folder, _FORMAT), format_text)
    _write(target, text.encode())
    _say(target, usages, found)
    return 0


def _say(target: str, usages: tuple[Usage, ...], found: int) -> None:
    from propguard.version import VERSION

    sys.stdout.write(f"wrote {target}, and {_FORMAT} beside it for your editor\n")
    if usages:
        sys.stdout.write(
            f"read {len(usages)} usages in your code; keys among them that the standard schema does not know, each declared with a place: {found}\n"
        )
    sys.stdout.write(
        "\nnext: propguard schema check && propguard lint\n\nfor .pre-commit-config.yaml:\n\n"
        + _HOOKS.format(version=VERSION)
    )


def _write(path: str, content: bytes) -> None:
    try:
        write_whole(path, content)
    except OSError as error:
        raise UsageError(f"cannot write {path}: {(error.strerror or str(error)).lower()}") from None
