"""The command line: commands parse, call, render, exit. Each is imported when it is called."""

from __future__ import annotations

import contextlib
import gc
import os
import sys
from typing import TYPE_CHECKING, NoReturn

from propguard.errors import PropguardError, SchemaInvalid, system_reason
from propguard.interrupts import INTERRUPTED, Interruptible, leave_at_once

if TYPE_CHECKING:
    import click

__all__ = ["main", "run"]

_FAILED = 2
_NOBODY_READS = 141
"""As of a program that SIGPIPE ends: `propguard lint | head -1` has not failed, and is not passed for clean either."""


def main() -> NoReturn:
    """Run the command line; what goes wrong is one sentence on standard error."""
    leave_at_once()
    gc.disable()  # what start-up makes is no garbage, and looking for some takes a tenth of a short command's time
    code = run(sys.argv[1:])
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError):  # whoever does not listen any more has missed nothing else
            stream.flush()
    os._exit(code)  # taking the interpreter apart would take as long as reading a file


def run(arguments: list[str]) -> int:
    """Run the command line with `arguments` and give its exit code: 0, 1 for findings, 2 for failure, 130 interrupted."""
    import click

    from propguard.cli.commands import root

    _ready_streams()
    try:
        with Interruptible():
            code: int = root.main(arguments, prog_name="propguard", standalone_mode=False) or 0
            sys.stdout.flush()
    except (click.exceptions.Abort, KeyboardInterrupt) as error:
        _report_interruption(error)
        return INTERRUPTED
    except (BrokenPipeError, SystemExit):  # click exits with 1 on a broken pipe, which would say findings
        _give_up_output()
        return _NOBODY_READS
    except Exception as error:  # a traceback shown to a user is a bug; a sentence is at least a sentence
        if os.environ.get("PROPGUARD_DEBUG") and not isinstance(error, (click.ClickException, PropguardError)):
            raise
        _explain(error)
        return _FAILED
    return code


def _ready_streams() -> None:
    """Whoever has closed a stream is written to in vain, and no path or value is one too many for an encoding."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115  # for as long as the program runs
        stream = getattr(sys, name)
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def _report_interruption(error: BaseException) -> None:
    """With what is kept, which is in the notes of the interruption; click raises an error of its own for it."""
    from propguard.model.text import visible

    notes = [note for one in (error, error.__cause__) for note in getattr(one, "__notes__", ())]
    with contextlib.suppress(OSError, ValueError):  # nobody looks any more
        sys.stderr.write(visible("; ".join(["propguard: interrupted", *notes])) + "\n")


def _explain(error: Exception) -> None:
    """Say in a sentence why the job could not be done."""
    import click

    if isinstance(error, click.UsageError):
        _complain_about_usage(error)
    elif isinstance(error, click.ClickException):
        _complain(error.format_message())
    elif isinstance(error, SchemaInvalid):
        _complain_about_schema(error)
    elif isinstance(error, PropguardError):
        _complain(str(error))
    elif isinstance(error, OSError):
        _give_up_output()
        name = "" if error.filename is None else f" ({error.filename})"
        _complain(f"cannot go on: {system_reason(error)}{name}")
    else:
        _complain(
            f"internal error ({type(error).__name__}: {error}); set PROPGUARD_DEBUG=1 to see where, and please report it"
        )


def _give_up_output() -> None:
    """Nobody reads what is left, and the interpreter does not complain about it when it ends."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):
        return


def _complain_about_usage(error: click.UsageError) -> None:
    """What is wrong with the arguments; where there are none, what there could be."""
    path = error.ctx.command_path if error.ctx else "propguard"
    if type(error).__name__ == "NoArgsIsHelpError":  # since click 8.2; its message is the help
        sys.stderr.write(error.format_message() + "\n")
    else:
        _complain(f"{error.format_message().rstrip('.')} (see `{path} --help`)")


def _complain(message: str) -> None:
    from propguard.model.text import visible

    sys.stderr.write(f"propguard: {visible(message.rstrip('.'))}\n")


def _complain_about_schema(error: SchemaInvalid) -> None:
    from propguard.model.text import visible

    for finding in error.findings:
        sys.stderr.write(
            visible(f"{finding.where()}error[{finding.violation.rule}] {finding.violation.message}") + "\n"
        )
    _complain(
        f"the property schema {error.path} has faults, so nothing was judged; mend them, `propguard schema check {error.path}` shows them"
    )
