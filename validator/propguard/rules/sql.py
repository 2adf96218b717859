"""The words in which rules say themselves in ClickHouse's SQL.

What a rule's SQL may speak of: `k`, a stored key; `v`, a value; `ks`, the stored keys of a record, without the platform's
own; `whole`, all properties of a record, for rules that are about wrong keys that the data is known to have. Every expression keeps to what the platform's SQL endpoint lets through as well: no quoted identifiers, no literal with
a quote or a backslash in it, no parametric aggregates, none of its forbidden words, `array(…)` instead of brackets.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from propguard.model.stored_key import SYSTEM_KEY_PREFIX, SYSTEM_KEYS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from propguard.model.names import Names
    from propguard.model.schema import Property

_PLAIN = re.compile(r"(?:[A-Za-z0-9_]+(?:[ .-][A-Za-z0-9_]+)*)?\Z")

NEVER = "0"
"""What holds of nothing."""


def literal(text: str) -> str:
    """SQL for a constant text. All but plain words is written in hexadecimal, so that nothing in it can become SQL."""
    if _PLAIN.match(text):
        return f"'{text}'"
    return f"unhex('{text.encode(errors='surrogatepass').hex()}')"


def is_one_of(expression: str, texts: Iterable[str]) -> str:
    """Whether `expression` is one of `texts`."""
    members = sorted(set(texts))
    if not members:
        return NEVER
    if len(members) == 1:
        return f"{expression} = {literal(members[0])}"
    return f"{expression} IN ({', '.join(map(literal, members))})"


def matches(expression: str, pattern: str) -> str:
    """Whether the RE2 `pattern` matches somewhere in `expression`; its `.` takes no newline, which ClickHouse's does."""
    return f"match({expression}, {literal('(?-s)' + pattern)})"


def has_one_of(keys: Iterable[str]) -> str:
    """Whether one of `keys` is among `ks`."""
    members = sorted(set(keys))
    if len(members) == 1:
        return f"has(ks, {literal(members[0])})"
    return f"hasAny(ks, array({', '.join(map(literal, members))}))"


def either(conditions: Iterable[str]) -> str:
    """Whether one of the conditions holds."""
    held = [condition for condition in conditions if condition != NEVER]
    return " OR ".join(f"({condition})" for condition in held) if held else NEVER


def first(cases: Iterable[tuple[str, str]], otherwise: str = "0") -> str:
    """The value of the first case whose condition holds."""
    held = [f"{condition}, {value}" for condition, value in cases if condition != NEVER]
    return f"multiIf({', '.join(held)}, {otherwise})" if held else otherwise


def is_system_key(key: str = "k") -> str:
    """Whether `key` belongs to the platform."""
    return either((is_one_of(f"lower({key})", SYSTEM_KEYS), f"startsWith(lower({key}), {literal(SYSTEM_KEY_PREFIX)})"))


def by_property(names: Names, of: Callable[[Property], str], otherwise: str = "0") -> str:
    """What `of` says of the property that `k` is, by exact name or else by the longest namespace that fits."""
    spellings: dict[str, list[str]] = {}
    for spelling, declared in names.exact.items():
        spellings.setdefault(declared.name, []).append(spelling)
    exact = {declared.name: declared for declared in names.exact.values()}
    cases = [(is_one_of("k", met), of(exact[name])) for name, met in spellings.items()]
    cases += [
        (f"startsWith(k, {literal(prefix)}) AND length(k) > {len(prefix.encode())}", of(declared))
        for prefix, declared in names.namespaces
    ]
    while cases and cases[-1][1] == otherwise:
        cases.pop()
    return first(cases, otherwise)


def is_property(names: Names, wanted: Callable[[Property], bool]) -> str:
    """Whether `k` is a declared property of which `wanted` holds."""
    return by_property(names, lambda declared: "1" if wanted(declared) else "0")


def is_declared(names: Names) -> str:
    """Whether `k` is a declared property."""
    return is_property(names, lambda _: True)
