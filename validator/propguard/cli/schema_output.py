"""Where commands that make a file out of another put it, and how they tell what was lost on the way."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, TypeVar

import click

from propguard.errors import UsageError
from propguard.files import write_output
from propguard.model.text import visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from propguard.evolve.losses import Loss

Command = TypeVar("Command", bound="Callable[..., Any]")


def output_option(command: Command) -> Command:
    return click.option("-o", "--output", metavar="FILE", help="Write into FILE, and not to standard output.")(command)


def put(text: str, output: str | None) -> None:
    """Write `text` into the file `output`, to standard output where that is null. Raises UsageError where that fails."""
    if output is None:
        sys.stdout.write(text)
        return
    try:
        write_output(output, text.encode())
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise UsageError(f"cannot write {output}: {reason.lower()}") from None


def say_losses(losses: Iterable[Loss], heading: str) -> None:
    """A line for each thing that was lost, on standard error."""
    from propguard.evolve.losses import notices

    lines = [f"  {visible(notice)}" for notice in notices(losses)]
    if lines:
        sys.stdout.flush()
        sys.stderr.write("\n".join([f"propguard: {visible(heading)}:", *lines]) + "\n")
