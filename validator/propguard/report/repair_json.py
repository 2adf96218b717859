"""What a repair corrects and what it leaves, as JSON, version 1: rules, keys and counts, never values."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, TextIO

from propguard.model.secrets import without_secrets
from propguard.version import VERSION

if TYPE_CHECKING:
    from collections import Counter

    from propguard.audit import RepairResult
    from propguard.audit.repair import Change


def render(result: RepairResult, out: TextIO) -> None:
    """Write `result` to `out`."""
    document = {
        "version": 1,
        "tool": {"name": "propguard", "version": VERSION},
        "summary": {
            "writes": result.writes,
            "requests": result.requests,
            "conflicts": result.fates["conflict"],
            "unmended": result.fates["unmended"],
            "done": result.fates["done"],
            "not_text": result.not_text,
            "strange_ids": result.strange_ids,
            "side_effects": {"rows": result.costly_rows, "requests": result.costly_requests},
            "side_effects_unknown": {"rows": result.unknown_rows, "requests": result.unknown_requests},
        },
        "corrections": _changes(result.changes),
        "conflicts": _changes(result.conflicts),
        "hide": list(map(without_secrets, result.to_hide)),
    }
    json.dump(document, out, indent=2)
    out.write("\n")


def _changes(changes: Counter[Change]) -> list[dict[str, Any]]:
    return [
        {"rule": "+".join(change.rules), "key": change.key, "to": change.to, "count": number}
        for change, number in changes.most_common()
    ]
