"""schema-loosened: a schema takes back what one that it extends does not let it take back."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from propguard.model.names import Names
from propguard.model.naming import fold
from propguard.model.text import one_of
from propguard.rules.rule import Found, SchemaRule
from propguard.rules.schema_draft import Spotted, schema_example

if TYPE_CHECKING:
    from collections.abc import Iterator

    from propguard.model.schema import Enforcement, Property, PropertySchema
    from propguard.rules.schema_draft import SchemaDraft

_NEVER = date.max
_LOOSER = {"error": 0, "warning": 1, "allow": 2}


def find(draft: SchemaDraft) -> Iterator[Spotted]:
    for strict in draft.strict:
        for field, change in _loosened_schema(strict, draft.schema):
            yield Spotted((field,), _found(f"`{field}`", change, strict, None))
        names = Names(strict, "api")
        aliases = {fold(alias): declared.name for declared in strict.properties.values() for alias in declared.aliases}
        for entry in draft.properties:
            declared = entry.declared
            bound = strict.properties.get(declared.name) or names.declared(declared.name)
            owner = aliases.get(fold(declared.name))
            if bound is not None:
                for field, change in _loosened(bound, declared):
                    of_limits = field == "max_length" and bound.max_length == strict.limits.value_length
                    if entry.knows(field) and not (
                        of_limits and field not in entry.written
                    ):  # said of `limits` already
                        path = (*entry.path, field) if field in entry.written else entry.path
                        yield Spotted(path, _found(f"`{field}` of `{declared.name}`", change, strict, bound.name))
            elif owner is not None and declared.name in draft.own:
                change = f"it is an alias of `{owner}` there, and a property of its own here"
                yield Spotted(entry.path, _found(f"`{declared.name}`", change, strict, owner), at_key=True)


def _found(what: str, change: str, strict: PropertySchema, bound: str | None) -> Found:
    return Found(
        f"{what} is looser than in the schema {strict.name}, which says `may_loosen: false`: {change}; tighten it or leave it out",
        context={"schema": strict.name, "change": change, "property": bound},
    )


def _loosened_schema(strict: PropertySchema, schema: PropertySchema) -> Iterator[tuple[str, str]]:
    if _LOOSER[schema.unknown_properties] > _LOOSER[strict.unknown_properties]:
        yield "unknown_properties", f"{strict.unknown_properties} there, {schema.unknown_properties} here"
    if schema.naming != strict.naming:
        yield "naming", f"{strict.naming} there, {schema.naming} here"
    for name in ("key_length", "value_length", "properties_per_request"):
        there, here = getattr(strict.limits, name), getattr(schema.limits, name)
        if there is not None and (here is None or here > there):
            yield "limits", f"{name} {there} there, {'unlimited' if here is None else here} here"


def _loosened(there: Property, here: Property) -> Iterator[tuple[str, str]]:
    """Each field in which `here` accepts what `there` does not, with how."""
    yield from _wider_values(there, here)
    if there.required and not here.required:
        yield "required", "required there, optional here"
    missing = [name for name in there.requires if name not in here.requires]
    if missing:
        yield "requires", f"without {one_of(missing)}"
    if there.sensitive == "forbid" and here.sensitive == "allow":
        yield "sensitive", "forbid there, allow here"
    if _blocks_less(there.enforcement, here.enforcement):
        yield "enforcement", "blocks there, warns here or blocks later"
    if there.deprecated is not None and (
        here.deprecated is None or (there.deprecated.sunset or _NEVER) < (here.deprecated.sunset or _NEVER)
    ):
        yield "deprecated", "deprecated there, not or longer allowed here"
    revived = [value for value in there.deprecated_values if value not in here.deprecated_values]
    if revived and (here.enum is None or any(value in here.enum for value in revived)):
        yield "deprecated_values", f"without {one_of(revived)}"
    if _most(there) is not None and (_most(here) is None or (_most(here) or 0) > (_most(there) or 0)):
        yield "cardinality", f"{there.cardinality} there, {here.cardinality} here"


def _wider_values(there: Property, here: Property) -> Iterator[tuple[str, str]]:
    if there.enum is not None and (here.enum is None or not set(here.enum) <= set(there.enum)):
        added = [value for value in here.enum or () if value not in there.enum]
        yield "enum", f"{one_of(added)} added" if added else "closed there, open here"
    if there.type not in {"string", here.type} and not (there.type == "number" and here.type == "integer"):
        yield "type", f"{there.type} there, {here.type} here"
    closed = here.enum is not None and there.enum is not None and set(here.enum) <= set(there.enum)
    for field in ("format", "pattern"):
        if getattr(there, field) not in {None, getattr(here, field)} and not closed:
            yield field, f"{getattr(there, field)} there, {getattr(here, field) or 'none'} here"
    yield from _wider_items(there, here)
    for field, grows in (("min_length", False), ("max_length", True), ("minimum", False), ("maximum", True)):
        old, new = getattr(there, field), getattr(here, field)
        if old is not None and (new is None or (new > old if grows else new < old)):
            yield field, f"{old} there, {'none' if new is None else new} here"


def _wider_items(there: Property, here: Property) -> Iterator[tuple[str, str]]:
    if there.type != "list" or here.type != "list":
        return
    if there.separator != here.separator:
        yield "separator", f"`{there.separator}` there, `{here.separator}` here"
    if there.items is not None:
        inner = ["none"] if here.items is None else [change for _, change in _wider_values(there.items, here.items)]
        if inner:
            yield "items", inner[0]


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
