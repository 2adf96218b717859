"""unparsed-row: a row of a file that cannot be read as what it should be: a write for `apply`, or a record of texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from propguard.rules.rule import Example, Found, Rule

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

NOT_VALID_JSON = "the line is not valid JSON"
NO_OBJECT = "the line is no JSON object"
NOT_UTF_8 = "the line is not UTF-8"
NO_JSON = "its properties are no JSON"
NO_MAP = "its properties are no map of texts"
OTHER_LIST = "its properties are a list of something else than key and value"
NESTED = "a property is a list or a map instead of a text"
OTHER_FIELDS = "it has more or fewer fields than the header"
OTHER_QUOTES = "its quotes are not those of CSV"


def unread(reason: str, context: Mapping[str, object]) -> Found:
    """What could not be read, and `reason`: a clause that says why."""
    return Found(reason, context={"reason": reason, **context})


def unread_rows(number: int, total: int, examples: Sequence[tuple[str, str]]) -> Found:
    """How many rows of a source could not be read; `examples` are places with their reasons."""
    shown = "; ".join(f"{place}: {reason}" for place, reason in examples)
    message = f"{number:,} of {total:,} rows cannot be read as requests with properties, and are not judged" + (
        f": {shown}" if shown else ""
    )
    places = [{"place": place, "reason": reason} for place, reason in examples]
    return Found(message, context={"unread": number, "rows": total, "examples": places})


RULE = Rule(
    id="unparsed-row",
    summary="A row of a file cannot be read: as a write with request id, key and value, or as a record of texts.",
    why="A row that was passed over would be a write that somebody believes to be done, or data that somebody believes to be clean.",
    doors="WD",
    example=Example(
        schema="properties: {environment: {enum: [production]}}",
        bad='{"request": "6f1c2a9e-7a51-4c1f-9a57-0c1de0a8f6b2", "key": "environment", "value": "production"}',
        good='{"request_id": "6f1c2a9e-7a51-4c1f-9a57-0c1de0a8f6b2", "key": "environment", "value": "production"}',
        language="jsonl",
    ),
)
