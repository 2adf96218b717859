"""breaking-cannot-tell: whether a change refuses values could not be found out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from propguard.model.finding import Severity
from propguard.rules.rule import Found
from propguard.rules.schema_change import WRITES, Broken, EvolutionRule, change_example

if TYPE_CHECKING:
    from collections.abc import Iterator

    from propguard.rules.schema_change import SchemaChange


def find(change: SchemaChange) -> Iterator[Broken]:
    for pair in change.changed:
        for refusal in pair.refusals if pair.old is not None or pair.was_accepted else ():
            if refusal.rule is None:
                yield Broken(
                    (*pair.path, *refusal.fields),
                    Found(
                        f"cannot tell whether `{refusal.field}` of `{pair.name}` refuses values that were accepted ({refusal.doubt}); try it with `propguard check` on values of yours",
                        context={"property": pair.name, "field": refusal.field, "reason": refusal.doubt},
                    ),
                    pair.name,
                )


RULE = EvolutionRule(
    id="breaking-cannot-tell",
    summary="It cannot be told whether values that were accepted are refused now.",
    why="Two patterns can be compared, but not in bounded time in every case; what was not compared is said.",
    severity=Severity.WARNING,
    breaks=WRITES,
    find=find,
    example=change_example(
        "properties: {code: {pattern: '(?i)^[a-z]+$'}}\n",
        bad="properties: {code: {pattern: '(?i)^[a-z]{1,9}$'}}\n",
        good="properties: {code: {pattern: '(?i)^[a-z]+$', owner: platform}}\n",
    ),
)
