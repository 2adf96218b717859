"""`propguard rule ID`: one rule explained."""

from __future__ import annotations

import sys

import click

from propguard.cli.options import format_option, has_colour
from propguard.errors import UsageError
from propguard.rules.book import RULES, rule_of


@click.command("rule")
@click.argument("rule_id", metavar="ID")
@format_option
def command(rule_id: str, format_name: str) -> int:
    """Explain one rule: when it is broken, why that matters, how it is mended, and an example of each side."""
    from propguard.report.rule_book import render_rule, render_rules_as_json

    try:
        rule = rule_of(rule_id)
    except KeyError:
        from propguard.rules.near import nearest

        near = nearest(rule_id, (known.id for known in RULES))
        raise UsageError(
            f"there is no rule `{rule_id}`{f'; did you mean `{near}`?' if near else ''} (`propguard rules` lists them)"
        ) from None
    if format_name == "json":
        render_rules_as_json([rule], sys.stdout)
    else:
        render_rule(rule, sys.stdout, colour=has_colour())
    return 0
