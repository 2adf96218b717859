"""Whether anyone uses what a change breaks, by what code writes and by what was stored."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from propguard.model.finding import Severity
from propguard.model.names import Names
from propguard.model.naming import fold
from propguard.model.secrets import is_masked
from propguard.rules.judgement import broken_by

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from propguard.evolve.diff import Change
    from propguard.model.earlier import EarlierAudit
    from propguard.model.finding import Door
    from propguard.model.profile import KeyProfile
    from propguard.model.schema import Property, PropertySchema
    from propguard.model.usage import Usage

_MOST_PLACES = 5
_BY_VALUE = frozenset(
    f"breaking-{name}"
    for name in (
        *("value-removed", "value-alias-removed", "property-closed", "limit-tightened", "pattern-narrowed"),
        *("format-changed", "type-changed", "sensitive-forbidden", "key-declared", "cannot-tell"),
    )
)
"""The rules that are about some values of a key, and not about the key."""

_WEIGHED = _BY_VALUE | {f"breaking-{name}" for name in ("property-removed", "property-renamed", "alias-removed")}
_WEIGHED |= {f"breaking-{name}" for name in ("namespace-narrowed", "alias-added", "name-reserved")}
"""Those of which it can be seen in code or data whether anyone is broken; of the rest, everybody may be."""


class _Met(NamedTuple):
    """What was met of one change: how often, where, and whether there may be more that cannot be seen."""

    requests: int
    places: tuple[str, ...]
    is_sure: bool


def weigh(
    changes: Sequence[Change],
    old: PropertySchema,
    new: PropertySchema,
    usages: Sequence[Usage] | None,
    stored: EarlierAudit | None,
) -> tuple[Change, ...]:
    """The changes, each with who uses what it breaks, where that can be looked up.

    `usages` is what code writes, `stored` what an audit says is stored; null where that was not asked for. An error of which
    stored data shows that nobody is broken, and code does not show otherwise, becomes a warning.
    """
    lookup = _Lookup(old, new, usages, stored)
    return tuple(lookup.weighed(change) if change.rule.id in _WEIGHED else change for change in changes)


class _Lookup:
    def __init__(
        self,
        old: PropertySchema,
        new: PropertySchema,
        usages: Sequence[Usage] | None,
        stored: EarlierAudit | None,
    ) -> None:
        self.new = new
        self._names: dict[Door, Names] = {door: Names(old, door) for door in ("api", "header", "data")}
        self._by_name: dict[str, list[Usage]] = {}
        self._beginnings: set[str] = set()
        """What is known of the keys that code computes."""
        self._usages = usages
        for usage in usages or ():
            if usage.handed:
                continue  # it is met where the wrapper is called
            if usage.stored_key is not None and usage.key_kind in {"literal", "constant"}:
                self._by_name.setdefault(self._name(usage.stored_key, usage.door), []).append(usage)
            else:
                self._beginnings.add((usage.stored_key or "").partition("*")[0])
        self._stored = stored
        self._profiles: dict[str, list[KeyProfile]] = {}
        for profile in stored.keys.values() if stored is not None else ():
            self._profiles.setdefault(self._name(profile.key, "data"), []).append(profile)

    def _name(self, stored: str, door: Door) -> str:
        """The name under which the old schema declares a stored key; where it does not, the key itself."""
        declared = self._names[door].declared(stored)
        return stored if declared is None else declared.name

    def weighed(self, change: Change) -> Change:
        violation = change.violation
        name = change.old_key or violation.key
        if name is None or (self._usages is None and self._stored is None):
            return change
        stored = None if self._stored is None else self._in_data(change, self._profiles.get(name, []), self._stored)
        code = None if self._usages is None else self._in_code(change, name, self._by_name.get(name, []))
        said = [sentence for sentence in (_of_code(code), _of_data(stored)) if sentence]
        nobody = stored is not None and not stored.requests and stored.is_sure and (code is None or not code.places)
        severity = violation.severity
        if severity is Severity.ERROR and nobody:
            severity = Severity.WARNING
        context = {
            **violation.context,
            **({} if code is None else {"usages": len(code.places), "places": list(code.places[:_MOST_PLACES])}),
            **({} if stored is None else {"requests": stored.requests}),
        }
        return replace(change, violation=replace(violation, severity=severity, context=context), users="; ".join(said))

    def _in_data(self, change: Change, profiles: Sequence[KeyProfile], stored: EarlierAudit) -> _Met:
        requests, is_sure = 0, stored.are_all_keys or any(profile.declared for profile in profiles)
        for profile in profiles:
            if change.rule.id not in _BY_VALUE:
                requests += profile.requests
                continue
            told = [one for one in profile.top_values if not is_masked(one.value)]
            requests += sum(one.count for one in told if self._breaks(change, one.value))
            is_sure = is_sure and len(told) >= profile.distinct
        return _Met(requests, (), is_sure)

    def _in_code(self, change: Change, name: str, usages: Iterable[Usage]) -> _Met:
        places, is_sure = [], not any(_may_be(name, beginning) for beginning in self._beginnings)
        for usage in usages:
            broken = change.rule.id not in _BY_VALUE or any(self._breaks(change, one.text) for one in usage.values)
            if broken:
                places.append(f"{usage.path}:{usage.span.line}")
            elif usage.value_kind in {"partial", "dynamic"}:
                is_sure = False
        return _Met(0, tuple(places), is_sure)

    def _breaks(self, change: Change, value: str) -> bool:
        """Whether a value is one that the change refuses."""
        if change.rule.id in {"breaking-value-removed", "breaking-value-alias-removed"}:
            return value in change.values
        declared = self._declared(change)
        return declared is not None and bool(broken_by(declared, value))

    def _declared(self, change: Change) -> Property | None:
        return self.new.properties.get(str(change.path[1])) if len(change.path) > 1 else None


def _may_be(name: str, beginning: str) -> bool:
    """Whether a key with this beginning may be the property `name`, or lie in it where it is a namespace."""
    stem, start = fold(name.removesuffix("*")), fold(beginning)
    return stem.startswith(start) or (name.endswith("*") and start.startswith(stem))


def _of_code(met: _Met | None) -> str:
    if met is None:
        return ""
    if met.places:
        number = len(met.places)
        more = ", …" if number > _MOST_PLACES else ""
        shown = ", ".join(met.places[:_MOST_PLACES])
        return f"{number} {'usage' if number == 1 else 'usages'} in code ({shown}{more})"
    return "nobody seen in code" + ("" if met.is_sure else ", but not every key and value there is known")


def _of_data(met: _Met | None) -> str:
    if met is None:
        return ""
    if met.requests:
        return f"{met.requests} stored {'request has' if met.requests == 1 else 'requests have'} it"
    return "nobody seen in the data" + ("" if met.is_sure else ", but not every key and value there is known")
