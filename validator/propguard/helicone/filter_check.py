"""Filters judged by a schema: what it does not allow is never written, so that asking for it finds nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from propguard.errors import PropertyRejected
from propguard.helicone.filters import Comparison, Presence, leaves
from propguard.helicone.likeness import contains_pattern, is_like
from propguard.model.finding import Severity, Violation
from propguard.model.names import Names
from propguard.model.stored_key import is_system_key
from propguard.model.text import excerpt, one_of

if TYPE_CHECKING:
    from propguard.compilers import Checker
    from propguard.helicone.filters import Filter
    from propguard.model.finding import Door

_DOORS: tuple[Door, ...] = ("api", "header")
_OF_ITS_TIME = "deprecated-property"  # what must not be written any more has been written, and may be asked for


def check_filter(node: Filter, checker: Checker) -> None:
    """Return when every checked predicate could match. Raises PropertyRejected with all that never can.

    A key may be spelled in any way in which it can be stored. The platform's own keys, properties whose sunset has
    passed and `== ""`, which asks for what is absent, are possible.
    """
    violations = [
        violation
        for leaf in leaves(node)
        if isinstance(leaf, Comparison | Presence) and leaf.checked and not is_system_key(leaf.key)
        for violation in _judged(leaf, checker)
    ]
    if violations:
        raise PropertyRejected(tuple(violations))


def _judged(leaf: Comparison | Presence, checker: Checker) -> list[Violation]:
    of_key: list[Violation] = []
    for door in _DOORS if leaf.key.islower() else _DOORS[:1]:  # what a header stores has no capitals
        faults = _errors(checker.check_key(leaf.key, door=door))
        if not faults:
            return _judged_value(leaf, checker, door)
        of_key = of_key or faults
    return [_said(violation, "the filter can never match") for violation in of_key]


def _judged_value(leaf: Comparison | Presence, checker: Checker, door: Door) -> list[Violation]:
    if isinstance(leaf, Presence) or not leaf.value:
        return []
    if leaf.operator in {"equals", "not-equals"}:
        why = "the filter can never match" if leaf.operator == "equals" else "the filter leaves nothing out"
        declared = Names(checker.schema, door).declared(leaf.key)
        if declared is None:
            return []
        return [_said(violation, why) for violation in _errors(checker.check_value(declared, leaf.key, leaf.value))]
    return _judged_pattern(leaf, checker, door)


def _judged_pattern(leaf: Comparison, checker: Checker, door: Door) -> list[Violation]:
    """That no allowed value is like the pattern, where there is a closed set."""
    declared = Names(checker.schema, door).declared(leaf.key)
    if declared is None or declared.enum is None or leaf.operator == "not-contains":
        return []
    contains = leaf.operator == "contains"
    pattern = contains_pattern(leaf.value) if contains else leaf.value
    if any(is_like(value, pattern, ignore_case=leaf.operator != "like") for value in declared.enum):
        return []
    relation = "contains" if contains else "is like"
    message = f"the filter can never match: no allowed value of `{leaf.key}` {relation} `{excerpt(leaf.value)}` ({one_of(declared.enum)})"
    context = {"property": declared.name, "allowed": list(declared.enum)}
    return [Violation("value-not-allowed", Severity.ERROR, message, leaf.key, leaf.value, None, context)]


def _errors(violations: tuple[Violation, ...]) -> list[Violation]:
    return [found for found in violations if found.severity is Severity.ERROR and found.rule != _OF_ITS_TIME]


def _said(violation: Violation, why: str) -> Violation:
    return replace(violation, message=f"{why}: {violation.message}")
