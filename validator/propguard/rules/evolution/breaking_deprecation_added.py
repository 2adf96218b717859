"""breaking-deprecation-added: a property or a value is on its way out, or goes sooner."""

from __future__ import annotations

from typing import TYPE_CHECKING

from propguard.model.finding import Severity
from propguard.model.text import one_of
from propguard.rules.rule import Found
from propguard.rules.schema_change import EVERYBODY, READS, Broken, EvolutionRule, change_example

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from propguard.model.schema import Deprecation
    from propguard.rules.schema_change import SchemaChange


def find(change: SchemaChange) -> Iterator[Broken]:
    for pair in change.changed:
        before = pair.old if pair.old is not None and pair.old.name == pair.new.name else None
        if before is None:
            continue
        gone, was = pair.new.deprecated, before.deprecated
        if gone is not None and (was is None or was.sunset != gone.sunset):
            yield _deprecated(pair.name, gone, was, change.today)
        noted = [value for value in pair.new.deprecated_values if value not in before.deprecated_values]
        if noted:
            found = Found(
                f"{one_of(noted)} of `{pair.name}` is deprecated now, so writing it is warned of",
                context={"property": pair.name, "values": noted},
            )
            yield Broken((*pair.path, "deprecated_values"), found, pair.name, tuple(noted))


def _deprecated(name: str, gone: Deprecation, was: Deprecation | None, today: date) -> Broken:
    is_over = gone.sunset is not None and gone.sunset <= today
    was_over = was is not None and was.sunset is not None and was.sunset <= today
    day = "" if gone.sunset is None else f", an error from {gone.sunset}"
    instead = "" if gone.renamed_to is None else f"; `{gone.renamed_to}` takes its place"
    refused = is_over and not was_over
    return Broken(
        ("properties", name, "deprecated"),
        Found(
            f"`{name}` is deprecated, and its sunset {gone.sunset} has come: who writes it is refused{instead}"
            if refused
            else f"`{name}` is deprecated: writing it is a warning{day}{instead}",
            suggestion=gone.renamed_to,
            context={
                "property": name,
                "sunset": None if gone.sunset is None else gone.sunset.isoformat(),
                "renamed_to": gone.renamed_to,
            },
            severity=Severity.ERROR if refused else None,
        ),
        name,
        breaks=EVERYBODY if refused else None,
        old_name=name if refused else None,
    )


RULE = EvolutionRule(
    id="breaking-deprecation-added",
    summary="A property or a value is deprecated, or its sunset is another day.",
    why="Whoever reads it should look for what takes its place before it dries up.",
    severity=Severity.INFO,
    breaks=READS,
    find=find,
    example=change_example(
        "properties: {region: {}}\n",
        bad="properties: {region: {deprecated: {reason: obsolete, sunset: 2999-01-31}}}\n",
        good="properties: {region: {owner: platform}}\n",
    ),
)
