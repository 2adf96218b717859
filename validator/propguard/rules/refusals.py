"""Which values that a property accepts another one refuses, each with a value that shows it.

Where languages can be compared, they are compared; whatever is found is then put before the real rules, so that nothing
is told that is not so.
"""

from __future__ import annotations

from contextlib import suppress
from math import ceil, floor
from typing import TYPE_CHECKING

from propguard.model.secrets import EMAIL, TYPICAL_API_KEY
from propguard.rules.automaton import Automaton, CannotTell, Work, find_word, of_pattern, of_texts
from propguard.rules.formats import FORMATS, NUMERIC_TYPES, TYPES
from propguard.rules.judgement import broken_by, item_property
from propguard.rules.pattern_language import is_open
from propguard.rules.schema_change import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from propguard.model.schema import Property

_OF_VALUES = (
    *("enum", "type", "format", "pattern", "min_length", "max_length", "minimum", "maximum"),
    *("separator", "items", "value_aliases", "sensitive"),
)
_MOST_STEPS = 200_000
"""Of one question; what takes more is not answered."""

_COST_OF_NONE = 1_000
"""Steps that are taken for a pattern which turns out to have no automaton."""

_CARD = "4111111111111111"
_LONGEST_NUMBER = 25
_LONGEST_TOLD = 10_000
"""Code points of a value that is made up to be shown."""

_FIELDS = {
    "value-empty": "min_length",
    "value-too-short": "min_length",
    "value-too-long": "max_length",
    "value-pattern": "pattern",
    "value-format": "format",
    "value-type": "type",
    "value-not-allowed": "enum",
    "value-alias": "value_aliases",
    "value-sensitive": "sensitive",
}


def refusals(old: Property, new: Property, work: Work) -> tuple[Refusal, ...]:
    """What `old` accepts and `new` refuses: one refusal per rule that does, and one per field where it cannot be told."""
    if all(getattr(old, name) == getattr(new, name) for name in _OF_VALUES):
        return ()
    return tuple(_Comparison(old, new, work).refusals())


