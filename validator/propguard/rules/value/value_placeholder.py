"""value-placeholder: what a program writes when it has nothing to write."""

from __future__ import annotations

from typing import TYPE_CHECKING

from propguard.model.finding import Severity
from propguard.rules.pattern_language import is_open
from propguard.rules.rule import Example, Found, ValueRule, ValueSubject
from propguard.rules.sql import NEVER, is_one_of

if TYPE_CHECKING:
    from propguard.model.schema import Property

PLACEHOLDERS = frozenset({"undefined", "null", "None", "NaN", "[object Object]", "TODO", "changeme"})
"""Compared exactly, case included."""


def find(subject: ValueSubject) -> Found | None:
    if subject.value not in PLACEHOLDERS or not subject.is_open:
        return None
    return Found(
        f"the value of `{subject.key}` is `{subject.value}`, which a program writes when it has no value; leave the property out instead",
        context={"property": subject.declared.name},
    )


def sql(declared: Property) -> str:
    return is_one_of("v", PLACEHOLDERS) if is_open(declared) else NEVER


RULE = ValueRule(
    id="value-placeholder",
    summary="An open value is exactly `undefined`, `null`, `None`, `NaN`, `[object Object]`, `TODO` or `changeme`.",
    why="It is a missing value in disguise, and is counted as a value of its own.",
    severity=Severity.WARNING,
    example=Example(
        schema="properties: {project: {max_length: 40}}",
        bad='headers = {"Helicone-Property-Project": "undefined"}',
        good='headers = {"Helicone-Property-Project": "onboarding"}',
    ),
    find=find,
    sql=sql,
)
