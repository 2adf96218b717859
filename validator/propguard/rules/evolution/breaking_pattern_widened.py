"""breaking-pattern-widened: a pattern or a format takes more than before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from propguard.model.finding import Severity
from propguard.rules.rule import Found
from propguard.rules.schema_change import READS, Broken, EvolutionRule, change_example, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from propguard.rules.schema_change import SchemaChange


def find(change: SchemaChange) -> Iterator[Broken]:
    for pair in change.changed:
        if pair.old is None or pair.old.enum is not None or pair.new.enum is not None:
            continue
        for field in ("pattern", "format"):
            before, after = getattr(pair.old, field), getattr(pair.new, field)
            doubted = any(refusal.rule is None and refusal.field == field for refusal in pair.refusals)
            if before is None or before == after or doubted:
                continue
            added = next(
                (refusal.values[0] for refusal in pair.welcome if refusal.fields == (field,) and refusal.values), None
            )
            if added is not None:
                yield Broken(
                    (*pair.path, field),
                    Found(
                        f"`{field}` of `{pair.name}` takes more than before: {shown(added)} was refused and is accepted",
                        context={"property": pair.name, "field": field, "witness": added},
                    ),
                    pair.name,
                )


RULE = EvolutionRule(
    id="breaking-pattern-widened",
    summary="A pattern or a format accepts values that were refused.",
    why="Whoever reads the property, and takes it apart by the old pattern, meets values of another shape.",
    severity=Severity.INFO,
    breaks=READS,
    find=find,
    example=change_example(
        "properties: {customer_id: {pattern: '^cust_[0-9]+$'}}\n",
        bad="properties: {customer_id: {pattern: '^cust_[a-z0-9]+$'}}\n",
        good="properties: {customer_id: {pattern: '^cust_[0-9][0-9]*$'}}\n",
    ),
)
