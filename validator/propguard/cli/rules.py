"""`propguard rules`: the rule book, a line each."""

from __future__ import annotations

import sys

import click

from propguard.cli.options import format_option, has_colour
from propguard.rules.book import RULES


@click.command("rules")
@format_option
def command(format_name: str) -> int:
    """List the rules: at which doors each holds (C code, W write, D data, S schema files), how much it weighs, and when it is broken."""
    from propguard.report.rule_book import render_rules, render_rules_as_json

    if format_name == "json":
        render_rules_as_json(RULES, sys.stdout)
    else:
        render_rules(RULES, sys.stdout, colour=has_colour())
    return 0
