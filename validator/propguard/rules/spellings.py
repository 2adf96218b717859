"""Which of several texts are one, spelled in different ways."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_BETWEEN_DIGITS = re.compile(r"(?<=[0-9])[-_. /]+(?=[0-9])")
_SEPARATORS = re.compile(r"[-_. /]+")
_DIGITS = re.compile(r"[0-9]+")

_LONGEST = 100
"""Code points of a text that is compared by likeness; longer ones only by case and separators."""

_RARER = 10
_FEWEST_LETTERS = {1: 5, 2: 12}
"""Of how many letters a text must be for so many typing errors in it."""

_SHORTEST_ABBREVIATION, _LONGEST_ABBREVIATION = 3, 4


def folded(text: str) -> str:
    """`text` without case and separators; between digits they count, so that `1.10` is not `11.0`."""
    lowered = unicodedata.normalize("NFKC", text).casefold()
    return _SEPARATORS.sub("", _BETWEEN_DIGITS.sub("\0", lowered))


def meanings(counts: Mapping[str, int], *, by_likeness: bool) -> dict[str, str]:
    """What each of the texts that are another one's spelling means: the most frequent of its spellings, which means itself.

    `counts` is how frequent each is, the first in the alphabet counting as the most frequent of equals. With `by_likeness`,
    abbreviations and typing errors are found as well. Texts without a letter mean themselves.
    """
    meant: dict[str, str] = {}
    by_folded: dict[str, str] = {}
    alike: dict[tuple[str, tuple[str, ...]], dict[str, int]] = {}
    for text in sorted(counts, key=lambda text: (-counts[text], text)):
        key = folded(text)
        if not any(character.isalpha() for character in key):
            continue
        if key not in by_folded:
            by_folded[key] = text
            if by_likeness and len(key) <= _LONGEST:
                met = alike.setdefault((key[0], tuple(_DIGITS.findall(key))), {})
                like = _mistyped(key, counts[text], met)
                met[key] = counts[text]
                if like is not None:
                    by_folded[key] = by_folded[like]
        meant[text] = by_folded[key]
    if by_likeness:
        best = _of_abbreviations(by_folded, counts)
        meant = {text: best.get(meaning, meaning) for text, meaning in meant.items()}
    return {text: meaning for text, meaning in meant.items() if meaning != text}


def _of_abbreviations(by_folded: Mapping[str, str], counts: Mapping[str, int]) -> dict[str, str]:
    """Of each text that is an abbreviation, or has some, the most frequent of it and them.

    An abbreviation is what one text alone begins with.
    """
    wholes: dict[str, set[str]] = {}
    for key, text in by_folded.items():
        if key.isalpha():
            for length in range(_SHORTEST_ABBREVIATION, min(_LONGEST_ABBREVIATION, len(key) // 2) + 1):
                wholes.setdefault(key[:length], set()).add(text)
    families: dict[str, set[str]] = {}
    for short, texts in wholes.items():
        if short in by_folded and len(texts) == 1:
            whole = next(iter(texts))
            families.setdefault(whole, {whole}).add(by_folded[short])
    best = {whole: min(family, key=lambda text: (-counts[text], text)) for whole, family in families.items()}
    return {text: best[whole] for whole, family in families.items() for text in family}


def _mistyped(key: str, count: int, met: Mapping[str, int]) -> str | None:
    """The nearest of those that are far more frequent, the most frequent of equally near ones."""
    errors = max((errors for errors, letters in _FEWEST_LETTERS.items() if len(key) >= letters), default=0)
    frequent = [other for other, requests in met.items() if requests >= _RARER * max(1, count)]
    if not errors or not frequent:
        return None

    from rapidfuzz.distance import OSA  # only data with many values needs it, and it takes a while to import
    from rapidfuzz.process import extractOne

    nearest = extractOne(key, frequent, scorer=OSA.distance, score_cutoff=errors)
    return None if nearest is None else str(nearest[0])
