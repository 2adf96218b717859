"""unparsed-row: a row of a file for `apply` that cannot be read, or that names no request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from propguard.rules.rule import Example, Found, Rule

if TYPE_CHECKING:
    from collections.abc import Mapping


def unread(reason: str, context: Mapping[str, object]) -> Found:
    """What could not be read, and `reason`: a clause that says why."""
    return Found(reason, context={"reason": reason, **context})


RULE = Rule(
    id="unparsed-row",
    summary="A row of a file for `apply` is no JSON object with a request id, a key and a value.",
    why="A row that was passed over would be a write that somebody believes to be done.",
    doors="W",
    example=Example(
        schema="properties: {environment: {enum: [production]}}",
        bad='{"request": "6f1c2a9e-7a51-4c1f-9a57-0c1de0a8f6b2", "key": "environment", "value": "production"}',
        good='{"request_id": "6f1c2a9e-7a51-4c1f-9a57-0c1de0a8f6b2", "key": "environment", "value": "production"}',
        language="jsonl",
    ),
)
