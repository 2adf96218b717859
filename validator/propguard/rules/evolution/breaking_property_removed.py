"""breaking-property-removed: a declared key is accepted no more, and nothing takes its place."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, TypeAlias

from propguard.rules.rule import Found
from propguard.rules.schema_change import Broken, EvolutionRule, change_example

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from propguard.model.schema import Property
    from propguard.rules.schema_change import SchemaChange

_Values: TypeAlias = "tuple[tuple[str, ...] | None, str | None, str]"


def find(change: SchemaChange) -> Iterator[Broken]:
    added: defaultdict[_Values, list[str]] = defaultdict(list)
    for name, new in change.new.properties.items():
        if name not in change.old.properties:
            added[_values(new)].append(name)
    for key in change.refused_by("unknown-property", "reserved-key", "header-key-mismatch"):
        if key.old is None or key.old.is_namespace or key.target is not None:
            continue
        name = key.old.name
        near = _alike(key.old, added)
        advice = f"; if `{near}` is its new name, add `aliases: [{name}]` there" if near else ""
        how = "reserved" if key.rule == "reserved-key" else "removed"
        first = "" if key.old.deprecated else "; deprecate it first, with a `sunset`"
        yield Broken(
            ("properties", near) if near else ("properties",),
            Found(
                f"`{name}` is {how}: who writes it is refused, and stored rows that have it become violations{advice or first}",
                suggestion=near,
                context={"property": name, "how": how, "alike": near},
            ),
            name,
            old_name=name,
        )


def _alike(old: Property, added: Mapping[_Values, list[str]]) -> str | None:
    """The one new property that allows the very same values, if they are said closely enough to tell it by."""
    if old.enum is None and old.pattern is None:
        return None
    alike = added.get(_values(old), ())
    return alike[0] if len(alike) == 1 else None


def _values(declared: Property) -> _Values:
    return declared.enum, declared.pattern, declared.type


RULE = EvolutionRule(
    id="breaking-property-removed",
    summary="A declared property is gone.",
    why="Code that writes it is refused, dashboards by it run dry, and stored rows that have it become violations.",
    find=find,
    example=change_example(
        "properties: {team: {}, region: {}}\n",
        bad="properties: {team: {}}\n",
        good="properties: {team: {}, region: {deprecated: {reason: obsolete, sunset: 2999-01-31}}}\n",
    ),
)
