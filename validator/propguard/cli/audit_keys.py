"""What an audit found in the data, read back from its JSON (`propguard audit --format json`)."""

from __future__ import annotations

import json
import os
from typing import Any

from propguard.errors import UsageError
from propguard.evolve import Seen
from propguard.model.text import visible

_LARGEST = 256 << 20


def read_audit(path: str) -> dict[str, Seen]:
    """What is stored, by stored key. Raises UsageError where the file is not what an audit writes."""
    shown = visible(path)
    try:
        if os.path.getsize(path) > _LARGEST:
            raise UsageError(f"{shown} is larger than {_LARGEST >> 20} MB, and no audit writes that much")
        with open(path, "rb") as file:
            document = json.loads(file.read(_LARGEST))
    except OSError as error:
        raise UsageError(f"cannot read {shown}: {(error.strerror or str(error)).lower()}") from None
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{shown} is not valid JSON: {error}") from None
    keys = document.get("keys") if isinstance(document, dict) else None
    if not isinstance(keys, list):
        raise UsageError(f"{shown} has no `keys`; write it with `propguard audit --format json`")
    try:
        return {entry["key"]: _seen(entry) for entry in keys}
    except (KeyError, TypeError, AttributeError):
        raise UsageError(
            f"`keys` in {shown} are not those of an audit; write it with `propguard audit --format json`"
        ) from None


def _seen(entry: dict[str, Any]) -> Seen:
    values = {str(top["value"]): int(top["count"]) for top in entry.get("top_values") or ()}
    return Seen(int(entry["requests"]), int(entry.get("distinct") or len(values)), values)
