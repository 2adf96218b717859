"""What a repair corrects and what it leaves, as a table for a terminal: rules and keys, never values."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from propguard.model.text import excerpt, visible

if TYPE_CHECKING:
    from collections import Counter

    from propguard.audit import RepairResult
    from propguard.audit.repair import Change

_MOST_LINES = 50


def render(result: RepairResult, out: TextIO) -> None:
    """Write `result` to `out`."""
    for title, changes in (("rows", result.changes), ("conflicts", result.conflicts)):
        if changes:
            out.write(f"{title:>9}  rule                          key\n")
            out.writelines(
                f"{number:9,}  {'+'.join(change.rules):<28}  {_keys(change)}\n" for change, number in _shown(changes)
            )
            if len(changes) > _MOST_LINES:
                out.write(f"{'':9}  and {len(changes) - _MOST_LINES:,} more kinds\n")


def _shown(changes: Counter[Change]) -> list[tuple[Change, int]]:
    return sorted(changes.items(), key=lambda entry: (-entry[1], entry[0].rules, entry[0].key or ""))[:_MOST_LINES]


def _keys(change: Change) -> str:
    if change.key is None or change.to is None:
        return "(other keys)"
    stored, to = (excerpt(visible(key)) for key in (change.key, change.to))
    return stored if change.key == change.to else f"{stored} → {to}"
