"""The rule book, rendered."""

from __future__ import annotations

import json
import shutil
import textwrap
from typing import TYPE_CHECKING, TextIO

from propguard.report.style import Style
from propguard.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Sequence

    from propguard.rules.rule import Rule

DOORS = {"C": "code", "W": "write", "D": "data", "S": "schema files"}


def render_rules(rules: Sequence[Rule], out: TextIO, *, colour: bool) -> None:
    """Write a line per rule: doors, severity, id, summary."""
    style = Style(colour=colour)
    longest = max(len(rule.id) for rule in rules)
    for rule in rules:
        severity = style.paint(f"{rule.severity.value:7}", rule.severity.value)
        fix = style.paint(f"{'fix' if rule.fix == 'safe' else '':3}", "help")
        out.write(
            f"{rule.doors:3}  {severity}  {fix}  {style.paint(f'{rule.id:{longest}}', 'strong')}  {rule.summary}\n"
        )


def render_rule(rule: Rule, out: TextIO, *, colour: bool) -> None:
    """Write all that the rule says of itself, with its example."""
    style = Style(colour=colour)
    width = min(100, shutil.get_terminal_size((100, 24)).columns)
    doors = ", ".join(DOORS[door] for door in rule.doors)
    out.write(
        f"{style.paint(rule.id, 'strong')} ({style.paint(rule.severity.value, rule.severity.value)}; holds in {doors})\n\n"
    )
    for paragraph in (rule.summary, rule.why, how_it_is_mended(rule)):
        if paragraph:
            out.write(textwrap.fill(paragraph, width) + "\n\n")
    example = rule.example
    for title, text in (
        ("With the schema", example.schema),
        ("this is reported", example.bad),
        ("and this is not", example.good),
    ):
        if text:
            out.write(f"{title}:\n\n{textwrap.indent(text.strip(), '    ')}\n\n")


def render_rules_as_json(rules: Sequence[Rule], out: TextIO) -> None:
    """Write the rules as JSON, version 1."""
    document = {
        "version": 1,
        "tool": {"name": "propguard", "version": VERSION},
        "rules": [
            {
                "id": rule.id,
                "doors": rule.doors,
                "severity": rule.severity.value,
                "fix": rule.fix,
                "summary": rule.summary,
                "why": rule.why,
                "example": {
                    "schema": rule.example.schema,
                    "language": rule.example.language,
                    "bad": rule.example.bad,
                    "good": rule.example.good,
                },
            }
            for rule in rules
        ],
    }
    json.dump(document, out, indent=2)
    out.write("\n")


def how_it_is_mended(rule: Rule) -> str:
    """What `--fix` does about the rule, in a sentence; empty where it does nothing."""
    if rule.fix == "safe":
        return "Where the fix is sure, `propguard lint --fix` applies it."
    if rule.fix == "unsafe":
        return "Where a suggestion is likely, `propguard lint --fix --unsafe-fixes` applies it."
    return ""
