"""value-empty: nothing, where something must be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from propguard.rules.rule import Example, Found, ValueRule, ValueSubject
from propguard.rules.sql import NEVER

if TYPE_CHECKING:
    from propguard.model.schema import Property


def find(subject: ValueSubject) -> Found | None:
    if subject.value or subject.declared.min_length == 0:
        return None
    return Found(
        f"the value of `{subject.key}` is empty; leave the property out where there is nothing to say",
        context={"property": subject.declared.name, "min_length": subject.declared.min_length},
    )


def sql(declared: Property) -> str:
    return NEVER if declared.min_length == 0 else "v = ''"


RULE = ValueRule(
    id="value-empty",
    summary="The value is the empty string and `min_length` is not 0.",
    why="The platform stores the empty value and cannot tell it from an absent one in filters.",
    example=Example(
        schema="properties: {project: {max_length: 40}}",
        bad='headers = {"Helicone-Property-Project": ""}',
        good='headers = {"Helicone-Property-Project": "onboarding"}',
    ),
    find=find,
    sql=sql,
)
