"""One set of keys compiled into a test of whole records.

Programs write the same few sets of keys over and over. What depends on the keys alone (which are required, which belong
together, which are refused) is settled once per set; what remains is a look-up for all closed values together, and one
match for all patterns together.
"""

from __future__ import annotations

import re
from operator import itemgetter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from propguard.compilers.value_test import Fragment, ValueTest

_MOST_COMBINATIONS = 4096
_SEPARATOR = "\x00"


def record_test(tests: Mapping[str, ValueTest]) -> Callable[[Mapping[str, str]], bool]:
    """A test of records that have as many keys as `tests`.

    True means that the keys are those of `tests` and every value is accepted, False that a value may not be. Raises
    KeyError where a key of `tests` is absent, TypeError where a value is no text.
    """
    closed = {key: test.closed for key, test in tests.items() if test.closed is not None}
    joined = {key: test.fragment for key, test in tests.items() if test.fragment is not None}
    others = [(key, test.accepts) for key, test in tests.items() if key not in closed and key not in joined]
    get_closed, seen, admit = _values_of(list(closed)), *_combinations(list(closed.values()))
    get_joined, (match, limit), join = _values_of(list(joined)), _joined(list(joined.values())), _SEPARATOR.join

    def accepts(record: Mapping[str, str]) -> bool:
        values = get_closed(record)
        if values not in seen and not admit(values):
            return False
        text = join(get_joined(record))
        if len(text) > limit or match(text) is None:
            return False
        return not others or all(test(record[key]) for key, test in others)

    return accepts


def _values_of(keys: list[str]) -> Callable[[Mapping[str, str]], tuple[str, ...]]:
    if len(keys) > 1:
        return itemgetter(*keys)
    return (lambda record: (record[keys[0]],)) if keys else (lambda _: ())


def _combinations(allowed: list[frozenset[str]]) -> tuple[set[tuple[str, ...]], Callable[[tuple[str, ...]], bool]]:
    """The combinations of closed values met so far, and what judges and remembers one more."""
    seen: set[tuple[str, ...]] = set()

    def admit(values: tuple[str, ...]) -> bool:
        if not all(map(frozenset.__contains__, allowed, values)):
            return False
        if len(seen) < _MOST_COMBINATIONS:
            seen.add(values)
        return True

    return seen, admit


def _joined(fragments: list[Fragment]) -> tuple[Callable[[str], object], int]:
    """One match for all fragments joined by NUL, and the length up to which it holds every `max_length`.

    Joined values are cut apart again without doubt, as no fragment takes a NUL; and one that is no longer than the
    smallest limit has no part that is.
    """
    pattern = re.compile(_SEPARATOR.join(fragment.body for fragment in fragments) + r"\Z")
    limits = [fragment.limit for fragment in fragments if fragment.limit is not None]
    return pattern.match, min(limits, default=1 << 30)
