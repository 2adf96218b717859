"""key-empty: there is no key."""

from __future__ import annotations

from propguard.rules.rule import Example, Found, KeyRule, KeySubject, StoredKeys


def find(subject: KeySubject) -> Found | None:
    if subject.stored:
        return None
    if subject.door == "header":
        return Found(
            "the property has no name: nothing follows `Helicone-Property-`, and the platform drops such a header"
        )
    return Found("the property has no name: the key is empty")


def sql(_: StoredKeys) -> str:
    return "k = ''"


RULE = KeyRule(
    id="key-empty",
    summary="The key is empty.",
    why="A header without a name is dropped by the platform; an empty key written through the API cannot be queried.",
    example=Example(
        schema="properties: {environment: {enum: [production]}}",
        bad='headers = {"Helicone-Property-": "production"}',
        good='headers = {"Helicone-Property-Environment": "production"}',
    ),
    find=find,
    sql=sql,
)
