"""What one stored property would be by the safe fixes of its schema, and which of them its request can be given."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple

from propguard.model.names import Names
from propguard.rules.judgement import fix_safety

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from propguard.compilers import Checker
    from propguard.model.finding import Door, Violation

Confidence = Literal["declared", "derived"]
"""Whether the schema names the wrong spelling itself, or it follows from case, separators or blanks."""

Fate = Literal["corrected", "done", "conflict", "unmended"]
"""What becomes of a property with a safe fix: a row; nothing, as the request has the correction; nothing, as it has another
value where the correction belongs; nothing, as the correction would break a rule itself."""

_DECLARED = frozenset({"key-alias", "value-alias", "deprecated-property"})
_DOORS: tuple[Door, ...] = ("data", "api")
_MOST_ROUNDS = 20

_REMEMBERED, _SHORT = 10_000, 200
"""How many properties are remembered with their corrections, and of how many characters at most."""


class StoredProperty(NamedTuple):
    """A property as a request has it, its bytes that are no UTF-8 replaced; `is_text` tells that there were none."""

    key: str
    value: str
    may_have_fix: bool = True
    is_text: bool = True


class Correction(NamedTuple):
    """The property to write in the place of one that is stored, and the rules that want it so, in the order of the fixes.

    `is_clean` tells that nothing is to be said against it, neither when it is written nor when it is audited.
    """

    key: str
    value: str
    rules: tuple[str, ...]
    is_clean: bool

    @property
    def confidence(self) -> Confidence:
        return "declared" if _DECLARED.issuperset(self.rules) else "derived"


class Settled(NamedTuple):
    """One property with a safe fix, and what becomes of it."""

    stored: StoredProperty
    correction: Correction
    fate: Fate


class Corrector:
    """Corrects stored properties by the safe fixes of the schema of `checker`."""

    def __init__(self, checker: Checker) -> None:
        self._checker = checker
        self._names = Names(checker.schema, "data")
        self._remembered = lru_cache(_REMEMBERED)(self._corrected)

    def correction(self, key: str, value: str) -> Correction | None:
        """What the safe fixes make of one property; null where there is none."""
        is_short = len(key) + len(value) <= _SHORT
        return self._remembered(key, value) if is_short else self._corrected(key, value)

    def _corrected(self, key: str, value: str) -> Correction | None:
        """The same, worked out.

        It is judged as stored data until the audit has nothing more to fix, then as the write that it will be.
        """
        rules: list[str] = []
        for door in _DOORS:
            if door == "api" and not rules:
                return None
            for _ in range(_MOST_ROUNDS):
                fixes = [found for found in self._checker.check(key, value, door) if _is_fixable(found)]
                if not fixes:
                    break
                # The value first: what a property that is renamed says of its own values is known only by its old name.
                for fix in sorted(fixes, key=lambda found: found.value is None):
                    assert fix.suggestion is not None
                    if fix.value is None:
                        key = fix.suggestion
                    elif fix.value == value:
                        value = fix.suggestion
                    else:
                        continue
                    rules.append(fix.rule)
        is_clean = not any(self._checker.check(key, value, door) for door in _DOORS)
        return Correction(key, value, tuple(dict.fromkeys(rules)), is_clean)

    def is_wrong(self, key: str) -> bool:
        """Whether stored data should not have this key, whatever its value."""
        return bool(self._checker.check_key(key, door="data"))

    def settle(self, stored: Sequence[StoredProperty]) -> Iterator[Settled]:
        """What becomes of each of these properties of one request that has a safe fix.

        No two corrections have one key, and none takes the place of another value than the one it corrects.
        """
        corrections = [
            self.correction(one.key, one.value) if one.may_have_fix and one.is_text else None for one in stored
        ]
        held: dict[
            str, set[str]
        ] = {}  # the values that each property has when the values at its own keys are corrected
        at_key: dict[str, set[str]] = {}
        wanted: dict[str, set[str]] = {}
        for one, correction in zip(stored, corrections, strict=True):
            moves = correction is not None and correction.is_clean and correction.key != one.key
            value = correction.value if correction is not None and correction.is_clean and not moves else one.value
            held.setdefault(self._property(one.key), set()).add(value)
            at_key.setdefault(one.key, set()).add(value)
            if correction is not None and moves:
                wanted.setdefault(self._property(correction.key), set()).add(correction.value)
        given: set[str] = set()
        for one, correction in zip(stored, corrections, strict=True):
            if correction is None:
                continue
            if not correction.is_clean:
                yield Settled(one, correction, "unmended")
                continue
            target = self._property(correction.key)
            if correction.key == one.key:
                is_agreed, is_there = len(at_key[one.key]) == 1, False
            else:
                there = held.get(target, set()) - ({one.value} if self._property(one.key) == target else set())
                is_agreed, is_there = len(there | wanted[target]) == 1, bool(there)
            if not is_agreed:
                yield Settled(one, correction, "conflict")
            elif is_there or correction.key in given:
                yield Settled(one, correction, "done")
            else:
                given.add(correction.key)
                yield Settled(one, correction, "corrected")

    def _property(self, key: str) -> str:
        """One name for all keys under which stored data has the same property."""
        exact = self._names.exact.get(key)
        return self._names.canonical(key) if exact is None else exact.name


def _is_fixable(found: Violation) -> bool:
    return found.suggestion is not None and fix_safety(found.rule) == "safe"
