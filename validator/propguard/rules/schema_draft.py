"""A property schema as far as its file could be read: what the rules about schemas are asked of."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from propguard.model.finding import Severity
from propguard.rules.rule import Example

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from propguard.model.finding import Violation
    from propguard.model.schema import Property, PropertySchema
    from propguard.rules.rule import Found

SchemaPath = tuple[str | int, ...]
"""From the root of the resolved schema: `("properties", "environment", "enum", 2)`."""


@dataclass(frozen=True, slots=True)
class Spotted:
    """Something found at `path`; with `at_key`, at the key there and not at its value."""

    path: SchemaPath
    found: Found
    at_key: bool = False


@dataclass(frozen=True, slots=True)
class PropertyDraft:
    """One property as far as it could be read.

    `written` holds the fields that the file or one that it extends states and that could be read, `broken` those
    that could not: the rules say nothing that rests on a broken field, as one fault is not to be told twice.
    `layers` says by which schema each field is stated, and under the empty name which one names the property last.
    """

    declared: Property
    written: frozenset[str] = frozenset()
    broken: frozenset[str] = frozenset()
    layers: Mapping[str, str] = field(default_factory=dict)

    @property
    def path(self) -> SchemaPath:
        return ("properties", self.declared.name)

    def knows(self, *fields: str) -> bool:
        """Whether none of `fields` is broken."""
        return self.broken.isdisjoint(fields)


@dataclass(frozen=True, slots=True)
class SchemaDraft:
    """A schema with what it extends folded in, as far as it could be read.

    `own` holds the names of the properties that the file itself writes. `strict` holds the resolved schemas among
    those it extends, at any distance, that say `may_loosen: false`. `layers` says by which schema each field of the
    schema itself is stated.
    """

    schema: PropertySchema
    properties: tuple[PropertyDraft, ...]
    own: frozenset[str]
    today: date
    strict: tuple[PropertySchema, ...] = ()
    layers: Mapping[str, str] = field(default_factory=dict)


def first_error(violations: Iterable[Violation]) -> Violation | None:
    return next((violation for violation in violations if violation.severity is Severity.ERROR), None)


_HEAD = "file_format: property-schema/1\nname: acme\nversion: 1.0.0\n"


def schema_example(bad: str, good: str, strict: str = "") -> Example:
    """Two schema files that differ in what one rule is about; `bad` and `good` are what follows the required fields.

    `strict` is a whole file that both may extend as `strict.yaml`.
    """
    return Example(schema=strict, bad=_HEAD + bad, good=_HEAD + good, language="yaml")
