"""header-key-mismatch: a header whose stored key is nearly, but not, a declared name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from propguard.model.naming import fold
from propguard.rules.rule import Example, Found, KeyRule, KeySubject, StoredKeys
from propguard.rules.sql import is_declared, is_one_of, literal

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

IS_OF_HEADER = "k = lowerUTF8(k)"
"""Whether a header can have made the key `k`, in SQL."""

FOLDED = f"replaceRegexpAll(k, {literal('[-_. ]')}, '')"
"""The key `k` of a header without separators, in SQL."""


def find(subject: KeySubject) -> Found | None:
    if subject.declared is not None or not subject.names.is_headers(subject.stored):
        return None
    name = subject.names.folded(subject.stored)
    if name is None:
        return None
    return Found(
        f"{_met(subject, name)} another property than the declared `{name}`; {_advice(subject, name)}",
        suggestion=name,
        context={"written_key": subject.written, "stored_key": subject.stored, "property": name},
    )


def _met(subject: KeySubject, name: str) -> str:
    if subject.door == "data" or subject.caller == subject.stored:
        return f"`{subject.stored}` is"
    if subject.caller is None:
        return f"`{subject.shown}` is stored as `{subject.stored}`, which is"
    sent = f"sent as `{subject.shown}` and " if subject.caller == name else ""
    return f"`{subject.caller}` is {sent}stored as `{subject.stored}`, which is"


def _advice(subject: KeySubject, name: str) -> str:
    """What to write, in the words of whoever calls a wrapper; where that is right, the wrapper is what has to be changed."""
    if subject.caller is None:
        return f"write `Helicone-Property-{name}`"
    return "change how the function spells it" if subject.caller == name else f"write `{name}`"


def sql(stored: StoredKeys) -> str:
    undeclared = f"NOT ({is_declared(stored.names)})"
    return f"{_folds_to(stored, stored.schema.properties)} AND {IS_OF_HEADER} AND {undeclared}"


def sql_suggests(stored: StoredKeys, names: Collection[str]) -> str:
    return _folds_to(stored, names)


def _folds_to(stored: StoredKeys, names: Collection[str]) -> str:
    """Whether `k`, without its separators, is one of `names` without theirs, and of no other."""
    return is_one_of(FOLDED, folded_names(stored, names))


def folded_names(stored: StoredKeys, names: Iterable[str]) -> dict[str, str]:
    """Those of `names` that no other is without case and separators, by what they are so."""
    return {fold(name): name for name in names if stored.names.folded(name) == name}


RULE = KeyRule(
    id="header-key-mismatch",
    summary="The header is stored under a key that is not declared, but is a declared one with other separators.",
    why="The platform lower-cases what follows `Helicone-Property-` and leaves dashes alone: `Customer-Id` becomes "
    '`customer-id`, which no query for `customer_id` finds. With `header_separator: "-"` the schema accepts that spelling.',
    fix="safe",
    example=Example(
        schema="properties: {customer_id: {pattern: '^cust_[a-z0-9]+$'}}",
        bad='headers = {"Helicone-Property-Customer-Id": "cust_456"}',
        good='headers = {"Helicone-Property-customer_id": "cust_456"}',
    ),
    find=find,
    sql=sql,
    sql_suggests=sql_suggests,
)