class _Comparison:
    """One old and one new property; `work` is shared by all questions of one kind."""

    def __init__(self, old: Property, new: Property, work: Work) -> None:
        self.old, self.new = old, new
        self._work = work
        self._taken = _language(old, work)
        self._known = (of_texts(old.value_aliases),) if old.value_aliases else ()

    def refusals(self) -> Iterator[Refusal]:
        if self.old.enum is not None:
            yield from self._of_closed_set(self.old.enum)
            return
        told: set[str] = set()
        for field, rule, candidates in self._questions():
            try:
                found = self._shown(candidates, rule)
            except CannotTell as reason:
                yield Refusal(None, (), (field,), str(reason))
                continue
            if found is not None and found[1] not in told:
                told.add(found[1])
                yield Refusal(found[1], (found[0],), (field if found[1] == rule else _FIELDS.get(found[1], field),))
        if self.old.type == self.new.type == "list" and self.old.separator == self.new.separator:
            yield from self._of_items(told)

    def _of_closed_set(self, values: Iterable[str]) -> Iterator[Refusal]:
        by_rule: dict[str, list[str]] = {}
        if self.new.enum is not None and not self.new.value_aliases:
            by_rule["value-not-allowed"] = [value for value in values if value not in self.new.enum]
        else:
            for value in values:
                for rule in broken_by(self.new, value)[:1]:
                    by_rule.setdefault(rule, []).append(value)
        for rule, refused in by_rule.items():
            accepted = tuple(value for value in refused if value not in self.old.value_aliases)
            if accepted:
                yield Refusal(rule, accepted, (_FIELDS.get(rule, "minimum"),))

    def _of_items(self, told: set[str]) -> Iterator[Refusal]:
        """A list of one item is that item, so that what is refused of items is refused of lists."""
        for refusal in refusals(item_property(self.old), item_property(self.new), self._work):
            values = tuple(
                value for value in refusal.values if not broken_by(self.old, value) and broken_by(self.new, value)
            )
            fields = ("items", *refusal.fields)
            if values and refusal.rule not in told:
                yield refusal._replace(values=values, fields=fields)
            elif not values:
                doubt = refusal.doubt or "no list that shows it was found"
                yield Refusal(None, (), fields, doubt)

    def _shown(self, candidates: Iterator[str | None], rule: str) -> tuple[str, str] | None:
        """The first candidate that `old` accepts and `new` refuses, with the rule that refuses it, if possible `rule`.

        An example of the old property is shown in the first place. Raises CannotTell where there was a candidate that
        shows nothing, as the true answer then is not known.
        """
        for example in self.old.examples:
            if rule in broken_by(self.new, example):
                return example, rule
        missed = False
        for candidate in candidates:
            if candidate is None:
                continue
            if not broken_by(self.old, candidate) and (found := broken_by(self.new, candidate)):
                return candidate, rule if rule in found else found[0]
            missed = True
        if missed:
            raise CannotTell("no value that shows it was found")
        return None

    def _questions(self) -> Iterator[tuple[str, str, Iterator[str | None]]]:
        """Each field of `new` that may refuse something, the rule that would, and the values to try."""
        old, new = self.old, self.new
        if new.value_aliases:
            yield "value_aliases", "value-alias", self._accepted(set(new.value_aliases) - set(old.value_aliases))
        if new.enum is not None:
            yield "enum", "value-not-allowed", self._outside(new.enum)
            return
        if new.type == "list" and old.type != "list":
            yield "type", "value-empty", self._items_of_text(new.separator)
        elif new.type in TYPES and new.type != old.type:
            yield "type", "value-type", self._outside_pattern(TYPES[new.type])
        if new.format is not None and new.format != old.format:
            yield "format", "value-format", self._outside_pattern(FORMATS[new.format])
        if new.pattern is not None and new.pattern != old.pattern:
            yield "pattern", "value-pattern", self._outside_pattern(new.pattern)
        if new.min_length > old.min_length:
            rule = "value-empty" if old.min_length == 0 else "value-too-short"
            yield "min_length", rule, self._between(old.min_length, new.min_length - 1)
        if new.max_length < old.max_length:
            yield "max_length", "value-too-long", self._between(new.max_length + 1, old.max_length)
        yield from self._questions_of_range()
        was_checked = is_open(old) and old.sensitive == "forbid"
        if is_open(new) and new.sensitive == "forbid" and not was_checked:
            yield "sensitive", "value-sensitive", self._secrets()

    def _questions_of_range(self) -> Iterator[tuple[str, str, Iterator[str | None]]]:
        old, new = self.old, self.new
        could_be_text = old.type == "string" and old.pattern is None and old.format is None
        if new.type in NUMERIC_TYPES and not could_be_text:  # else the type refuses more than the range
            if new.minimum is not None and (old.minimum is None or old.minimum < new.minimum):
                yield "minimum", "value-range", self._numbers(old.minimum, ceil(new.minimum) - 1, new.minimum)
            if new.maximum is not None and (old.maximum is None or old.maximum > new.maximum):
                yield "maximum", "value-range", self._numbers(old.maximum, floor(new.maximum) + 1, new.maximum)

    def _items_of_text(self, separator: str) -> Iterator[str | None]:
        texts = (separator, f"a{separator}{separator}a", f"a{separator}")
        yield from (text for text in texts if not broken_by(self.old, text) and broken_by(self.new, text))
        yield self._word((), self.old.min_length, self.old.max_length)

    def _accepted(self, values: Iterable[str]) -> Iterator[str | None]:
        return (value for value in sorted(values) if not broken_by(self.old, value))

    def _outside_pattern(self, pattern: str) -> Iterator[str | None]:
        yield self._word((_automaton(pattern, self._work),), self.old.min_length, self.old.max_length)

    def _outside(self, values: Iterable[str]) -> Iterator[str | None]:
        yield self._word((of_texts(values),), self.old.min_length, self.old.max_length)

    def _between(self, shortest: int, longest: int) -> Iterator[str | None]:
        if shortest > _LONGEST_TOLD:
            raise CannotTell("a value that shows it would be too long")
        yield self._word((), shortest, longest)

    def _word(self, refused: tuple[Automaton, ...], shortest: int, longest: int) -> str | None:
        """A word of the old language that none of `refused` takes; null where there surely is none."""
        if not self._taken and not refused and not self._known:
            return "a" * shortest
        return self._found(self._taken, (*refused, *self._known), shortest, longest)

    def _found(
        self, taken: Sequence[Automaton], refused: Sequence[Automaton], shortest: int, longest: int
    ) -> str | None:
        steps = Work(min(_MOST_STEPS, self._work.left))
        before = steps.left
        try:
            return find_word(taken, refused, shortest, longest, steps)
        finally:
            self._work.left -= before - max(steps.left, 0)

    def _numbers(self, before: float | None, whole: int, after: float) -> Iterator[str | None]:
        """Numbers that the old bound let pass and the new one does not; `whole` is the next integer beyond the latter."""
        tried = (whole, *(() if before is None else (before, (before + after) / 2)), 2 * whole - after)
        texts = [text for number in tried for text in _spellings(number)]
        yield from (
            text for text in texts if not broken_by(self.old, text) and "value-range" in broken_by(self.new, text)
        )
        if self.old.pattern is not None or self.old.format is not None or self.old.max_length < _LONGEST_NUMBER:
            raise CannotTell("no number between the two bounds was found")

    def _secrets(self) -> Iterator[str | None]:
        """Values that the old property takes and that hold a secret, be it one of the kinds that a pattern can say."""
        yield from self._accepted([_CARD])
        for pattern in (EMAIL, TYPICAL_API_KEY):
            yield self._found(
                (*self._taken, _automaton(pattern, self._work)), self._known, self.old.min_length, self.old.max_length
            )


def _spellings(number: float) -> tuple[str, ...]:
    return (str(int(number)), repr(float(number))) if number == int(number) else (repr(number),)


def _language(declared: Property, work: Work) -> list[Automaton]:
    """Automata that take every value of an open property, and others where a pattern is only for RE2.

    What is found by them is put before the property itself anyway.
    """
    automata = []
    for pattern in (TYPES.get(declared.type), FORMATS.get(declared.format or ""), declared.pattern):
        with suppress(CannotTell):
            automata += [] if pattern is None else [_automaton(pattern, work)]
    return automata


def _automaton(pattern: str, work: Work) -> Automaton:
    """The automaton of a pattern, whose size is work, too. Raises CannotTell."""
    work.take(0)
    try:
        automaton = of_pattern(pattern)
    except CannotTell:
        work.left -= _COST_OF_NONE
        raise
    work.left -= len(automaton.arcs)
    return automaton
