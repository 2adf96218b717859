"""schema-loosened: a schema takes back what one that it extends does not let it take back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from propguard.model.names import Names
from propguard.model.naming import fold
from propguard.model.text import excerpt, one_of
from propguard.rules.automaton import Work
from propguard.rules.judgement import broken_by, item_property
from propguard.rules.pattern_language import is_open
from propguard.rules.refusals import refusals
from propguard.rules.rule import Found, SchemaRule
from propguard.rules.schema_draft import Spotted, schema_example

if TYPE_CHECKING:
    from collections.abc import Iterator

    from propguard.model.schema import Enforcement, Property, PropertySchema
    from propguard.rules.schema_draft import PropertyDraft, SchemaDraft

_NEVER = date.max
_LOOSER = {"error": 0, "warning": 1, "allow": 2}
_KINDS = ("enum", "format", "pattern", "type")
"""The fields that close values, after which nobody looks for secrets in them any more."""

_TEXTS = ("format", "pattern")
"""The fields of which each is a language, so that it can be told whether one lies within another."""

_MOST_STEPS = 1_000_000
"""Of all questions about patterns in one schema: about a second."""

_SECRETS = ("ada@example.com", "sk-" + "a" * 20, "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0", "-----BEGIN PRIVATE KEY-----")


def find(draft: SchemaDraft) -> Iterator[Spotted]:
    work = Work(_MOST_STEPS)
    for strict in draft.strict:
        for field, change in _loosened_schema(strict, draft.schema):
            layer = draft.layers.get(field, draft.schema.name)
            yield Spotted((field,), _found(f"`{field}`", change, strict, None, layer))
        names, here = Names(strict, "api"), Names(draft.schema, "api")
        owners = {fold(alias): declared.name for declared in strict.properties.values() for alias in declared.aliases}
        for entry in draft.properties:
            declared = entry.declared
            bound = strict.properties.get(declared.name) or names.declared(declared.name)
            owner = owners.get(fold(declared.name))
            if bound is not None:
                yield from _loosened_property(strict, bound, entry, here, draft.schema, work)
            elif owner is not None:
                change = f"it is an alias of `{owner}` there, and a property of its own here"
                found = _found(f"`{declared.name}`", change, strict, owner, entry.layers.get("", draft.schema.name))
                yield Spotted(entry.path, found, at_key=True)


def _loosened_property(
    strict: PropertySchema, bound: Property, entry: PropertyDraft, names: Names, schema: PropertySchema, work: Work
) -> Iterator[Spotted]:
    for field, change in (
        *_loosened(bound, entry.declared, work),
        *_aliases_given_up(bound, entry.declared, names, schema),
    ):
        of_limits = field == "max_length" and bound.max_length == strict.limits.value_length
        if entry.knows(field) and not (of_limits and field not in entry.written):  # said of `limits` already
            path = (*entry.path, field) if field in entry.written else entry.path
            layer = entry.layers.get(field) or entry.layers.get("", schema.name)
            yield Spotted(path, _found(f"`{field}` of `{entry.declared.name}`", change, strict, bound.name, layer))


def _found(what: str, change: str, strict: PropertySchema, bound: str | None, layer: str) -> Found:
    return Found(
        f"{what} is looser in the schema {layer} than in the schema {strict.name}, which says `may_loosen: false`: "
        f"{change}; tighten it or leave it out",
        context={"schema": strict.name, "layer": layer, "change": change, "property": bound},
    )


def _loosened_schema(strict: PropertySchema, schema: PropertySchema) -> Iterator[tuple[str, str]]:
    if _LOOSER[schema.unknown_properties] > _LOOSER[strict.unknown_properties]:
        yield "unknown_properties", f"{strict.unknown_properties} there, {schema.unknown_properties} here"
    if strict.naming not in {"any", schema.naming}:
        yield "naming", f"{strict.naming} there, {schema.naming} here"
    if (strict.header_separator, schema.header_separator) == ("_", "-"):
        yield "header_separator", "`_` there, `-` here, so that headers may spell each key in two ways"
    for name in ("key_length", "value_length", "properties_per_request"):
        there, here = getattr(strict.limits, name), getattr(schema.limits, name)
        if there is not None and (here is None or here > there):
            yield "limits", f"{name} {there} there, {'unlimited' if here is None else here} here"


def _loosened(there: Property, here: Property, work: Work) -> Iterator[tuple[str, str]]:
    """Each field in which `here` accepts what `there` does not, with how."""
    yield from _wider_values(there, here, work)
    if there.required and not here.required:
        yield "required", "required there, optional here"
    missing = [name for name in there.requires if name not in here.requires]
    if missing:
        yield "requires", f"without {one_of(missing)}"
    if _blocks_less(there.enforcement, here.enforcement):
        yield "enforcement", "blocks there, warns here or blocks later"
    if there.deprecated is not None and (
        here.deprecated is None or (there.deprecated.sunset or _NEVER) < (here.deprecated.sunset or _NEVER)
    ):
        yield "deprecated", "deprecated there, not or longer allowed here"
    if _most(there) is not None and (_most(here) is None or (_most(here) or 0) > (_most(there) or 0)):
        yield "cardinality", f"{there.cardinality} there, {here.cardinality} here"


def _wider_values(there: Property, here: Property, work: Work) -> Iterator[tuple[str, str]]:
    """Of a property, or of an item of its lists."""
    if there.enum is not None and (here.enum is None or not set(here.enum) <= set(there.enum)):
        added = [value for value in here.enum or () if value not in there.enum]
        yield "enum", f"{one_of(added)} added" if added else "closed there, open here"
    if there.type not in {"string", here.type} and not (there.type == "number" and here.type == "integer"):
        yield "type", f"{there.type} there, {here.type} here"
    yield from _texts_let_in(there, here, work)
    for field, grows in (("min_length", False), ("max_length", True), ("minimum", False), ("maximum", True)):
        old, new = getattr(there, field), getattr(here, field)
        if old is not None and (new is None or (new > old if grows else new < old)):
            yield field, f"{old} there, {'none' if new is None else new} here"
    for field, change in (
        ("value_aliases", "refused there, a value here"),
        ("deprecated_values", "no longer deprecated"),
    ):
        revived = [
            value for value in getattr(there, field) if value not in getattr(here, field) and _may_be(here, value)
        ]
        if revived:
            yield field, f"{one_of(revived)} {change}"
    yield from _secrets_let_in(there, here)
    yield from _wider_items(there, here, work)


def _texts_let_in(there: Property, here: Property, work: Work) -> Iterator[tuple[str, str]]:
    """Where a pattern or a format takes, with all else that is said here, what the one there does not.

    What cannot be told counts as such: who wrote the strict schema relies on it.
    """
    if there.enum is not None:  # which is compared value by value
        return
    free = replace(here, sensitive="allow")
    bound = replace(free, enum=None, format=there.format, pattern=there.pattern)
    for refusal in refusals(free, bound, work):
        field = refusal.field
        if field in _TEXTS:
            shown = f"which takes `{excerpt(refusal.values[0], 40)}`" if refusal.values else None
            doubt = f"and it cannot be told whether that takes anything else: {refusal.doubt}"
            yield field, f"{getattr(there, field)} there, {getattr(here, field) or 'none'} here, {shown or doubt}"


def _may_be(declared: Property, value: str) -> bool:
    return declared.enum is None or value in declared.enum


def _secrets_let_in(there: Property, here: Property) -> Iterator[tuple[str, str]]:
    """Where values are looked through for secrets there and no longer here, though they could still be some."""
    if there.sensitive == "allow" or not (is_open(there) or there.type == "list"):
        return
    if here.sensitive == "allow":
        yield "sensitive", "forbid there, allow here"
    elif (
        is_open(there)
        and not is_open(here)
        and (let_in := [secret for secret in _SECRETS if not broken_by(here, secret)])
    ):
        field = next(field for field in _KINDS if getattr(here, field) != getattr(there, field))
        yield field, f"it lets values such as {one_of(let_in, most=1)} pass, which `sensitive: forbid` refuses there"


def _wider_items(there: Property, here: Property, work: Work) -> Iterator[tuple[str, str]]:
    if there.type != "list" or here.type != "list":
        return
    if there.separator != here.separator:
        yield "separator", f"`{there.separator}` there, `{here.separator}` here"
    for field, change in _wider_values(item_property(there), item_property(here), work):
        of_list = (field == "max_length" and here.items is None) or (field == "sensitive" and here.sensitive == "allow")
        if not of_list:  # which is said of the list itself
            yield "items", f"`{field}`: {change}"


def _aliases_given_up(
    there: Property, here: Property, names: Names, schema: PropertySchema
) -> Iterator[tuple[str, str]]:
    """Aliases that are none any more, where the keys are therefore no longer refused."""
    freed = [
        alias
        for alias in there.aliases
        if alias not in names.aliases
        and alias not in schema.properties  # said of that property
        and (schema.unknown_properties != "error" or names.declared(alias) is not None)
    ]
    if freed and here.name == there.name:
        yield "aliases", f"without {one_of(freed)}"


def _blocks_less(there: Enforcement, here: Enforcement) -> bool:
    if here.mode == "block":
        return False
    return there.mode == "block" or (there.block_from or _NEVER) < (here.block_from or _NEVER)


def _most(declared: Property) -> int | None:
    """The greatest number of values that `cardinality` allows; null where it allows any."""
    if declared.cardinality in {None, "high"}:
        return None
    return 0 if declared.cardinality == "low" else int(declared.cardinality or 0)


RULE = SchemaRule(
    id="schema-loosened",
    summary="A schema loosens one that it extends and that says `may_loosen: false`.",
    why="Who sets rules for many teams must be able to rely on them; teams may add to them and tighten them.",
    example=schema_example(
        "extends: [strict.yaml]\nproperties: {environment: {enum: [production, staging, qa]}}\n",
        "extends: [strict.yaml]\nproperties: {environment: {enum: [production]}}\n",
        strict="file_format: property-schema/1\nname: strict\nversion: 1.0.0\nmay_loosen: false\n"
        "properties: {environment: {enum: [production, staging]}}\n",
    ),
)
