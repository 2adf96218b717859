"""Patterns as JavaScript reads them, in the words of RE2."""

from __future__ import annotations

from propguard.rules.linear_pattern import portable
from propguard.rules.pattern_language import PatternInvalid, search

# ECMA-262, WhiteSpace and LineTerminator; RE2 knows the ASCII ones only.
_SPACES = r"\t\n\v\f\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
_OUTSIDE = {"\\s": f"[{_SPACES}]", "\\S": f"[^{_SPACES}]", ".": r"[^\n\r\u2028\u2029]"}
_ANYTHING, _NOTHING = r"(?:[^\x00]|\x00)", "(?:$x)"
_WHOLE = {
    **dict.fromkeys(("[^]", r"[\s\S]", r"[\S\s]", r"[\d\D]", r"[\D\d]", r"[\w\W]", r"[\W\w]"), _ANYTHING),
    **dict.fromkeys(("[]", r"[^\s\S]", r"[^\d\D]", r"[^\w\W]"), _NOTHING),
}
_ONLY_ELSEWHERE = (
    "\\A",
    "\\Z",
    "\\z",
    "\\a",
    "\\c",
    "(?P",
    "(?#",
    "(?i",
    "(?m",
    "(?s",
    "(?a",
    "(?u",
    "(?x",
    "\\N",
    "\\U",
)
"""What the parser behind would read, and ECMA-262 reads otherwise or not at all."""


def from_ecma(pattern: str) -> str | None:
    """A pattern of RE2 that finds what `pattern` finds as ECMA-262 reads it with its `u` flag; null where there is none.

    Look-around and references to groups are what RE2 has not; how much else is refused is no more than caution.
    """
    if any(text in pattern for text in _ONLY_ELSEWHERE):
        return None
    rewritten = _rewritten(pattern)
    shared = portable(rewritten) if rewritten is not None else None
    if shared is None:
        return None
    try:
        search(shared)
    except PatternInvalid:
        return None
    return shared


def _rewritten(pattern: str) -> str | None:
    """`pattern` with what ECMA-262 means by its shorthands written out; null for what a class cannot take in."""
    parts: list[str] = []
    position, in_class = 0, False
    while position < len(pattern):
        width = 2 if pattern[position] == "\\" else 1
        part = pattern[position : position + width]
        if in_class:
            if part in {"\\S", "["}:
                return None
            in_class = part != "]"
            parts.append(_SPACES if part == "\\s" else part)
        elif part == "[":
            whole = next((text for text in _WHOLE if pattern.startswith(text, position)), None)
            in_class = whole is None
            parts.append(_WHOLE[whole] if whole is not None else part)
            width = len(whole) if whole is not None else 1
        else:
            parts.append(_OUTSIDE.get(part, part))
        position += width
    return "".join(parts)
