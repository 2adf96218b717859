"""What the version of a schema should be after its changes, by Semantic Versioning 2.0.0.

Something that breaks asks for a new major version, anything else that is added or allowed for a new minor one, and words for a
new patch. Before 1.0.0 everything may change, and a new minor version is enough for what breaks.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Literal, NamedTuple

from propguard.model.finding import Severity
from propguard.rules.evolution import breaking_version

if TYPE_CHECKING:
    from collections.abc import Sequence

    from propguard.evolve.diff import Change
    from propguard.model.finding import Violation
    from propguard.model.schema import Property, PropertySchema

Level = Literal["major", "minor", "patch"]

_VERSION = re.compile(r"([0-9]+)\.([0-9]+)\.([0-9]+)(?:-([0-9A-Za-z.-]+))?(?:\+.*)?\Z", re.ASCII)


class Advice(NamedTuple):
    """What the changes ask for: `level` is null where nothing has changed, `version` the least one that will do.

    `is_announced` tells that the new version already says that something breaks.
    """

    level: Level | None
    version: str
    is_announced: bool
    violation: Violation | None


def advise(old: PropertySchema, new: PropertySchema, changes: Sequence[Change]) -> Advice:
    """The version that the changes ask for, and a violation where the new schema has not got it."""
    level = _level(old, new, changes)
    before, after = _numbers(old.version), _numbers(new.version)
    if before is None or after is None:  # which only a schema built in memory can have
        return Advice(level, new.version, False, None)
    needed = _raised(before[0], level)
    version = ".".join(map(str, needed))
    is_next_draft = (
        after[0] == before[0] and before[1] < after[1]
    )  # of what is not released yet, nobody relies on anything
    is_announced = after[0] >= _raised(before[0], "major") or is_next_draft
    found = None
    if after < before:
        found = breaking_version.lowered(old.version, new.version)
    elif level is not None and after[0] < needed and not is_next_draft:
        found = breaking_version.not_raised(old.version, new.version, version, level)
    violation = None
    if found is not None:
        is_urgent = after < before or any(change.violation.severity is Severity.ERROR for change in changes)
        severity = Severity.ERROR if is_urgent else Severity.WARNING
        violation = breaking_version.RULE.violation(found, None, new.version, severity)
    return Advice(level, version if level is not None else old.version, is_announced, violation)


_Numbers = tuple[tuple[int, int, int], tuple[int, tuple[tuple[int, int, str], ...]]]


def _numbers(version: str) -> _Numbers | None:
    """A version so that later ones are greater: its three numbers, then what comes before the release of these."""
    match = _VERSION.match(version)
    if match is None:
        return None
    parts = (match[4] or "").split(".") if match[4] else []
    order = tuple((0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts)
    return (int(match[1]), int(match[2]), int(match[3])), (0 if parts else 1, order)


def _raised(numbers: tuple[int, int, int], level: Level | None) -> tuple[int, int, int]:
    major, minor, patch = numbers
    if level == "major":
        return (major + 1, 0, 0) if major else (0, minor + 1, 0)
    if level == "minor":
        return (major, minor + 1, 0) if major else (0, minor, patch + 1)
    return (major, minor, patch + 1) if level == "patch" else numbers


def _level(old: PropertySchema, new: PropertySchema, changes: Sequence[Change]) -> Level | None:
    if any(change.asks_for_major for change in changes):
        return "major"
    if _without_words(old) != _without_words(new):
        return "minor"
    return "patch" if _content(old) != _content(new) else None


def _without_words(schema: PropertySchema) -> PropertySchema:
    properties = {name: _bare(declared) for name, declared in schema.properties.items()}
    return replace(_content(schema), description="", properties=properties)


def _bare(declared: Property) -> Property:
    return replace(declared, description="", owner=None, examples=(), stability="stable")


def _content(schema: PropertySchema) -> PropertySchema:
    """The schema but for where it lies and what its version is."""
    return replace(schema, version="", path="")
