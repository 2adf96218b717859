"""`propguard demo`: the linter at work on the bundled example application."""

from __future__ import annotations

import os
import sys

import click

from propguard.cli.options import has_colour
from propguard.cli.schema_source import SchemaSource
from propguard.errors import UsageError
from propguard.lint import lint_paths, list_files
from propguard.report import Report, render


@click.command("demo")
def command() -> int:
    """Lint the bundled example application: a support chat in Python and TypeScript, good and bad usage side by side."""
    folder = example_folder()
    if os.getcwd() != folder:
        os.chdir(folder)
    sys.stdout.write(f"The example application lies in {folder}; its schema is properties.yaml.\n\n$ propguard lint\n")
    sys.stdout.flush()
    result = lint_paths(list_files(["."]), SchemaSource("properties.yaml").judge_of)
    report = Report(result.findings, {"files": result.files, "usages": result.usages})
    render(report, sys.stdout, "text", colour=has_colour())
    from propguard.report.text_format import summary

    sys.stdout.write(
        summary(report)
        + "\n\nGood usage is passed in silence: read app/good.py and web/good.ts beside the ones above.\n"
    )
    return 0


def example_folder() -> str:
    """Where the example application lies: in the package, or in a checkout beside it."""
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    for folder in (os.path.join(package, "_example"), os.path.join(package, "..", "..", "examples", "support-app")):
        if os.path.isfile(os.path.join(folder, "properties.yaml")):
            return os.path.normpath(folder)
    raise UsageError("the example application is missing from this installation; install propguard again")
