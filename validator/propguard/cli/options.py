"""Options that commands share, and what follows from them."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any, TypeVar

import click

from propguard.cli.choices import Choice
from propguard.errors import UsageError
from propguard.report import FORMATS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from propguard.audit import DataFinding
    from propguard.model.finding import Finding

ALLOW_EMPTY = "pass --allow-empty where that is to be expected"
"""How a sentence ends that says that there was nothing to judge."""

FAIL_ON = ("error", "warning")

Command = TypeVar("Command", bound="Callable[..., Any]")


def schema_option(command: Command) -> Command:
    return click.option(
        "--schema",
        metavar="FILE",
        help="The property schema; `standard` is the bundled one. Default: PROPGUARD_SCHEMA, else the project's "
        "configuration, else the nearest properties.yaml.",
    )(command)


def format_option(command: Command, formats: Sequence[str] = ("text", "json")) -> Command:
    return click.option("--format", "format_name", type=Choice(formats), default="text", help="How to report.")(command)


def fail_on_option(command: Command, default: str | None = "error") -> Command:
    return click.option(
        "--fail-on",
        type=Choice(FAIL_ON),
        default=default,
        help=f"The least severity that makes the exit code 1. Default: {default or 'the settings, else error'}.",
    )(command)


def side_effects_option(command: Command) -> Command:
    """--accept-side-effects."""
    return click.option(
        "--accept-side-effects", is_flag=True, help="Do not report what every write blanks on the platform."
    )(command)


def platform_options(command: Command) -> Command:
    """--base-url, --insecure and --timeout: what is called, and how."""
    for option in (
        click.option("--timeout", type=click.FloatRange(0.1), default=10.0, help="Seconds for one answer."),
        click.option("--insecure", is_flag=True, help="Send the API key unencrypted to a host other than this one."),
        click.option(
            "--base-url", metavar="URL", help="The platform's API. Default: HELICONE_BASE_URL, else api.helicone.ai."
        ),
    ):
        command = option(command)
    return command


def finding_options(command: Command, fail_on: str | None = "error") -> Command:
    """--format, --select, --ignore and --fail-on, whose default is given."""
    return format_option(rule_options(fail_on_option(command, fail_on)), FORMATS)


def rule_options(command: Command) -> Command:
    """--select and --ignore."""
    for option in (
        click.option(
            "--ignore",
            metavar="RULE",
            multiple=True,
            help="Leave this rule, or this group (`value-*`), out (may be repeated, or a list with commas).",
        ),
        click.option(
            "--select",
            metavar="RULE",
            multiple=True,
            help="Only this rule, or this group (`value-*`; may be repeated, or a list with commas).",
        ),
    ):
        command = option(command)
    return command


def max_unreadable_option(command: Command) -> Command:
    return click.option(
        "--max-unreadable",
        type=click.FloatRange(0, 1),
        default=0.0,
        metavar="SHARE",
        help="Of the rows, how many may be unreadable before the exit code is 2, such as 0.01. Default: 0.",
    )(command)


def allow_empty_option(command: Command) -> Command:
    return click.option(
        "--allow-empty", is_flag=True, help="Accept that there is nothing to judge, which else is exit code 2."
    )(command)


def today_option(command: Command) -> Command:
    return click.option(
        "--today", metavar="DATE", callback=_date, help="Judge deprecations and enforcement as of this day (UTC)."
    )(command)


def _date(_: click.Context, __: click.Parameter, value: str | None) -> date | None:
    if value is None:
        return None
    from datetime import date

    try:
        return date.fromisoformat(value)
    except ValueError:
        raise click.BadParameter(f"{value!r} is no date; write it as 2026-01-31") from None


def selection(select: Sequence[str], ignore: Sequence[str]) -> Callable[[Finding | DataFinding], bool]:
    """Whether a finding is of a selected rule. Raises UsageError for a rule that does not exist."""
    wanted, unwanted = rule_ids(select), rule_ids(ignore)
    return lambda finding: (not wanted or finding.violation.rule in wanted) and finding.violation.rule not in unwanted


def rule_ids(values: Sequence[str]) -> set[str]:
    """The ids in `values`, each of which may be a list with commas; `value-*` stands for all that begin with `value-`.

    Raises UsageError for a rule or a group that does not exist.
    """
    names = {part.strip() for value in values for part in value.split(",") if part.strip()}
    if not names:
        return set()
    from propguard.rules.book import RULES

    known = [rule.id for rule in RULES]
    return {rule_id for name in sorted(names) for rule_id in _named(name, known)}


def _named(name: str, known: Sequence[str]) -> Sequence[str]:
    """The rules that one name stands for. Raises UsageError where there are none."""
    if name.endswith("*"):
        group = [rule_id for rule_id in known if rule_id.startswith(name[:-1])]
        if not group:
            raise UsageError(f"no rule begins with `{name[:-1]}` (`propguard rules` lists them)")
        return group
    if name not in known:
        from propguard.rules.near import nearest

        near = nearest(name, known)
        hint = f"; did you mean `{near}`?" if near else ""
        raise UsageError(f"there is no rule `{name}`{hint} (`propguard rules` lists them)")
    return [name]


def has_colour() -> bool:
    """Whether standard output is a terminal that wants colours."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
