"""`propguard usages`: the inventory of every usage."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from propguard.cli.options import format_option, has_colour
from propguard.cli.source_code import say_unread, usages_at

if TYPE_CHECKING:
    from propguard.lint import UsagesResult


@click.command("usages")
@click.argument("paths", nargs=-1, metavar="[PATHS]...")
@click.option("--wrappers", is_flag=True, help="List the functions of yours that write properties, and why they do.")
@format_option
def command(paths: tuple[str, ...], wrappers: bool, format_name: str) -> int:
    """List every property usage in source code: its key, its door, and the values that it can take.

    PATHS are files and folders; without any, the working directory. No schema is needed.
    """
    result = usages_at(paths or (".",))
    if wrappers:
        return _show_wrappers(result, format_name)
    if format_name == "json":
        from propguard.report.json_format import render_usages as render_json

        render_json(result.usages, sys.stdout)
    else:
        from propguard.report.text_format import render_usages

        render_usages(result.usages, sys.stdout, colour=has_colour())
    sys.stdout.flush()
    say_unread(result)
    if format_name == "text":
        usages, files = len(result.usages), result.files
        sys.stderr.write(
            f"{usages} {'usage' if usages == 1 else 'usages'} in {files} {'file' if files == 1 else 'files'}\n"
        )
    return 0


def _show_wrappers(result: UsagesResult, format_name: str) -> int:
    from propguard.report.wrappers import render_wrappers, render_wrappers_as_json

    found = result.wrappers
    if format_name == "json":
        render_wrappers_as_json(found, sys.stdout)
    else:
        render_wrappers(found, sys.stdout, colour=has_colour())
        sys.stdout.flush()
        sys.stderr.write(f"{len(found)} {'wrapper' if len(found) == 1 else 'wrappers'} found\n")
    return 0
