"""key-characters: characters that not every way of writing a property can carry."""

from __future__ import annotations

import re

from propguard.rules.rule import Example, Found, KeyRule, KeySubject, StoredKeys
from propguard.rules.sql import matches

FORBIDDEN = r"[^\x21-\x7e]|[:/]"
"""Control characters, whitespace, `:`, `/` and everything beyond ASCII."""

_FORBIDDEN = re.compile(FORBIDDEN)


def find(subject: KeySubject) -> Found | None:
    match = _FORBIDDEN.search(subject.stored)
    if match is None:
        return None
    return Found(
        f"`{subject.stored}` holds {_in_words(match[0])}, which a header name cannot carry; use letters, digits, `_` and `-`",
        context={"character": match[0], "position": match.start() + 1},
    )


def _in_words(character: str) -> str:
    if character == " ":
        return "a space"
    if character in ":/":
        return f"`{character}`"
    return f"the character U+{ord(character):04X}"


def sql(_: StoredKeys) -> str:
    return matches("k", FORBIDDEN)


RULE = KeyRule(
    id="key-characters",
    summary="The key holds a control character, whitespace, `:`, `/` or something beyond ASCII.",
    why="HTTP clients fail on such header names with a misleading connection error, and the same key must work at every door.",
    example=Example(
        schema="naming: any\nproperties: {environment: {enum: [production]}}\nunknown_properties: allow",
        bad='{"cost center": "emea"}',
        good='{"cost_center": "emea"}',
        language="json",
    ),
    find=find,
    sql=sql,
)
