"""The command line: commands parse, call, render, exit. Each is imported when it is called."""

from __future__ import annotations

import os
import sys

from propguard.cli.commands import root
from propguard.errors import PropguardError, SchemaInvalid

__all__ = ["main", "root"]

_FAILED = 2
_INTERRUPTED = 130


def main() -> None:
    """Run the command line; what goes wrong is one sentence on standard error."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Run the command line with `arguments` and give its exit code: 0, 1 for findings, 2 for failure, 130 interrupted."""
    import click

    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")  # no path or value can be one too many for a terminal
    try:
        return root.main(arguments, prog_name="propguard", standalone_mode=False) or 0
    except click.exceptions.Abort:
        return _INTERRUPTED
    except KeyboardInterrupt:
        return _INTERRUPTED
    except click.ClickException as error:
        hint = f" (see `{error.ctx.command_path} --help`)" if isinstance(error, click.UsageError) and error.ctx else ""
        _complain(error.format_message() + hint)
    except SchemaInvalid as error:
        _complain_about_schema(error)
    except PropguardError as error:
        _complain(str(error))
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or the interpreter complains when it ends
    except Exception as error:  # noqa: BLE001  # a traceback shown to a user is a bug; this one is at least a sentence
        if os.environ.get("PROPGUARD_DEBUG"):
            raise
        _complain(
            f"internal error ({type(error).__name__}: {error}); set PROPGUARD_DEBUG=1 to see where, and please report it"
        )
    return _FAILED


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
