"""value-not-string: a number, boolean, null, list or map where the platform takes text."""

from __future__ import annotations

from typing import NamedTuple

from propguard.rules.rule import Example, Found, ValueRule, ValueSubject


class OfType(NamedTuple):
    """A value of which only its type is known, as of most expressions in code, and how it would be written as text."""

    json_type: str
    text: str | None = None


_IN_WORDS = {
    "boolean": "a boolean",
    "date": "a date",
    "integer": "a number",
    "list": "a list",
    "map": "a map",
    "null": "null",
    "number": "a number",
}


def find(subject: ValueSubject) -> Found | None:
    value: object = subject.value
    if isinstance(value, str):
        return None
    kind, text = _described(value)
    mend = f'; write "{text}"' if text is not None else "; write text"
    return Found(
        f"the value of `{subject.key}` is {kind}, and the platform takes only text{mend}",
        suggestion=text,
        context={"type": kind},
    )


def _described(value: object) -> tuple[str, str | None]:
    """What `value` is in words, and the text that says the same, where one does."""
    if isinstance(value, OfType):
        return _IN_WORDS[value.json_type], value.text
    if isinstance(value, bool):
        return "a boolean", "true" if value else "false"
    if isinstance(value, int):
        return "a number", str(value) if abs(value) < 10**20 else None
    if isinstance(value, float):
        return "a number", None
    if value is None:
        return "null", None
    return "a map" if isinstance(value, dict) else "a list" if isinstance(
        value, list | tuple
    ) else f"of type {type(value).__name__}", None


RULE = ValueRule(
    id="value-not-string",
    summary="The value is not a string.",
    why="The API answers 422 to numbers, booleans and null; Python's HTTP clients fail on them in headers or leave the "
    "header out without a word; JavaScript sends `undefined`.",
    doors="CW",
    fix="safe",
    example=Example(
        schema="properties: {billable: {type: boolean}}",
        bad='headers = {"Helicone-Property-Billable": True}',
        good='headers = {"Helicone-Property-Billable": "true"}',
    ),
    find=find,
)
