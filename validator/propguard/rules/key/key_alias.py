"""key-alias: another spelling that the schema declares."""

from __future__ import annotations

from propguard.rules.rule import Example, Found, KeyRule, KeySubject


def find(subject: KeySubject) -> Found | None:
    declared = subject.names.aliases.get(subject.stored)
    if declared is None:
        return None
    return Found(
        f"`{subject.stored}` is another name of `{declared.name}`; write `{declared.name}`",
        suggestion=declared.name,
        context={"property": declared.name},
    )


RULE = KeyRule(
    id="key-alias",
    summary="The key is a declared alias of a property.",
    why="Two names for one thing split every dashboard, alert and bill that groups by it.",
    fix="safe",
    example=Example(
        schema="properties: {environment: {enum: [production], aliases: [env]}}",
        bad='headers = {"Helicone-Property-Env": "production"}',
        good='headers = {"Helicone-Property-Environment": "production"}',
    ),
    find=find,
)
