"""value-whitespace: blanks around an open value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from propguard.model.finding import Severity
from propguard.model.text import excerpt
from propguard.rules.pattern_language import is_open
from propguard.rules.rule import Example, Found, ValueRule, ValueSubject
from propguard.rules.sql import NEVER, matches

if TYPE_CHECKING:
    from propguard.model.schema import Property

WHITESPACE = "\t\n\v\f\r \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
"""Unicode's White_Space."""

BLANK = "[" + "".join(f"\\x{{{ord(character):x}}}" for character in WHITESPACE) + "]"
"""One of them, as RE2 writes it."""


def find(subject: ValueSubject) -> Found | None:
    stripped = subject.value.strip(WHITESPACE)
    if not subject.is_open or stripped == subject.value:
        return None
    return Found(
        f"the value of `{subject.key}` has blanks at an end: `{excerpt(subject.value)}`",
        suggestion=stripped or None,
        context={"property": subject.declared.name},
    )


def sql(declared: Property) -> str:
    return matches("v", f"^{BLANK}|{BLANK}$") if is_open(declared) else NEVER


RULE = ValueRule(
    id="value-whitespace",
    summary="An open value starts or ends with whitespace.",
    why="`beta` and `beta ` look alike in every dashboard and are counted apart.",
    severity=Severity.WARNING,
    fix="safe",
    example=Example(
        schema="properties: {project: {max_length: 40}}",
        bad='{"project": "onboarding "}',
        good='{"project": "onboarding"}',
        language="json",
    ),
    find=find,
    sql=sql,
)
