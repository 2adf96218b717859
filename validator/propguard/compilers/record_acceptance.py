"""One set of keys compiled into a test of whole records.

Programs write the same few sets of keys over and over, most of them with few values, and one or two that identify a
customer or a conversation. What depends on the keys alone is settled once per set. Combinations of values that were
accepted are remembered, so that most of a record is one look-up; a key whose values turn out to be many is taken out of
them, and matched with the others of its kind by one pattern.
"""

from __future__ import annotations

import re
from _thread import allocate_lock
from operator import itemgetter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from propguard.compilers.value_acceptance import ValueTest

_MOST_COMBINATIONS = 128
_LONGEST_COMBINATION = 2000
"""Code points of values that are remembered together, so that what is remembered stays small whatever is sent."""

_SEPARATOR = "\x00"


class RecordTest:
    """A test of records that have exactly the keys of `tests`.

    A record is accepted if `familiar(record) in seen`, `match` matches its `joined` values joined by NUL, of at most
    `limit` code points together, and it passes `others`; any other one may still be, which `admit` tells. The parts are
    open, as the checker asks for them where a call would cost as much as the answer. A KeyError anywhere means that the
    record has other keys, a TypeError that a value is no text.
    """

    __slots__ = ("_lock", "_many", "_tests", "familiar", "joined", "limit", "match", "others", "seen")

    familiar: Callable[[Mapping[str, str]], tuple[str, ...]]
    joined: Callable[[Mapping[str, str]], tuple[str, ...]]
    match: Callable[[str], object] | None
    limit: int
    others: list[tuple[str, Callable[[str], object]]]

    def __init__(self, tests: Mapping[str, ValueTest]) -> None:
        self._lock = allocate_lock()
        self._tests = dict(tests)
        self._many: set[str] = set()
        self.seen: set[tuple[str, ...]] = set()
        self._arrange()

    def admit(self, record: Mapping[str, str]) -> bool:
        """Whether every value of `record` is accepted, asked one by one; what is, is familiar from now on."""
        if not all(test.accepts(record[key]) for key, test in self._tests.items()):
            return False
        with self._lock:
            values = self.familiar(record)
            if sum(map(len, values)) <= _LONGEST_COMBINATION:
                if len(self.seen) >= _MOST_COMBINATIONS:
                    self._take_out()
                else:
                    self.seen.add(values)
        return True

    def _take_out(self) -> None:
        """No longer remember the keys that make the combinations many: those with many values, or else the one with most.

        Closed sets stay, as no pattern could test them faster.
        """
        keys = [key for key in self._tests if key not in self._many]
        distinct = {
            key: len(values)
            for key, values in zip(keys, map(set, zip(*self.seen, strict=True)), strict=True)
            if self._tests[key].closed is None
        }
        if distinct:
            most = max(distinct.values())
            self._many.update(
                key for key, count in distinct.items() if count > _MOST_COMBINATIONS // 8 or count == most
            )
            self._arrange()

    def _arrange(self) -> None:
        """Put every key where it is tested fastest.

        Other threads go on asking meanwhile. So what tests the values of more keys is set before `familiar` leaves those
        keys out, and `seen` is set last: at no moment does any part stand for values that none has tested.
        """
        fragments = {
            key: test.fragment for key, test in self._tests.items() if key in self._many and test.fragment is not None
        }
        self.others = [
            (key, test.accepts) for key, test in self._tests.items() if key in self._many and key not in fragments
        ]
        self.joined = _values_of(list(fragments))
        # Joined values are cut apart again without doubt, as no fragment takes a NUL; and a text that is no longer than
        # the smallest limit has no part that is.
        self.limit = min(
            (fragment.limit for fragment in fragments.values() if fragment.limit is not None), default=1 << 30
        )
        pattern = _SEPARATOR.join(fragment.body for fragment in fragments.values())
        self.match = re.compile(pattern + r"\Z").match if fragments else None
        self.familiar = _values_of([key for key in self._tests if key not in self._many])
        self.seen = set()


def _values_of(keys: Sequence[str]) -> Callable[[Mapping[str, str]], tuple[str, ...]]:
    if len(keys) > 1:
        return itemgetter(*keys)
    return (lambda record: (record[keys[0]],)) if keys else (lambda _: ())
