"""value-sensitive: a secret or personal data in a value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from propguard.model.secrets import secret_in
from propguard.rules.pattern_language import is_open
from propguard.rules.rule import Example, Found, ValueRule, ValueSubject
from propguard.rules.secrets import secret_in_sql
from propguard.rules.sql import NEVER, either
from propguard.rules.value import value_format, value_pattern, value_type

if TYPE_CHECKING:
    from propguard.model.schema import Property

_ACCEPTING = (value_type.RULE, value_format.RULE, value_pattern.RULE)


def find(subject: ValueSubject) -> Found | None:
    if not is_checked(subject.declared) or (is_constrained(subject.declared) and not _is_refused(subject)):
        return None
    kind = secret_in(subject.value)
    if kind is None:
        return None
    return Found(
        f"the value of `{subject.key}` holds {kind}; write an opaque id instead, or declare `sensitive: allow`",
        context={"property": subject.declared.name, "kind": kind},
    )


def is_checked(declared: Property) -> bool:
    """Whether values of `declared` may be searched for secrets; a list is by its items, a closed set never."""
    return declared.sensitive == "forbid" and declared.enum is None and declared.type != "list"


def is_constrained(declared: Property) -> bool:
    """Whether a type, a format or an anchored pattern says what a value is, so that one which it accepts is no secret."""
    return not is_open(declared)


def _is_refused(subject: ValueSubject) -> bool:
    return any(rule.find(subject) is not None for rule in _ACCEPTING)


def refused_in_sql(declared: Property) -> str:
    """Whether the type, the format or the pattern of `declared` refuses `v`."""
    return either(rule.sql(declared) for rule in _ACCEPTING if rule.sql is not None)


def sql(declared: Property) -> str:
    if not is_checked(declared):
        return NEVER
    return f"({refused_in_sql(declared)}) AND ({secret_in_sql()})" if is_constrained(declared) else secret_in_sql()


RULE = ValueRule(
    id="value-sensitive",
    summary="The value holds an e-mail address, an API key, a JSON web token, a private key, a password or a payment card number.",
    why="Properties are shown to everybody who reads a dashboard and cannot be deleted.",
    example=Example(
        schema="properties: {user_id: {max_length: 64}}",
        bad='headers = {"Helicone-Property-user_id": "ada@example.com"}',
        good='headers = {"Helicone-Property-user_id": "u_1815"}',
    ),
    find=find,
    sql=sql,
)
