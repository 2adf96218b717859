"""breaking-schema-limit: a limit of the schema as a whole is tighter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from propguard.model.finding import Severity
from propguard.rules.rule import Found
from propguard.rules.schema_change import WRITES, Broken, EvolutionRule, change_example

if TYPE_CHECKING:
    from collections.abc import Iterator

    from propguard.rules.schema_change import SchemaChange


def find(change: SchemaChange) -> Iterator[Broken]:
    before, after = change.old.limits, change.new.limits
    long_keys = [name for name in change.old.properties if len(name.rstrip("*")) >= after.key_length]
    open_ended = change.old.unknown_properties != "error" or any(name.endswith("*") for name in change.old.properties)
    if after.key_length < before.key_length and (open_ended or long_keys):
        yield _tightened("key_length", before.key_length, after.key_length, "longer keys are refused")
    if after.value_length < before.value_length and change.longer_value is not None:
        key, length = change.longer_value
        consequence = f"`{key}` took values of {length} characters, and they are refused"
        yield _tightened("value_length", before.value_length, after.value_length, consequence, key, length)
    old, new = before.properties_per_request, after.properties_per_request
    if new is not None and (old is None or new < old):
        found = _tightened("properties_per_request", old, new, "requests with more properties are warned of")
        yield found._replace(found=found.found._replace(severity=Severity.WARNING))


def _tightened(
    field: str, before: int | None, after: int, consequence: str, key: str | None = None, length: int | None = None
) -> Broken:
    was = "without limit" if before is None else str(before)
    return Broken(
        ("limits", field),
        Found(
            f"`{field}` is {was} before and {after} now: {consequence}",
            context={"limit": field, "before": before, "after": after, "key": key, "length": length},
        ),
    )


RULE = EvolutionRule(
    id="breaking-schema-limit",
    summary="A limit among `limits` is lower.",
    why="Keys and values that were short enough are too long now, in code and in what is stored.",
    breaks=WRITES,
    find=find,
    example=change_example(
        "limits: {value_length: 500}\nproperties: {note: {}}\n",
        bad="limits: {value_length: 100}\nproperties: {note: {}}\n",
        good="limits: {value_length: 800}\nproperties: {note: {}}\n",
    ),
)
