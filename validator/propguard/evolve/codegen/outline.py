"""What generated code says, whatever its language: an entry per property, with names, values and words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

from propguard.evolve import wording
from propguard.evolve.codegen.identifiers import method_names, type_names
from propguard.model.naming import STYLES
from propguard.model.stored_key import SYSTEM_KEY_PREFIX, SYSTEM_KEYS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from propguard.model.schema import Property, PropertySchema

Kind = Literal["text", "closed", "boolean", "integer", "number", "date", "date-time", "uuid"]
"""What a value, or an item of a list, is in a program."""

_KINDS: tuple[str, ...] = get_args(Kind)
_CARRIED = "[!-.0-9;-~]+"
"""What a key may hold where no case style says more."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One property: `method` and `type_name` are what programs call it and its closed set, `kind` is that of its values or,
    where it is a list, of its items."""

    declared: Property
    method: str
    type_name: str
    kind: Kind

    @property
    def is_list(self) -> bool:
        return self.declared.type == "list" and self.declared.enum is None

    @property
    def stem(self) -> str:
        """The key, or what the keys of a namespace begin with."""
        return self.declared.name.removesuffix("*")

    @property
    def values(self) -> tuple[str, ...]:
        """The closed set, without values that are written otherwise."""
        closed = _closing(self.declared)
        return tuple(value for value in closed.enum or () if value not in closed.value_aliases)

    @property
    def leaving(self) -> dict[str, str]:
        """The values of the closed set that are on their way out, each with its note."""
        closed = _closing(self.declared)
        return {value: closed.deprecated_values[value] for value in self.values if value in closed.deprecated_values}

    def deprecation(self) -> str | None:
        """Why the property goes, as a sentence that names it."""
        reason = wording.deprecation(self.declared)
        return None if reason is None else f"`{self.declared.name}` is {reason}."

    def paragraphs(self, longest: int) -> Iterator[str]:
        """What a reader of the code should know of the property."""
        declared = self.declared
        yield declared.description or f"The property {declared.name}."
        facts = [wording.kind_of_value(declared), *wording.limits(declared, longest)]
        said = f"Values: {', '.join(facts)}."
        yield f"Owner: {declared.owner}. {said}" if declared.owner else said
        if declared.pattern is not None:
            yield f"Pattern: {declared.pattern}"
        if declared.requires:
            yield f"Needs: {', '.join(declared.requires)}."
        if declared.examples:
            yield f"Examples: {'; '.join(declared.examples)}"


@dataclass(frozen=True, slots=True)
class NamespaceRules:
    """What a key of a namespace must be beside beginning with the prefix: lower-cased, it is not in `taken` and does not
    begin with another of `prefixes` that is longer."""

    style: str
    key_length: int
    taken: tuple[str, ...]
    prefixes: tuple[str, ...]


def entries(schema: PropertySchema, methods: Collection[str], types: Collection[str]) -> tuple[Entry, ...]:
    """An entry per property, in the order of the schema; `methods` and `types` are names that no property can have."""
    names = method_names(schema.properties, methods)
    closed = {name: names[name] for name, declared in schema.properties.items() if _closing(declared).enum is not None}
    of_types = type_names(closed.values(), types)
    return tuple(
        Entry(declared, names[name], of_types.get(names[name], ""), _kind(declared))
        for name, declared in schema.properties.items()
    )


def namespace_rules(schema: PropertySchema) -> NamespaceRules | None:
    """What generated code has to look at in a namespace, as no type can say it; null where there is no namespace."""
    prefixes = [name[:-1].lower() for name, declared in schema.properties.items() if declared.is_namespace]
    if not prefixes:
        return None
    named = [*schema.reserved, *SYSTEM_KEYS]
    for name, declared in schema.properties.items():
        named += declared.aliases if declared.is_namespace else [name, *declared.aliases]
    spelled = {_canonical(key.lower(), schema) for key in named}
    style = STYLES[schema.naming].pattern.removesuffix(r"\Z") if schema.naming in STYLES else _CARRIED
    return NamespaceRules(
        style,
        schema.limits.key_length,
        tuple(sorted(key for key in spelled if key.startswith(tuple(prefixes)))),
        tuple(sorted({*prefixes, SYSTEM_KEY_PREFIX})),
    )


def _canonical(key: str, schema: PropertySchema) -> str:
    return key.replace("-", "_") if schema.has_dashed_headers else key


def _closing(declared: Property) -> Property:
    """What may have a closed set: the property itself, or of a list its items."""
    if declared.type == "list" and declared.enum is None and declared.items is not None:
        return declared.items
    return declared


def _kind(declared: Property) -> Kind:
    of = _closing(declared)
    if of.enum is not None:
        return "closed"
    if of.type in _KINDS:
        return of.type  # type: ignore[return-value]  # one of both
    if of.pattern is None and of.format in _KINDS:
        return of.format  # type: ignore[return-value]  # one of both
    return "text"
