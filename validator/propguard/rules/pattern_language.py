"""The language of patterns: RE2, as ClickHouse has it. What RE2 says a pattern means is what it means.

Importing RE2 and calling it from Python both cost, so that a pattern is also offered as an equal one for the
standard library's `re`, but only where matching it there provably takes linear time, and as one for JSON Schema
(ECMA-262), but only where both read it alike.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from propguard.model.schema import Property

LONGEST_PATTERN = 1000
"""Code points. RE2 is linear in the value, but its program grows with the pattern."""


_HALF_PAIR = re.compile("[\ud800-\udfff]")


class PatternInvalid(Exception):
    """RE2 does not take the pattern; the message is RE2's own."""


def is_anchored(pattern: str) -> bool:
    """Whether every alternative of `pattern` says what the whole value is: `^…$`."""
    return all(
        alternative.startswith("^") and alternative.endswith("$") and not alternative.endswith("\\$")
        for alternative in _alternatives(pattern)
    )


def is_open(declared: Property) -> bool:
    """Whether nothing but lengths is declared of the values, so that one may hold anything."""
    return (
        declared.enum is None
        and declared.type == "string"
        and declared.format is None
        and (declared.pattern is None or not is_anchored(declared.pattern))
    )


def substituted(pattern: str, replacement: str, text: str) -> str | None:
    """`text` with every match of `pattern` replaced, `\\1` for what its first group matched; null where RE2 refuses."""
    import re2

    try:
        return str(re2.sub(pattern, replacement, text))
    except (re2.error, IndexError, ValueError):
        return None


def bytes_replacer(pattern: str) -> Callable[[bytes, bytes], bytes]:
    """A function that gives its second argument with its first for every match of `pattern`, in linear time."""
    import re2

    options = re2.Options()
    options.log_errors = False
    options.never_capture = True
    options.max_mem = 1 << 30  # of long patterns; what is taken grows with what is used
    compiled = re2.compile(pattern.encode(), options=options)

    def replaced(replacement: bytes, text: bytes) -> bytes:
        return text if compiled.search(text) is None else bytes(compiled.sub(replacement, text))

    return replaced


def _alternatives(pattern: str) -> list[str]:
    """`pattern` cut at the bars that stand outside groups, classes and escapes."""
    cuts = [-1]
    depth = 0
    position = 0
    while position < len(pattern):
        character = pattern[position]
        if character == "\\":
            position += 1
        elif character == "[":
            position = _end_of_class(pattern, position)
        elif character == "(":
            depth += 1
        elif character == ")":
            depth -= 1
        elif character == "|" and depth == 0:
            cuts.append(position)
        position += 1
    return [pattern[start + 1 : end] for start, end in zip(cuts, [*cuts[1:], len(pattern)], strict=True)]


def _end_of_class(pattern: str, start: int) -> int:
    """Where the class that opens at `start` closes; a bracket right after `[` or `[^` is a member."""
    position = start + 1 + pattern.startswith("^", start + 1)
    position += pattern.startswith("]", position)
    while position < len(pattern) and pattern[position] != "]":
        if pattern.startswith("[:", position):
            position = max(position, pattern.find(":]", position) + 1)
        position += 2 if pattern[position] == "\\" else 1
    return position


@lru_cache(maxsize=4096)
def _compiled(pattern: str) -> Any:
    import re2

    if len(pattern) > LONGEST_PATTERN:
        raise PatternInvalid(f"longer than {LONGEST_PATTERN} characters")
    options = re2.Options()
    options.log_errors = False
    options.max_mem = 8 << 20
    try:
        return re2.compile(pattern, options=options)
    except re2.error as error:
        reason = error.args[0]
        raise PatternInvalid(reason.decode(errors="replace") if isinstance(reason, bytes) else str(reason)) from None


def program_size(pattern: str) -> int:
    """How many instructions RE2 makes of `pattern`: what its compilation takes, and what it holds in memory.

    Raises PatternInvalid where RE2 refuses the pattern or it is longer than LONGEST_PATTERN.
    """
    return int(_compiled(pattern).programsize)


def search(pattern: str) -> Callable[[str], bool]:
    """A test of whether `pattern` matches somewhere in a value, by RE2 itself.

    Raises PatternInvalid where RE2 refuses the pattern or it is longer than LONGEST_PATTERN.
    """
    compiled = _compiled(pattern)

    def matches(value: str) -> bool:
        try:
            return compiled.search(value) is not None
        except UnicodeEncodeError:  # half a surrogate pair, which is no text to RE2
            return compiled.search(_HALF_PAIR.sub("\ufffd", value)) is not None

    return matches
