"""The rule book in the words of SARIF: what code scanning shows beside a finding."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from propguard.report.rule_book import DOORS, how_it_is_mended
from propguard.rules.book import rule_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from propguard.model.finding import Severity
    from propguard.rules.rule import Rule

_TICKS = re.compile("`+")


def descriptor(rule_id: str, levels: Mapping[Severity, str]) -> dict[str, object]:
    """What there is to say of a rule; `levels` are the words for its severity."""
    rule = rule_of(rule_id)
    return {
        "id": rule.id,
        "name": "".join(word.capitalize() for word in rule.id.split("-")),
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": rule.why},
        "defaultConfiguration": {"level": levels[rule.severity]},
        "help": {"text": _help(rule, markdown=False), "markdown": _help(rule, markdown=True)},
        "properties": {"tags": [DOORS[door] for door in rule.doors]},
    }


def _help(rule: Rule, *, markdown: bool) -> str:
    """All that the rule says of itself, with its example."""
    example = rule.example
    paragraphs = [rule.summary, rule.why, how_it_is_mended(rule)]
    for title, language, code in (
        ("With the schema", "yaml", example.schema),
        ("this is reported", example.language, example.bad),
        ("and this is not", example.language, example.good),
    ):
        if code:
            paragraphs += [f"{title}:", _fenced(code.strip(), language) if markdown else code.strip()]
    return "\n\n".join(filter(None, paragraphs))


def _fenced(code: str, language: str) -> str:
    """A block of code, between more ticks than any that stand in it."""
    ticks = "`" * max([3, *(len(run) + 1 for run in _TICKS.findall(code))])
    return f"{ticks}{language}\n{code}\n{ticks}"
