"""prefixed-key: the prefix of headers stands in the key itself."""

from __future__ import annotations

import re

from propguard.model.stored_key import HEADER_PREFIX, MISSPELT_HEADER_PREFIX, has_header_prefix, stored_key
from propguard.rules.rule import Example, Found, KeyRule, KeySubject, StoredKeys
from propguard.rules.sql import literal

_PREFIXES = re.compile(rf"(?:{HEADER_PREFIX})+", re.IGNORECASE | re.ASCII)
_MISSPELT_PREFIX = re.compile(MISSPELT_HEADER_PREFIX, re.IGNORECASE | re.ASCII)


def find(subject: KeySubject) -> Found | None:
    if not has_header_prefix(subject.stored):
        return _misspelt(subject) if subject.door == "header" else None
    rest = _PREFIXES.sub("", subject.written, count=1)
    name = _declared_name(subject, rest)
    advice = (
        f"write `{name}`" if name else f"write `{rest}`" if rest else "nothing follows it, so write a declared name"
    )
    return Found(
        f"`{subject.stored}` holds the prefix of headers, `{HEADER_PREFIX}`, which is no part of a key; {advice}",
        suggestion=name,
        context={"prefix": HEADER_PREFIX, "rest": rest},
    )


def _misspelt(subject: KeySubject) -> Found | None:
    """A header that was meant to have the prefix, and is none of a property to the platform: a guard shows it as a key."""
    prefix = _MISSPELT_PREFIX.match(subject.written)
    if prefix is None or subject.names.declared(subject.stored) is not None:
        return None
    rest = subject.written[prefix.end() :]
    name = _declared_name(subject, rest)
    return Found(
        f"the header `{subject.written}` does not begin with `{HEADER_PREFIX}`, so that no property is stored; "
        f"write `{HEADER_PREFIX}{name or rest}`",
        suggestion=name,
        context={"prefix": prefix[0], "rest": rest},
    )


def _declared_name(subject: KeySubject, rest: str) -> str | None:
    """The one declared name that `rest` is, or is another spelling of."""
    stored, names = stored_key(rest, subject.door), subject.names
    declared = names.exact.get(stored) or names.aliases.get(stored)
    return declared.name if declared is not None else names.folded(rest)


def sql(_: StoredKeys) -> str:
    return f"startsWith(lower(k), {literal(HEADER_PREFIX.lower())})"


RULE = KeyRule(
    id="prefixed-key",
    summary="The key itself begins with `Helicone-Property-`, the prefix that makes a header a property.",
    why="Only a header has the prefix, and once. In a body, a PUT call or behind another prefix it becomes a part of the "
    "key, and `helicone-property-environment` is found by no query for `environment`.",
    fix="safe",
    example=Example(
        schema="properties: {environment: {enum: [production]}}",
        bad='{"Helicone-Property-Environment": "production"}',
        good='{"environment": "production"}',
        language="json",
    ),
    find=find,
    sql=sql,
)
