"""value-unsafe-in-header: text that no header can carry."""

from __future__ import annotations

from propguard.rules.rule import Example, Found, ValueRule, ValueSubject


def find(subject: ValueSubject) -> Found | None:
    value = subject.value
    if subject.door != "header" or is_header_safe(value):
        return None
    if value.strip(" \t") != value:
        problem = "a blank at an end"
    else:
        character = next(character for character in value if not is_header_safe(character))
        problem = f"the character U+{ord(character):04X}"
    return Found(
        f"the value of `{subject.key}` has {problem}, which a header cannot carry; write it through the API or encode it",
        context={"property": subject.declared.name, "problem": problem},
    )


def is_header_safe(value: str) -> bool:
    """Whether every HTTP client carries `value` in a header unchanged: printable latin-1, no blanks at the ends."""
    return value.strip(" \t") == value and not any(
        character < " " or "\x7f" <= character <= "\x9f" or character > "\xff" for character in value
    )


RULE = ValueRule(
    id="value-unsafe-in-header",
    summary="The value holds control characters, something beyond latin-1, or blanks at an end, and goes into a header.",
    why="openai (Python) raises on non-ASCII, JavaScript's `Headers` throws above U+00FF, and a line break fails with a misleading connection error.",
    doors="CW",
    example=Example(
        schema="properties: {project: {max_length: 40}}",
        bad='headers = {"Helicone-Property-Project": "日本語"}',
        good='headers = {"Helicone-Property-Project": "japanese"}',
    ),
    find=find,
)
