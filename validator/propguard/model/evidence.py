"""What stored data shows of its keys, as a guess about what they are meant to be rests on it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from propguard.model.profile import NEVER_SEEN, Seen, ValueCount

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class KeyEvidence:
    """What is known of the values of one stored key.

    `values` are all of them, with how many requests have each, where it `is_complete`, else some of the most frequent.
    Lengths are code points. `empty` and `secret` are requests whose value is empty, and holds a secret. `alike` says of each
    pattern that was asked for how many requests have a value that matches it; of an empty value it is not asked.
    """

    key: str
    requests: int
    distinct: int
    values: tuple[ValueCount, ...]
    is_complete: bool
    shortest: int
    longest: int
    empty: int = 0
    secret: int = 0
    alike: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class StoredEvidence:
    """What is known of all stored keys but the platform's own, most requests first; `beyond` is how many more keys there are."""

    source: str = ""
    requests: int = 0
    seen: Seen = NEVER_SEEN
    keys: tuple[KeyEvidence, ...] = ()
    beyond: int = 0
