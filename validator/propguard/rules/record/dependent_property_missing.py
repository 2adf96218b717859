"""dependent-property-missing: a property without those that it requires."""

from __future__ import annotations

from typing import TYPE_CHECKING

from propguard.rules.rule import Example, Found, RecordRule, RecordSubject, StoredKeys
from propguard.rules.sql import by_property, either, has_one_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from propguard.model.schema import Property


def find(subject: RecordSubject) -> Iterator[tuple[str | None, Found]]:
    for stored in subject.stored:
        declared = subject.names.declared(stored)
        requires = declared.requires if declared is not None else ()
        missing = [name for name in requires if subject.names.spellings(name).isdisjoint(subject.stored)]
        if missing:
            names = ", ".join(f"`{name}`" for name in missing)
            yield stored, Found(f"`{stored}` is there without {names}, which it requires", context={"missing": missing})


def sql(stored: StoredKeys) -> str | None:
    if not any(declared.requires for declared in stored.schema.properties.values()):
        return None
    return f"arrayFilter(k -> {by_property(stored.names, lambda declared: _lacks(stored, declared))}, ks)"


def _lacks(stored: StoredKeys, declared: Property) -> str:
    return either(f"NOT {has_one_of(stored.names.spellings(name))}" for name in declared.requires)


RULE = RecordRule(
    id="dependent-property-missing",
    summary="A property is present without those listed under its `requires`.",
    why="A billing status without its customer cannot be billed to anyone.",
    doors="WD",
    example=Example(
        schema="properties:\n  customer_id: {pattern: '^cust_[a-z0-9]+$'}\n"
        "  billing_status: {enum: [active, past_due], requires: [customer_id]}",
        bad='{"billing_status": "active"}',
        good='{"billing_status": "active", "customer_id": "cust_456"}',
        language="json",
    ),
    find=find,
    sql=sql,
)
