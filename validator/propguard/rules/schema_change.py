"""What lies between two versions of a property schema: what the rules about its evolution are asked of."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from propguard.rules.rule import Example, Rule

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from propguard.model.schema import Property, PropertySchema
    from propguard.rules.rule import Found
    from propguard.rules.schema_draft import SchemaPath

Reader = Literal["WRITER", "READER", "HISTORY"]
"""Whom a change breaks: code that runs today would be refused, dashboards and queries by this property would lie,
stored rows would become violations."""

EVERYBODY: tuple[Reader, ...] = ("WRITER", "READER", "HISTORY")
WRITES: tuple[Reader, ...] = ("WRITER", "HISTORY")
READS: tuple[Reader, ...] = ("READER",)


class Refusal(NamedTuple):
    """Values that the old property accepts and the new one refuses, by the value rule `rule`.

    `values` are all of them where they can be listed, else one. Where it cannot be told whether there are any, `rule` is
    null and `doubt` says why. `fields` lead from the property to what refuses them: `("items", "pattern")`.
    """

    rule: str | None
    values: tuple[str, ...]
    fields: tuple[str, ...]
    doubt: str | None = None

    @property
    def field(self) -> str:
        return self.fields[-1]


@dataclass(frozen=True, slots=True)
class PropertyChange:
    """A property before and after, where the two differ, and what of the old values is refused now.

    `old` may be the namespace that the key lay in before, and is null where the key was not declared; with
    `was_accepted`, such a key could be written all the same. `welcome` are values that only the new one accepts, by the
    rule and the field of the old one.
    """

    name: str
    old: Property | None
    new: Property
    was_accepted: bool
    refusals: tuple[Refusal, ...]
    welcome: tuple[Refusal, ...] = ()

    @property
    def path(self) -> SchemaPath:
        return ("properties", self.new.name)

    def before_and_after(self, refusal: Refusal) -> tuple[Any, Any]:
        """What the field that refuses was and is; null where there was or is none."""
        before: Any = self.old
        after: Any = self.new
        for name in refusal.fields:
            before, after = getattr(before, name, None), getattr(after, name, None)
        return before, after

    def refused_by(self, *rules: str | None) -> Iterator[Refusal]:
        """What of a declared property is refused now by one of these value rules."""
        if self.old is not None:
            yield from (refusal for refusal in self.refusals if refusal.rule in rules)


class Refused(NamedTuple):
    """A key that was accepted and is refused now, by the key rule `rule`.

    `old` is what it was, null where it was not declared; `witness` a key as it could be written, `target` the name that
    it should have now, null where there is none.
    """

    old: Property | None
    witness: str
    rule: str
    target: str | None


@dataclass(frozen=True, slots=True)
class SchemaChange:
    """Two schemas in front of the rules, with everything that must be worked out from both at once.

    `changed` are the properties of the new schema that differ from before, `refused` the keys that are accepted no more.
    `longer_value` is a key and the length of a value of it that the old schema's `limits.value_length` lets pass and the new one's does not, if there is one.
    """

    old: PropertySchema
    new: PropertySchema
    today: date
    changed: tuple[PropertyChange, ...]
    refused: tuple[Refused, ...]
    longer_value: tuple[str, int] | None = None

    @property
    def aliases(self) -> frozenset[str]:
        """Every alias of the new schema."""
        return frozenset(alias for declared in self.new.properties.values() for alias in declared.aliases)

    def refused_by(self, *rules: str) -> Iterator[Refused]:
        """The keys refused by one of these key rules."""
        return (key for key in self.refused if key.rule in rules)


class Broken(NamedTuple):
    """That a change breaks something: at `path` of the new schema, and for whom where that is not what the rule says."""

    path: SchemaPath
    found: Found
    key: str | None = None
    values: tuple[str, ...] = ()
    breaks: tuple[Reader, ...] | None = None
    old_name: str | None = None


@dataclass(frozen=True, slots=True)
class EvolutionRule(Rule):
    """Holds of the way from one version of a schema to the next; `breaks` says for whom it breaks something."""

    doors: str = "S"
    breaks: tuple[Reader, ...] = EVERYBODY
    find: Callable[[SchemaChange], Iterator[Broken]] = field(kw_only=True)


_HEAD = "file_format: property-schema/1\nname: acme\n"


def change_example(old: str, bad: str, good: str, version: str = "1.0.0", next_version: str = "2.0.0") -> Example:
    """An old schema, and two that may follow it; each is what stands after the required fields."""
    after = f"{_HEAD}version: {next_version}\n"
    return Example(schema=f"{_HEAD}version: {version}\n{old}", bad=after + bad, good=after + good, language="yaml")


def shown(value: str) -> str:
    """A value between ticks for a message; the empty one by its name."""
    from propguard.model.text import excerpt

    return f"`{excerpt(value)}`" if value else "the empty value"


def stated(limit: object) -> str:
    """What a field says, for a message."""
    return "none" if limit is None else f"{limit:g}" if isinstance(limit, int | float) else str(limit)
