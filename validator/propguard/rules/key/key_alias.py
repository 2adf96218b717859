"""key-alias: another spelling that the schema declares."""

from __future__ import annotations

from typing import TYPE_CHECKING

from propguard.rules.rule import Example, Found, KeyRule, KeySubject, StoredKeys
from propguard.rules.sql import is_one_of

if TYPE_CHECKING:
    from collections.abc import Collection


def find(subject: KeySubject) -> Found | None:
    declared = subject.names.aliases.get(subject.stored)
    if declared is None:
        return None
    return Found(
        f"`{subject.stored}` is another name of `{declared.name}`; write `{declared.name}`",
        suggestion=declared.name,
        context={"property": declared.name},
    )


def sql(stored: StoredKeys) -> str:
    return is_one_of("k", stored.names.aliases)


def sql_suggests(stored: StoredKeys, names: Collection[str]) -> str:
    return is_one_of("k", (alias for alias, declared in stored.names.aliases.items() if declared.name in names))


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
    sql=sql,
    sql_suggests=sql_suggests,
)
