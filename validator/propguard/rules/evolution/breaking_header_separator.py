"""breaking-header-separator: headers spell the underscore of keys in another way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from propguard.model.finding import Severity
from propguard.rules.rule import Found
from propguard.rules.schema_change import READS, Broken, EvolutionRule, change_example

if TYPE_CHECKING:
    from collections.abc import Iterator

    from propguard.rules.schema_change import SchemaChange


def find(change: SchemaChange) -> Iterator[Broken]:
    before, after = change.old.header_separator, change.new.header_separator
    witness = next((name for name in change.old.properties if "_" in name and name in change.new.properties), None)
    if before == after or change.old.naming != "snake_case" or witness is None:
        return
    written = f"Helicone-Property-{witness.replace('_', before)}"
    yield Broken(
        ("header_separator",),
        Found(
            f"`header_separator` is `{before}` before and `{after}` now: `{written}` is stored under a name that is not declared any more"
            if before == "-"
            else f"`header_separator` is `{before}` before and `{after}` now: `{written}` is still read, but new headers are stored under another name",
            context={"before": before, "after": after, "written": written},
            severity=None if before == "-" else Severity.INFO,
        ),
        breaks=None if before == "-" else READS,
    )


RULE = EvolutionRule(
    id="breaking-header-separator",
    summary="Headers spell keys with another separator.",
    why="Headers that were right are stored under a key that is declared no more.",
    find=find,
    example=change_example(
        "header_separator: '-'\nproperties: {customer_id: {}}\n",
        bad="header_separator: _\nproperties: {customer_id: {}}\n",
        good="header_separator: '-'\nproperties: {customer_id: {}, user_id: {}}\n",
    ),
)
