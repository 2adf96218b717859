"""value-unsafe-in-header: text that no header can carry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from propguard.rules.formats import HEADER_SAFE
from propguard.rules.rule import Example, Found, ValueRule, ValueSubject

if TYPE_CHECKING:
    from propguard.model.finding import HeaderEncoding


def find(subject: ValueSubject) -> Found | None:
    value, encoding = subject.value, subject.encoding
    if subject.door != "header" or is_header_safe(value, encoding):
        return None
    if value.strip(" \t") != value:
        problem, reason = "a blank at an end", "which a header cannot carry"
    else:
        character = next(character for character in value if not is_header_safe(character, encoding))
        problem = f"the character U+{ord(character):04X}"
        is_carried = encoding == "ascii" and is_header_safe(character, "latin-1")
        reason = "which Python's HTTP clients cannot encode" if is_carried else "which a header cannot carry"
    return Found(
        f"the value of `{subject.key}` has {problem}, {reason}; write it through the API or encode it",
        context={"property": subject.declared.name, "problem": problem, "encoding": encoding},
    )


def is_header_safe(value: str, encoding: HeaderEncoding = "ascii") -> bool:
    """Whether a client that encodes headers so carries `value` unchanged."""
    return HEADER_SAFE[encoding].match(value) is not None


RULE = ValueRule(
    id="value-unsafe-in-header",
    summary="The value goes into a header and holds control characters, blanks at an end, or what the client cannot encode.",
    why="Python's httpx, and so openai and anthropic, encode ASCII alone and raise on anything else; JavaScript's `Headers` throws "
    "above U+00FF, and a line break fails with a misleading connection error.",
    doors="CW",
    example=Example(
        schema="properties: {project: {max_length: 40}}",
        bad='headers = {"Helicone-Property-Project": "日本語"}',
        good='headers = {"Helicone-Property-Project": "japanese"}',
    ),
    find=find,
)
