"""Backslash escapes of string literals, as Python and JavaScript have them in common, and as shells do."""

from __future__ import annotations

import re

_ESCAPE = re.compile(
    r"\\(?:x([0-9A-Fa-f]{2})|u\{([0-9A-Fa-f]{1,6})\}|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|([0-7]{1,3})|(\r?\n)|(.))",
    re.DOTALL,
)
_SINGLE = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f", "v": "\v", "a": "\a"}
_IN_SHELL_QUOTES = re.compile(r"\\(?:\n|([$`\"\\]))")
_IN_SHELL_WORD = re.compile(r"\\(?:\n|(.))", re.DOTALL)


def decoded(text: str) -> str:
    """`text` with its escapes put in; one that means nothing stands for its character, as in JavaScript."""
    return _ESCAPE.sub(_character, text)


def decoded_in_shell(text: str, *, quoted: bool) -> str:
    """`text` as a shell takes it between double quotes, where a backslash escapes five characters, or without quotes."""
    return (_IN_SHELL_QUOTES if quoted else _IN_SHELL_WORD).sub(lambda match: match[1] or "", text)


def _character(match: re.Match[str]) -> str:
    digits = match[1] or match[2] or match[3] or match[4]
    if digits or match[5]:
        code = int(digits, 16) if digits else int(match[5], 8)
        return chr(code) if code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF else "\ufffd"
    if match[6]:
        return ""
    return _SINGLE.get(match[7], match[7])
