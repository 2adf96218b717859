"""A file that is made from the schema: written, or held against what it would be now."""

from __future__ import annotations

import difflib
import sys
from typing import TYPE_CHECKING

import click

from propguard.errors import UsageError, system_reason
from propguard.files import write_whole
from propguard.model.text import visible

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, TypeVar

    Command = TypeVar("Command", bound=Callable[..., Any])

_LARGEST_FILE = 64 << 20
_LINES_COMPARED = 60
_LINES_SHOWN = 16


def output_options(command: Command) -> Command:
    """-o and --check."""
    command = click.option(
        "--check", is_flag=True, help="Write nothing; exit 1 where the file of -o is not what would be written."
    )(command)
    return click.option("-o", "--output", metavar="FILE", help="Write to this file instead of standard output.")(
        command
    )


def settle(output: str | None, check: bool, made_for: Callable[[bytes | None], bytes]) -> int:
    """Put what `made_for` the content of the file at `output` (null where there is none) in its place, or on standard output.

    With `check` nothing is written, and 1 is for a file that would become another one. Raises UsageError where a file cannot
    be read or written.
    """
    if output is None:
        if check:
            raise click.UsageError("--check needs -o FILE, the file that is to be held against the schema")
        sys.stdout.flush()
        sys.stdout.buffer.write(made_for(None))
        return 0
    before = _content(output)
    after = made_for(before)
    if before == after:
        sys.stderr.write(f"{visible(output)} is current\n")
        return 0
    if check:
        _tell_difference(output, before, after)
        return 1
    try:
        write_whole(output, after)
    except OSError as error:
        raise UsageError(f"cannot write {output}: {system_reason(error)}") from None
    sys.stderr.write(f"wrote {visible(output)}\n")
    return 0


def _content(path: str) -> bytes | None:
    try:
        with open(path, "rb") as file:
            content = file.read(_LARGEST_FILE + 1)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise UsageError(f"cannot read {path}: {system_reason(error)}") from None
    if len(content) > _LARGEST_FILE:
        raise UsageError(f"{path} is longer than {_LARGEST_FILE >> 20} MB, so it is left alone; name another file")
    return content


def _tell_difference(path: str, before: bytes | None, after: bytes) -> None:
    """One sentence, and the first lines that differ; however long the files are, few of their lines are compared."""
    remedy = "run the same command without --check"
    if before is None:
        sys.stdout.write(visible(f"{path} is not there; {remedy}") + "\n")
        return
    old, new = (content.decode("utf-8", "backslashreplace").split("\n") for content in (before, after))
    pairs = enumerate(zip(old, new, strict=False))
    first = next((number for number, (one, other) in pairs if one != other), min(len(old), len(new)))
    sys.stdout.write(visible(f"{path} is not what the schema says now, from line {first + 1} on; {remedy}") + "\n")
    start = max(first - 1, 0)
    one, other = old[start : start + _LINES_COMPARED], new[start : start + _LINES_COMPARED]
    lines = list(difflib.unified_diff(one, other, n=1, lineterm=""))[3:]  # without the names and numbers of a patch
    hunk = next((number for number, line in enumerate(lines) if line.startswith("@@")), len(lines))
    for line in lines[: min(hunk, _LINES_SHOWN)]:
        sys.stdout.write(f"{line[:1]}{visible(line[1:])}\n")
    if min(hunk, _LINES_SHOWN) < len(lines):
        sys.stdout.write("…\n")
