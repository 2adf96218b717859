"""Which keys that an old schema accepts a new one refuses, and what became of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from propguard.model.finding import Severity
from propguard.model.names import Names
from propguard.model.naming import fold, in_style
from propguard.rules.judgement import judge_key
from propguard.rules.schema_change import Refused

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from propguard.model.finding import Violation
    from propguard.model.schema import Property, PropertySchema

_WORDS = ("some", "other", "name")
"""Of keys that are made up to be shown."""


def refused_keys(old: PropertySchema, new: PropertySchema, today: date) -> tuple[Refused, ...]:
    """Every kind of key that is accepted no more, once, with a key that shows it."""
    return tuple(_Keys(old, new, today).refused())


class _Keys:
    """Both schemas as they are met through the API, where a key stays as it is written."""

    def __init__(self, old: PropertySchema, new: PropertySchema, today: date) -> None:
        self.old, self.new, self.today = old, new, today
        self.before, self.after = Names(old, "api"), Names(new, "api")
        self.aliases = {alias: name for name, declared in new.properties.items() for alias in declared.aliases}
        self.names = {fold(name): name for name in new.properties}

    def refused(self) -> Iterator[Refused]:
        for name, declared in self.old.properties.items():
            if name in self.new.properties:
                continue
            keys = self._within(name) if declared.is_namespace else (name,)
            found = next((verdict for key in keys if (verdict := self._verdict(key)) is not None), None)
            if found is not None:
                yield self._refused(declared, *found)
        has_other_case = False
        for key in self._others():
            verdict = None if self.before.is_exact(key) else self._verdict(key)
            if verdict is None or (verdict[1].rule == "key-case" and has_other_case):
                continue
            has_other_case = has_other_case or verdict[1].rule == "key-case"
            lay_in = None if verdict[1].rule == "reserved-key" else self.before.declared(key)
            yield self._refused(lay_in, *verdict)

    def _refused(self, declared: Property | None, key: str, violation: Violation) -> Refused:
        return Refused(declared, key, violation.rule, self._target(declared, key))

    def _target(self, declared: Property | None, key: str) -> str | None:
        """The name by which a key goes now: as an alias, as it was announced, or as it is spelled now."""
        told = declared.deprecated.renamed_to if declared is not None and declared.deprecated is not None else None
        announced = told if told is not None and self.after.declared(told) is not None else None
        return self.aliases.get(key) or announced or self.names.get(fold(key))

    def _verdict(self, key: str) -> tuple[str, Violation] | None:
        """The key with why it is refused, if it was accepted before and is not any more."""
        before = judge_key(self.old, self.before, key, self.today, advise=False)
        if before is not None and before.severity is Severity.ERROR:
            return None
        after = judge_key(self.new, self.after, key, self.today, advise=False)
        if after is None or after.severity is not Severity.ERROR:
            return None
        return key, after

    def _within(self, name: str) -> Iterator[str]:
        """Keys of a namespace, in the style of the schema."""
        prefix = name[:-1]
        for length in range(1, len(_WORDS) + 1):
            yield prefix + "_".join(_WORDS[:length])
        yield prefix + _WORDS[0].capitalize()
        yield prefix + "1"
        yield prefix + "-".join(_WORDS)
        yield prefix + "".join(word.capitalize() for word in _WORDS)

    def _others(self) -> Iterator[str]:
        """Keys that were not declared by name and of which something has changed."""
        spaces = [name for name in self.old.properties if name.endswith("*") and name in self.new.properties]
        is_free = self.old.unknown_properties != "error"
        if not spaces and not is_free:
            return
        yield from self.aliases
        yield from self.new.reserved
        if self.old.naming != self.new.naming:
            for name in spaces:
                yield from self._within(name)
            if is_free:
                yield in_style("_".join(_WORDS), self.old.naming)
                yield from ("someName", "SomeName", "some-name", "some_name", "Some-Name", "some")
