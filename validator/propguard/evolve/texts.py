"""The scalars of other formats as the texts that properties have."""

from __future__ import annotations

import json


def text_of(value: object) -> str | None:
    """A scalar as text, as JSON writes it; null for what is none, or is text that no file can hold."""
    if isinstance(value, str):
        return None if any("\ud800" <= character <= "\udfff" for character in value) else value
    return json.dumps(value) if isinstance(value, bool | int | float) else None
