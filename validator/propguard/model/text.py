"""Untrusted text made fit to be shown: nothing in it can move a cursor, hide, or turn the line around."""

from __future__ import annotations

import re

from propguard.model.secrets import without_secrets

_UNPRINTABLE = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]"
)
_SHORT = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}


def visible(text: str) -> str:
    """`text` with control, bidirectional and invisible characters written as escapes; the rest unchanged."""
    return _UNPRINTABLE.sub(_escape, text)


def _escape(match: re.Match[str]) -> str:
    character = match[0]
    code = ord(character)
    return _SHORT.get(character) or (f"\\x{code:02x}" if code < 0x100 else f"\\u{{{code:x}}}")


def excerpt(text: str, length: int = 60) -> str:
    """`text`, cut in the middle of long ones so that a message stays a sentence; `length` in code points."""
    if len(text) <= length:
        return text
    text = without_secrets(text)  # what is cut in the middle would not be known as a secret any more
    if len(text) <= length:
        return text
    return f"{text[: length - 13]}… ({len(text)} characters)"


def in_ticks(text: str) -> list[tuple[str, bool]]:
    """The parts of a message, each with whether it stood between ticks; all of it did where the ticks are not paired."""
    parts = text.split("`")
    if len(parts) % 2 == 0:
        return [(text, True)]
    return [(part, number % 2 == 1) for number, part in enumerate(parts) if part]


def one_of(choices: tuple[str, ...] | list[str], most: int = 8) -> str:
    """`a, b, c`, and how many more there are where the list is long."""
    shown = ", ".join(excerpt(choice, 40) for choice in choices[:most])
    return shown if len(choices) <= most else f"{shown}, … ({len(choices)} in all)"
