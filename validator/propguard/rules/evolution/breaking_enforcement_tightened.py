"""breaking-enforcement-tightened: what was warned of is refused, or sooner."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from propguard.rules.rule import Found
from propguard.rules.schema_change import WRITES, Broken, EvolutionRule, change_example

if TYPE_CHECKING:
    from collections.abc import Iterator

    from propguard.model.schema import Enforcement
    from propguard.rules.schema_change import SchemaChange


_NEVER = date.max


def find(change: SchemaChange) -> Iterator[Broken]:
    for pair in change.changed:
        if pair.old is None:
            continue
        before, after = _from(pair.old.enforcement), _from(pair.new.enforcement)
        if max(before, change.today) > max(after, change.today):
            yield Broken(
                (*pair.path, "enforcement"),
                Found(
                    f"what is wrong with `{pair.name}` is refused {_when(after, change.today)}, and was {_was(before)}",
                    context={
                        "property": pair.name,
                        "before": None if before == _NEVER else before.isoformat(),
                        "after": after.isoformat(),
                    },
                ),
                pair.name,
            )


def _from(enforcement: Enforcement) -> date:
    """The day from which errors block."""
    return date.min if enforcement.mode == "block" else enforcement.block_from or _NEVER


def _when(after: date, today: date) -> str:
    return "now" if after <= today else f"from {after}"


def _was(before: date) -> str:
    return "only warned of" if before == _NEVER else f"only warned of until {before}"


RULE = EvolutionRule(
    id="breaking-enforcement-tightened",
    summary="Errors of a property block that were warnings, or block sooner.",
    why="Code that was warned, and had time, is refused from now on.",
    breaks=WRITES,
    find=find,
    example=change_example(
        "properties: {tier: {enum: [free], enforcement: {mode: warn, block_from: 2999-01-01}}}\n",
        bad="properties: {tier: {enum: [free], enforcement: {mode: warn, block_from: 2998-01-01}}}\n",
        good="properties: {tier: {enum: [free], enforcement: {mode: warn}}}\n",
    ),
)
