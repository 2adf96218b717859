"""value-alias: another spelling of a value that the schema declares."""

from __future__ import annotations

from typing import TYPE_CHECKING

from propguard.rules.rule import Example, Found, ValueRule, ValueSubject
from propguard.rules.sql import is_one_of

if TYPE_CHECKING:
    from propguard.model.schema import Property


def find(subject: ValueSubject) -> Found | None:
    target = subject.declared.value_aliases.get(subject.value)
    if target is None:
        return None
    return Found(
        f"`{subject.value}` is another spelling of the value `{target}` of `{subject.key}`; write `{target}`",
        suggestion=target,
        context={"property": subject.declared.name, "target": target},
    )


def sql(declared: Property) -> str:
    return is_one_of("v", declared.value_aliases)


RULE = ValueRule(
    id="value-alias",
    summary="The value is a declared alias of an allowed one.",
    why="`prod` and `production` are two bars in a chart and two lines on a bill.",
    fix="safe",
    example=Example(
        schema="properties: {environment: {enum: [production], value_aliases: {prod: production}}}",
        bad='headers = {"Helicone-Property-Environment": "prod"}',
        good='headers = {"Helicone-Property-Environment": "production"}',
    ),
    find=find,
    sql=sql,
)
