"""value-pattern: not matched by the declared pattern."""

from __future__ import annotations

from typing import TYPE_CHECKING

from propguard.model.text import excerpt
from propguard.rules.linear_pattern import pattern_test
from propguard.rules.rule import Example, Found, ValueRule, ValueSubject
from propguard.rules.sql import NEVER, matches

if TYPE_CHECKING:
    from propguard.model.schema import Property


def find(subject: ValueSubject) -> Found | None:
    pattern = subject.declared.pattern
    if pattern is None or pattern_test(pattern)(subject.value):
        return None
    return Found(
        f"`{excerpt(subject.value)}` does not match the pattern of `{subject.key}`: {pattern}",
        context={"property": subject.declared.name, "pattern": pattern},
    )


def sql(declared: Property) -> str:
    return NEVER if declared.pattern is None else f"NOT {matches('v', declared.pattern)}"


RULE = ValueRule(
    id="value-pattern",
    summary="The value does not match the property's `pattern` (RE2; it searches, so anchor it).",
    why="Identifiers of one kind look alike; one that does not is of another kind, or a person's name.",
    example=Example(
        schema="properties: {customer_id: {pattern: '^cust_[a-z0-9]+$'}}",
        bad='headers = {"Helicone-Property-customer_id": "ACME Inc"}',
        good='headers = {"Helicone-Property-customer_id": "cust_456"}',
    ),
    find=find,
    sql=sql,
)
