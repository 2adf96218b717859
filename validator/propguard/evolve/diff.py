"""What lies between two property schemas: every change that breaks something, for whom, and with what shows it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from propguard.evolve.refused_keys import refused_keys
from propguard.model.finding import Severity
from propguard.model.names import Names
from propguard.model.schema import Property
from propguard.rules.automaton import Work
from propguard.rules.evolution import EVOLUTION_CHECKS
from propguard.rules.judgement import judge_key
from propguard.rules.refusals import refusals
from propguard.rules.schema_change import PropertyChange, SchemaChange

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from propguard.model.finding import Violation
    from propguard.model.schema import PropertySchema
    from propguard.rules.rule import Rule
    from propguard.rules.schema_change import Reader
    from propguard.rules.schema_draft import SchemaPath

_MOST_STEPS = 3_000_000
"""Of all questions about patterns in one diff: some seconds. What is asked after that cannot be told."""

_READ_APART = ("pattern", "format")
"""The fields by which readers take values apart, so that wider ones concern them, too."""

_FREE = Property("", sensitive="allow", min_length=0, max_length=1_000_000_000)
"""What a key is that may be written without being declared."""


@dataclass(frozen=True, slots=True)
class Change:
    """One change that breaks something.

    `path` is its place in the new schema, `old_key` a key that the old schema accepted and the new one does not, `values` those
    values of `violation.key` that are refused now, as far as they are known; both say what to look for in code and data.
    `users` says who was seen to use what breaks, empty where nobody looked. `asks_for_major` tells that it breaks more than readers, however few may use what it breaks.
    """

    rule: Rule
    violation: Violation
    breaks: tuple[Reader, ...]
    path: SchemaPath
    old_key: str | None
    values: tuple[str, ...]
    asks_for_major: bool
    users: str = ""

    def told(self) -> Violation:
        """The violation with a message that says for whom it is one, and who was seen to use what breaks."""
        whom = f"breaks {', '.join(self.breaks)}"
        said = "; ".join(filter(None, (whom, self.users)))
        return replace(self.violation, message=f"{self.violation.message} [{said}]")


def diff(old: PropertySchema, new: PropertySchema, *, today: date) -> tuple[Change, ...]:
    """Every change from `old` to `new` that breaks a writer, a reader or history; none where the two say the same."""
    work = Work(_MOST_STEPS)
    changed = tuple(_changed(old, new, today, work))
    change = SchemaChange(old, new, today, changed, refused_keys(old, new, today), _longer_value(old, new, work))
    return tuple(_answers(change))


def _answers(change: SchemaChange) -> Iterator[Change]:
    names = Names(change.new, "api")
    for rule in EVOLUTION_CHECKS:
        for broken in rule.find(change):
            breaks = broken.breaks or rule.breaks
            found = broken.found._replace(context={**broken.found.context, "breaks": list(breaks)})
            violation = rule.violation(found, broken.key, broken.values[0] if broken.values else None)
            is_error = violation.severity is Severity.ERROR
            yield Change(
                rule, _weighed(violation, change, names), breaks, broken.path, broken.old_name, broken.values, is_error
            )


def _weighed(violation: Violation, change: SchemaChange, names: Names) -> Violation:
    """What the new schema only warns of yet breaks nobody today."""
    key = violation.key or ""
    declared = change.new.properties.get(key) or names.declared(key)
    if violation.severity is not Severity.ERROR or declared is None or declared.enforcement.blocks(change.today):
        return violation
    if violation.rule == "breaking-enforcement-tightened":
        return violation
    return replace(violation, severity=Severity.WARNING)


def _changed(old: PropertySchema, new: PropertySchema, today: date, work: Work) -> Iterator[PropertyChange]:
    before_names, after_names = Names(old, "api"), Names(new, "api")
    for name, declared in new.properties.items():
        before = old.properties.get(name)
        if before is declared or before == declared:
            continue
        key = _key(name)
        before = before or before_names.declared(key)
        if before is not None:
            yield _pair(name, before, declared, old, new, work)
        else:
            is_free = old.unknown_properties != "error"
            was_accepted = is_free and (declared.is_namespace or not _is_refused(old, before_names, name, today))
            refused = refusals(_FREE, declared, work) if was_accepted else ()
            yield PropertyChange(name, None, declared, was_accepted, refused)
    for name, gone in old.properties.items():
        if name not in new.properties:
            after = after_names.declared(_key(name))
            if after is not None:
                yield _pair(name, gone, after, old, new, work)


def _key(name: str) -> str:
    """The key of a property; of a namespace one that no schema declares, so that it lies in that namespace and in no other way."""
    return f"{name[:-1]}\x00" if name.endswith("*") else name


def _is_refused(schema: PropertySchema, names: Names, key: str, today: date) -> bool:
    violation = judge_key(schema, names, key, today, advise=False)
    return violation is not None and violation.severity is Severity.ERROR


def _pair(
    name: str, before: Property, declared: Property, old: PropertySchema, new: PropertySchema, work: Work
) -> PropertyChange:
    """Two properties compared; a limit that both take from the schema as a whole is not theirs."""
    follows = before.max_length == old.limits.value_length and declared.max_length == new.limits.value_length
    after = replace(declared, max_length=before.max_length) if follows else declared
    refused = refusals(before, after, work)
    is_told = any(refusal.field in _READ_APART for refusal in refused)  # whoever reads it is then told enough
    differs = any(getattr(before, field) != getattr(declared, field) for field in _READ_APART)
    welcome = refusals(after, before, work) if differs and not is_told else ()
    return PropertyChange(name, before, declared, True, refused, welcome)


def _longer_value(old: PropertySchema, new: PropertySchema, work: Work) -> tuple[str, int] | None:
    """A key that takes its limit from `limits` and took a value that is too long now, and that length."""
    if new.limits.value_length >= old.limits.value_length:
        return None
    for name, before in old.properties.items():
        declared = new.properties.get(name)
        if (
            declared is None
            or before.max_length != old.limits.value_length
            or declared.max_length != new.limits.value_length
        ):
            continue
        shorter = replace(before, max_length=declared.max_length)
        for refusal in refusals(before, shorter, work):
            if refusal.values:
                return name, len(refusal.values[0])
    return None
