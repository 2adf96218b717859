"""deprecated-value: allowed, but on its way out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from propguard.model.finding import Severity
from propguard.rules.rule import Example, Found, ValueRule, ValueSubject
from propguard.rules.sql import is_one_of

if TYPE_CHECKING:
    from propguard.model.schema import Property


def find(subject: ValueSubject) -> Found | None:
    note = subject.declared.deprecated_values.get(subject.value)
    if note is None:
        return None
    return Found(
        f"the value `{subject.value}` of `{subject.key}` is deprecated: {note}",
        context={"property": subject.declared.name, "note": note},
    )


def sql(declared: Property) -> str:
    return is_one_of("v", declared.deprecated_values)


RULE = ValueRule(
    id="deprecated-value",
    summary="The value is listed under `deprecated_values`.",
    why="Old rows keep the value, new ones should not add to it.",
    severity=Severity.WARNING,
    example=Example(
        schema="properties: {region: {enum: [us-east-1, eu-west-1], deprecated_values: {us-east-1: moved to eu-west-1}}}",
        bad='headers = {"Helicone-Property-Region": "us-east-1"}',
        good='headers = {"Helicone-Property-Region": "eu-west-1"}',
    ),
    find=find,
    sql=sql,
)
