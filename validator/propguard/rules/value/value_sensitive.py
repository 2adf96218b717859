"""value-sensitive: a secret or personal data in an open value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from propguard.rules.pattern_language import is_open
from propguard.rules.rule import Example, Found, ValueRule, ValueSubject
from propguard.rules.secrets import masked, secret_in, secret_in_sql
from propguard.rules.sql import NEVER

if TYPE_CHECKING:
    from propguard.model.schema import Property


def find(subject: ValueSubject) -> Found | None:
    if subject.declared.sensitive == "allow" or not subject.is_open:
        return None
    kind = secret_in(subject.value)
    if kind is None:
        return None
    return Found(
        f"the value of `{subject.key}` holds {kind}; write an opaque id instead, or declare `sensitive: allow`",
        context={"property": subject.declared.name, "kind": kind},
        value=masked(subject.value),
    )


def sql(declared: Property) -> str:
    return secret_in_sql() if is_open(declared) and declared.sensitive == "forbid" else NEVER


RULE = ValueRule(
    id="value-sensitive",
    summary="An open value holds an e-mail address, an API key, a JSON web token, a private key or a payment card number.",
    why="Properties are shown to everybody who reads a dashboard and cannot be deleted.",
    example=Example(
        schema="properties: {user_id: {max_length: 64}}",
        bad='headers = {"Helicone-Property-user_id": "ada@example.com"}',
        good='headers = {"Helicone-Property-user_id": "u_1815"}',
    ),
    find=find,
    sql=sql,
)
