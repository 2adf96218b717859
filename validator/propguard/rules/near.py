"""The name that was probably meant."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from propguard.model.naming import fold

if TYPE_CHECKING:
    from collections.abc import Iterable


_SHORTEST_START = 3
_FEWEST_LETTERS = {1: 5, 2: 10}
"""Of how many letters a name must be for so many typing errors in it."""

_LONGEST = 200
_DIGITS = re.compile("[0-9]+")


_folded = lru_cache(maxsize=1 << 15)(fold)
"""As all names of a schema are gone through for each word that is none of them."""


def nearest(word: str, names: Iterable[str]) -> str | None:
    """The one of `names` that `word` probably stands for: the same but for case and separators, else at most a
    third of its characters away, else the only one that begins with it; null where none is, or two are equally near.
    """
    folded = fold(word)
    candidates = {name: _folded(name) for name in names}
    same = [name for name, of_name in candidates.items() if of_name == folded]
    if same:
        return same[0] if len(same) == 1 else None
    if not folded or len(word) > _LONGEST:
        return None

    from rapidfuzz.distance import OSA  # a suggestion is rare, and its library takes a while to import
    from rapidfuzz.process import extract

    most = max(1, len(folded) // 3)
    ranked = extract(folded, candidates, scorer=OSA.distance, score_cutoff=most, limit=2)
    if ranked:
        return None if len(ranked) > 1 and ranked[0][1] == ranked[1][1] else ranked[0][2]
    if len(folded) < _SHORTEST_START:
        return None
    longer = [name for name, of_name in candidates.items() if of_name.startswith(folded)]
    return longer[0] if len(longer) == 1 else None


def misspelled(word: str, names: Iterable[str]) -> str | None:
    """The one of `names` of which `word` is probably a typing error: one letter away, of long ones two, or with two letters
    exchanged, and with the same digits; the nearest, and of equally near ones the first."""
    folded = fold(word)
    errors = max((errors for errors, letters in _FEWEST_LETTERS.items() if len(folded) >= letters), default=0)
    if not errors or len(word) > _LONGEST:
        return None

    from rapidfuzz.distance import OSA

    digits = _DIGITS.findall(folded)
    near = [
        (distance, name)
        for name in names
        if fold(name) != folded
        and _DIGITS.findall(name) == digits
        and (distance := OSA.distance(folded, fold(name), score_cutoff=errors)) <= errors
    ]
    return min(near, key=lambda entry: entry[0])[1] if near else None
