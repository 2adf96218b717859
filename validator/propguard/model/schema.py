"""The property schema as values: what `contract` calls the fields of a schema, resolved and immutable."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

Naming = Literal["snake_case", "kebab-case", "camelCase", "PascalCase", "Train-Case", "any"]
ValueType = Literal["string", "integer", "number", "boolean", "list"]
Format = Literal["date", "date-time", "uuid", "semver", "email", "uri", "ipv4", "ipv6", "duration"]

STANDARD_KEY_LENGTH = 100
STANDARD_VALUE_LENGTH = 1000
"""The platform's documented recommendations, in code points."""


class Limits(NamedTuple):
    """Lengths in code points; `properties_per_request` is null where unlimited."""

    key_length: int = STANDARD_KEY_LENGTH
    value_length: int = STANDARD_VALUE_LENGTH
    properties_per_request: int | None = None


class Deprecation(NamedTuple):
    """Why a property goes, what replaces it, and the day (UTC) from which using it is an error."""

    reason: Literal["renamed", "obsolete"]
    renamed_to: str | None = None
    note: str | None = None
    sunset: date | None = None


class Enforcement(NamedTuple):
    """In mode `warn`, errors are warnings until the day `block_from` (UTC), for ever where that is null."""

    mode: Literal["block", "warn"] = "block"
    block_from: date | None = None

    def blocks(self, today: date) -> bool:
        return self.mode == "block" or (self.block_from is not None and today >= self.block_from)


@dataclass(frozen=True, slots=True)
class Property:
    """What is declared of one key, or of every key of a namespace where `name` ends in `*`.

    Lengths are code points. `max_length` is resolved against the schema's `limits.value_length`.
    """

    name: str
    description: str = ""
    owner: str | None = None
    examples: tuple[str, ...] = ()
    enum: tuple[str, ...] | None = None
    type: ValueType = "string"
    format: Format | None = None
    pattern: str | None = None
    min_length: int = 1
    max_length: int = STANDARD_VALUE_LENGTH
    minimum: float | None = None
    maximum: float | None = None
    separator: str = ","
    items: Property | None = None
    aliases: tuple[str, ...] = ()
    value_aliases: Mapping[str, str] = field(default_factory=dict)
    required: bool = False
    requires: tuple[str, ...] = ()
    cardinality: Literal["low", "high"] | int | None = None
    sensitive: Literal["forbid", "allow"] = "forbid"
    enforcement: Enforcement = Enforcement()
    stability: Literal["stable", "experimental"] = "stable"
    deprecated: Deprecation | None = None
    deprecated_values: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_namespace(self) -> bool:
        return self.name.endswith("*")


@dataclass(frozen=True, slots=True)
class PropertySchema:
    """A property schema with everything it extends already folded in.

    `path` is the file it was read from, empty for one built in memory.
    """

    name: str
    version: str
    properties: Mapping[str, Property]
    description: str = ""
    naming: Naming = "snake_case"
    header_separator: Literal["_", "-"] = "_"
    unknown_properties: Literal["error", "warning", "allow"] = "error"
    limits: Limits = Limits()
    reserved: tuple[str, ...] = ()
    may_loosen: bool = True
    path: str = ""

    @property
    def has_dashed_headers(self) -> bool:
        """Whether headers spell the underscores of keys as dashes."""
        return self.header_separator == "-" and self.naming == "snake_case"
