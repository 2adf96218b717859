"""value-not-allowed: outside the closed set."""

from __future__ import annotations

from typing import TYPE_CHECKING

from propguard.model.text import excerpt, one_of
from propguard.rules.near import nearest
from propguard.rules.rule import Example, Found, ValueRule, ValueSubject
from propguard.rules.sql import NEVER, is_one_of

if TYPE_CHECKING:
    from propguard.model.schema import Property


def find(subject: ValueSubject) -> Found | None:
    allowed = subject.declared.enum
    if allowed is None or subject.value in allowed:
        return None
    near = nearest(subject.value, allowed)
    advice = f"; did you mean `{near}`?" if near else ""
    return Found(
        f"`{excerpt(subject.value)}` is not an allowed value of `{subject.key}` ({one_of(allowed)}){advice}",
        suggestion=near,
        context={"property": subject.declared.name, "allowed": list(allowed)},
    )


def sql(declared: Property) -> str:
    return NEVER if declared.enum is None else f"NOT ({is_one_of('v', declared.enum)})"


RULE = ValueRule(
    id="value-not-allowed",
    summary="The value is outside the property's `enum`.",
    why="A closed set is what makes a property safe to group, filter and alert by.",
    fix="unsafe",
    example=Example(
        schema="properties: {environment: {enum: [production, staging]}}",
        bad='headers = {"Helicone-Property-Environment": "produktion"}',
        good='headers = {"Helicone-Property-Environment": "production"}',
    ),
    find=find,
    sql=sql,
)
