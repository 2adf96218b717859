"""Some keys out of all: those that an audit was told to look at, in all of their spellings."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from propguard.model.naming import fold
from propguard.rules.sql import either, is_one_of, literal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from propguard.model.names import Names

_SEPARATOR = re.compile("[-_. ]")


class KeySelection(NamedTuple):
    """These keys, whatever their case and separators, and those that begin with one of `prefixes`, whatever theirs."""

    keys: frozenset[str]
    prefixes: tuple[str, ...]

    def holds(self, key: str) -> bool:
        """Whether `key`, stored or declared, is one of them."""
        return fold(key) in self.keys or _alike(key.removesuffix("*")).startswith(self.prefixes)

    def sql(self) -> str:
        """The same of `k`."""
        folded, alike = (
            f"replaceRegexpAll(lowerUTF8(k), {literal(_SEPARATOR.pattern)}, {literal(by)})" for by in ("", "_")
        )
        begins = (f"startsWith({alike}, {literal(prefix)})" for prefix in self.prefixes)
        return either([is_one_of(folded, self.keys), *begins])


def selection(names: Names, keys: Iterable[str]) -> KeySelection:
    """The `keys` with their spellings, and with the aliases of what they declare; `feature_*` is all that begins so."""
    wanted: set[str] = set()
    prefixes: set[str] = set()
    for key in keys:
        if key.endswith("*"):
            prefixes.add(_alike(key[:-1]))
            continue
        declared = names.exact.get(key)
        wanted.update(map(fold, (key, *(() if declared is None else declared.aliases))))
    return KeySelection(frozenset(wanted), tuple(sorted(prefixes)))


def _alike(key: str) -> str:
    return _SEPARATOR.sub("_", key.lower())
