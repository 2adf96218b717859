"""Whether the values that were met are all that there are meant to be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from propguard.rules.data.high_cardinality import MOST_OF_LOW

if TYPE_CHECKING:
    from propguard.evolve.infer.gathered import Gathered

LONGEST_MEMBER = 100
"""Code points; what is longer is text."""

Confidence = Literal["high", "medium", "low"]


class Closed(NamedTuple):
    """A set of values that may be closed, how sure that is, and why, in words."""

    values: tuple[str, ...]
    confidence: Confidence
    evidence: str


class _Level(NamedTuple):
    """What a set must be for a confidence: so few values, each so often on average, and so few requests with a value met once."""

    confidence: Confidence
    most_values: int
    repetition: float
    single: float


_LEVELS = (_Level("high", 20, 50, 0.001), _Level("medium", MOST_OF_LOW, 5, 0.02))
_MOST_WRITTEN = 20
"""Values that code alone is believed to be a closed set of."""


def closed_set(gathered: Gathered) -> Closed | None:
    """The set that the values of `gathered` make; null where they are no names, not all known, or one, which tells nothing about
    a second."""
    if not gathered.is_complete or gathered.longest > LONGEST_MEMBER or len(gathered.counts) < 2:
        return None
    values = tuple(sorted(gathered.counts, key=lambda value: (-gathered.counts[value], value)))
    if not gathered.stored:
        confidence: Confidence = "medium" if len(values) <= _MOST_WRITTEN else "low"
        return Closed(values, confidence, f"{len(values)} values, and no place in the code writes anything else")
    met = [count for count in gathered.counts.values() if count]
    if not met:
        return None
    single = sum(count == 1 for count in met)
    # The share of requests with a value that was met once is about the share of those to come with one that never was (Good, 1953).
    total, repetition = sum(met), sum(met) / len(met)
    confidence = next(
        (
            level.confidence
            for level in _LEVELS
            if len(values) <= level.most_values and repetition >= level.repetition and single / total <= level.single
        ),
        "low",
    )
    evidence = f"{len(values)} values in {total:,} requests, the rarest met {_times(min(met))}; "
    evidence += f"coverage {1 - single / total:.2%}"
    return Closed(values, confidence, evidence)


def _times(number: int) -> str:
    return "once" if number == 1 else f"{number:,} times"


def cardinality(gathered: Gathered) -> str | int:
    """How many values an open property is meant to have: a few, or so many with room for as many more, or any number."""
    if gathered.distinct <= MOST_OF_LOW // 2 and gathered.distinct * 2 <= gathered.requests:
        return "low"
    if gathered.is_complete and gathered.stored and gathered.distinct * 10 <= gathered.requests:
        return round(gathered.distinct * 2, -2)
    return "high"
