"""Keys that are about people or hold what opens doors, told by their names and by the shapes of their values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from propguard.evolve.infer.shapes import shapes
from propguard.model.naming import words

if TYPE_CHECKING:
    from propguard.evolve.infer.gathered import Gathered

_ANYWHERE = frozenset(
    "email mail phone telephone mobile password passwd pwd passphrase secret secrets credential credentials apikey ssn iban passport "
    "birthday birthdate dob surname firstname lastname fullname authorization bearer jwt cvv pin".split()
)
_BY_ACCIDENT = 1 / 1000
"""One hexadecimal identifier in some ten thousand has digits in it that could be a card number's."""

_AT_THE_END = frozenset({"token", "ip", "address"})
"""Words that say it only as the last one: `token_count` is a number."""

_TOGETHER = (
    ("api", "key"),
    ("access", "key"),
    ("private", "key"),
    ("first", "name"),
    ("last", "name"),
    ("full", "name"),
    ("user", "name"),
    ("customer", "name"),
    ("credit", "card"),
    ("card", "number"),
    ("date", "of", "birth"),
    ("birth", "date"),
    ("bank", "account"),
)


def why_sensitive(gathered: Gathered) -> str | None:
    """Why nobody should see the values of `gathered`, in words; null where nothing says so."""
    if holds_secrets(gathered):
        where = f"{gathered.secrets:,} of its values hold" if gathered.secrets > 1 else "one of its values holds"
        return f"{where} an e-mail address, a key, a token or a card number"
    named = _word_in(gathered.name)
    if named is not None:
        return f"`{named}` in its name says that it is about a person, or opens something"
    return None


def holds_secrets(gathered: Gathered) -> bool:
    """Whether there are secrets among its values: more than the few that identifiers look like by accident."""
    if not gathered.secrets or gathered.is_complete or gathered.secrets > gathered.requests * _BY_ACCIDENT:
        return gathered.secrets > 0
    return not any(
        "pattern" in shape.fields and gathered.share_alike(shape.pattern) == 1 for shape in shapes([*gathered.counts])
    )


def _word_in(name: str) -> str | None:
    parts = words(name)
    for part in parts:
        if part in _ANYWHERE:
            return part
    if parts and parts[-1] in _AT_THE_END:
        return parts[-1]
    for wanted in _TOGETHER:
        for start in range(len(parts) - len(wanted) + 1):
            if tuple(parts[start : start + len(wanted)]) == wanted:
                return " ".join(wanted)
    return None
