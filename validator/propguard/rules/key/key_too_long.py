"""key-too-long: more code points than `limits.key_length`."""

from __future__ import annotations

from propguard.model.text import excerpt
from propguard.rules.rule import Example, Found, KeyRule, KeySubject, StoredKeys


def find(subject: KeySubject) -> Found | None:
    limit = subject.schema.limits.key_length
    length = len(subject.stored)
    if length <= limit:
        return None
    return Found(
        f"`{excerpt(subject.stored)}` has {length} characters; a key may have {limit}",
        context={"length": length, "limit": limit},
    )


def sql(stored: StoredKeys) -> str:
    return f"lengthUTF8(k) > {stored.schema.limits.key_length}"


RULE = KeyRule(
    id="key-too-long",
    summary="The key has more code points than `limits.key_length`.",
    why="The platform recommends at most 100; longer keys are usually data that belongs in a value.",
    example=Example(
        schema="limits: {key_length: 20}\nproperties: {feature_*: {enum: [enabled, disabled]}}",
        bad='{"feature_new_onboarding_flow": "enabled"}',
        good='{"feature_onboarding": "enabled"}',
        language="json",
    ),
    find=find,
    sql=sql,
)
