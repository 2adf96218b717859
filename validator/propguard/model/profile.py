"""What is known of a key in stored data: how many requests have it, with which values, and when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime


class Seen(NamedTuple):
    """When something was first and last seen; null where the source has no times."""

    first: datetime | None
    last: datetime | None


NEVER_SEEN = Seen(None, None)


@dataclass(frozen=True, slots=True)
class ValueCount:
    """A value, masked where it is a secret, and how many requests have it; `suggestion` is what it should be."""

    value: str
    count: int
    suggestion: str | None = None


@dataclass(frozen=True, slots=True)
class KeyProfile:
    """What is known of one stored key, or of a declared one that no request has.

    `violations` is requests with an error at it. `score` is 1 − violations ÷ requests that have it or should, or
    None where there are none of these.
    """

    key: str
    declared: bool
    requests: int
    distinct: int
    violations: int
    score: float | None
    seen: Seen
    top_values: tuple[ValueCount, ...]

    @property
    def rank(self) -> tuple[float, int, str]:
        """By what keys are sorted: lowest score first, those without a score last, then most requests first."""
        return 2.0 if self.score is None else self.score, -self.requests, self.key

    @property
    def is_complete(self) -> bool:
        """Whether `top_values` are all values that it has."""
        return len(self.top_values) >= self.distinct


class KeyCount(NamedTuple):
    """How many requests have a stored key, and when."""

    key: str
    requests: int
    seen: Seen


class KeysMet(NamedTuple):
    """The keys that stored data has; `are_all` tells that there are no others."""

    keys: tuple[KeyCount, ...]
    are_all: bool


def earliest_and_latest(times: Iterable[Seen]) -> Seen:
    """From the first to the last of all."""
    held = list(times)
    return Seen(
        min((one.first for one in held if one.first is not None), default=None),
        max((one.last for one in held if one.last is not None), default=None),
    )
