"""A pattern of the RE2 language read into its parts, where the standard library reads it the same way.

From the parts follow two things. The pattern can be written again, in the words that Python, RE2 and ECMA-262 share.
And it can be seen whether a backtracking matcher is linear on it: that is so where the pattern is anchored and its
Glushkov automaton is deterministic, so that at most one way of going on ever fits the next character
(Brüggemann-Klein and Wood, One-unambiguous regular languages, 1998).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from re import _constants as op  # type: ignore[attr-defined]  # the parser behind `re`, and the only one for its syntax
from re import _parser as parser  # type: ignore[attr-defined]
from typing import TYPE_CHECKING, Any

from propguard.rules.pattern_language import search

if TYPE_CHECKING:
    from collections.abc import Callable

_BEYOND_ASCII = 1 << 128
_EVERYTHING = (1 << 129) - 1
_MOST_POSITIONS = 400

# Spelled differently by RE2 and Python, or read with a warning: classes in classes, `{,n}`, set operations.
_READ_DIFFERENTLY = ("[[", "[:", "{,", "--", "&&", "~~", "||")

_CATEGORIES = {
    op.CATEGORY_DIGIT: r"0-9",
    op.CATEGORY_WORD: r"0-9A-Z_a-z",
    op.CATEGORY_SPACE: r"\t\n\f\r ",
}
_OPPOSITES = {
    op.CATEGORY_NOT_DIGIT: op.CATEGORY_DIGIT,
    op.CATEGORY_NOT_WORD: op.CATEGORY_WORD,
    op.CATEGORY_NOT_SPACE: op.CATEGORY_SPACE,
}


class _Unshared(Exception):
    """The pattern says something that not every engine reads alike."""


@dataclass(frozen=True, slots=True)
class LinearPattern:
    """The inside of an anchored pattern, `^` and `$` left out.

    `body` is a group in the words that all engines share; `shortest` and `longest` are the lengths of what it
    matches, in code points, `longest` null where unbounded. `characters` has bit n set where code point n can
    occur in a match, and bit 128 where something beyond ASCII can.
    """

    body: str
    shortest: int
    longest: int | None
    characters: int


@lru_cache(maxsize=1024)
def linear(pattern: str) -> LinearPattern | None:
    """`pattern` as one that a backtracking matcher surely takes linear time on, or null."""
    try:
        parts = list(_parse(pattern))
        if len(parts) < 2 or parts[0] not in _BEGIN or parts[-1] not in _END:
            return None
        inside = parts[1:-1]
        automaton = _Glushkov()
        nullable, _, _ = automaton.sequence(inside)
        if not automaton.is_deterministic():
            return None
        body = "".join(_written(part) for part in inside)
    except _Unshared:
        return None
    lengths = _length(inside)
    return LinearPattern(f"(?:{body})", 0 if nullable else lengths[0], lengths[1], automaton.characters)


@lru_cache(maxsize=1024)
def pattern_test(pattern: str) -> Callable[[str], object]:
    """The fastest test of whether `pattern` matches somewhere in a value; truthy where it does.

    Raises PatternInvalid where RE2 is asked and refuses the pattern.
    """
    known = linear(pattern)
    return search(pattern) if known is None else re.compile(known.body + r"\Z").match


@lru_cache(maxsize=1024)
def portable(pattern: str) -> str | None:
    """`pattern` in the words that RE2 and ECMA-262 share, meaning the same in both; null where there are none."""
    try:
        return "".join(_written(part) for part in _parse(pattern))
    except _Unshared:
        return None


def shared_parts(pattern: str) -> Any | None:
    """`pattern` as the parser behind `re` has it, where RE2 reads it the same way; else null."""
    try:
        parts = _parse(pattern)
        for part in parts:
            _written(part)
    except _Unshared:
        return None
    return parts


_BEGIN = ((op.AT, op.AT_BEGINNING), (op.AT, op.AT_BEGINNING_STRING))
_END = ((op.AT, op.AT_END),)


def _parse(pattern: str) -> Any:
    if any(text in pattern for text in _READ_DIFFERENTLY):
        raise _Unshared
    try:
        parsed = parser.parse(pattern, re.ASCII)
    except (re.error, RecursionError, OverflowError):
        raise _Unshared from None
    if parsed.state.flags & ~re.ASCII.value:
        raise _Unshared
    return parsed


def _written(part: tuple[Any, Any]) -> str:
    """One part in the shared words. `.` excludes only the line feed, classes are ASCII."""
    kind, value = part
    if kind is op.LITERAL:
        return _character(value, _SYNTAX)
    if kind in (op.NOT_LITERAL, op.ANY, op.IN):
        return _class(part)[0]
    if kind in (op.MAX_REPEAT, op.MIN_REPEAT):
        least, most, repeated = value
        inner = "".join(_written(item) for item in repeated)
        if not inner:
            return ""
        single = len(repeated) == 1 and repeated[0][0] in (op.LITERAL, op.NOT_LITERAL, op.ANY, op.IN)
        return (inner if single else f"(?:{inner})") + _quantifier(least, most)
    if kind is op.SUBPATTERN:
        _, add, remove, inside = value
        if add or remove:
            raise _Unshared
        inner = "".join(_written(item) for item in inside)
        return f"(?:{inner})" if inner else ""
    if kind is op.BRANCH:
        return "(?:" + "|".join("".join(_written(item) for item in branch) for branch in value[1]) + ")"
    if kind is op.AT and value in (op.AT_BEGINNING, op.AT_BEGINNING_STRING):
        return "^"
    if kind is op.AT and value is op.AT_END:
        return "$"
    raise _Unshared


def _quantifier(least: int, most: Any) -> str:
    if most is op.MAXREPEAT:
        return {0: "*", 1: "+"}.get(least, f"{{{least},}}")
    return "?" if (least, most) == (0, 1) else f"{{{least}}}" if least == most else f"{{{least},{most}}}"


# What ECMA-262 with its `u` flag lets be escaped, outside classes and within; it takes no escape that is not needed.
_SYNTAX = "\\^$.|?*+()[]{}/"
_CLASS_SYNTAX = _SYNTAX + "-"


def escaped(text: str, *, in_class: bool = False) -> str:
    """`text` as it stands for itself in a pattern of any engine, or with `in_class`, as members of a class."""
    return "".join(_escaped(ord(character), _CLASS_SYNTAX if in_class else _SYNTAX) for character in text)


def _escaped(code: int, syntax: str) -> str:
    character = chr(code)
    if code < 0x20 or code == 0x7F:
        return f"\\x{code:02x}"
    return f"\\{character}" if character in syntax else character


def _character(code: int, syntax: str = _CLASS_SYNTAX) -> str:
    if 0xD800 <= code <= 0xDFFF or code == 0xFFFD:
        raise _Unshared  # half a pair is no text to RE2, which is given U+FFFD instead
    if code > 0xFFFF:
        raise _Unshared  # ECMA-262 without its `u` flag sees two units
    return _escaped(code, syntax)


def _class(part: tuple[Any, Any]) -> tuple[str, int]:
    """One part that takes a single character: as a class, and as the set of what it takes."""
    kind, value = part
    if kind is op.LITERAL:
        return _character(value, _SYNTAX), _bits(value, value)
    if kind is op.NOT_LITERAL:
        return f"[^{_character(value)}]", _complement(_bits(value, value), exact=value < 128)
    if kind is op.ANY:
        return r"[^\n]", _EVERYTHING & ~(1 << 10)
    if kind is not op.IN:
        raise _Unshared
    members = list(value)
    negated = members[0][0] is op.NEGATE
    if negated:
        members = members[1:]
    if len(members) == 1 and members[0][0] is op.CATEGORY and members[0][1] in _OPPOSITES:
        negated, members = not negated, [(op.CATEGORY, _OPPOSITES[members[0][1]])]
    text, bits, exact = _members(members)
    return (f"[^{text}]", _complement(bits, exact=exact)) if negated else (f"[{text}]", bits)


def _members(members: list[tuple[Any, Any]]) -> tuple[str, int, bool]:
    """Members of a class in the shared words, the set of them, and whether that is all there is to it beyond ASCII."""
    text, bits, exact = "", 0, True
    for member_kind, member in members:
        if member_kind is op.LITERAL:
            text, bits, exact = text + _character(member), bits | _bits(member, member), exact and member < 128
        elif member_kind is op.RANGE:
            low, high = member
            text, bits, exact = text + _range(low, high), bits | _bits(low, high), exact and high < 128
        elif member_kind is op.CATEGORY and member in _CATEGORIES:
            text, bits = text + _CATEGORIES[member], bits | _category_bits(member)
        else:
            raise _Unshared
    return text, bits, exact


def _range(low: int, high: int) -> str:
    if (low < 0xD800 < high) != (low <= 0xFFFD <= high):
        raise _Unshared  # half a pair and what stands for it would be told apart
    return f"{_character(low)}-{_character(high)}"


def _bits(low: int, high: int) -> int:
    bits = _BEYOND_ASCII if high > 127 else 0
    for code in range(low, min(high, 127) + 1):
        bits |= 1 << code
    return bits


def _category_bits(category: Any) -> int:
    pattern = re.compile(f"[{_CATEGORIES[category]}]", re.ASCII)
    return sum(1 << code for code in range(128) if pattern.match(chr(code)))


def _complement(bits: int, *, exact: bool) -> int:
    """Everything but `bits`; where some but not all beyond ASCII was meant, some remains."""
    rest = _EVERYTHING & ~bits
    return rest if exact else rest | _BEYOND_ASCII


def _length(parts: Any) -> tuple[int, int | None]:
    """The shortest and the longest match of a sequence of parts, in code points; null where unbounded."""
    lengths = [_length_of(part) for part in parts]
    longest = [high for _, high in lengths if high is not None]
    return sum(low for low, _ in lengths), sum(longest) if len(longest) == len(lengths) else None


def _length_of(part: tuple[Any, Any]) -> tuple[int, int | None]:
    kind, value = part
    if kind is op.SUBPATTERN:
        return _length(value[3])
    if kind is op.BRANCH:
        ways = [_length(branch) for branch in value[1]]
        longest = [high for _, high in ways if high is not None]
        return min(low for low, _ in ways), max(longest) if len(longest) == len(ways) else None
    if kind in (op.MAX_REPEAT, op.MIN_REPEAT):
        least, most, repeated = value
        low, high = _length(repeated)
        return low * least, None if high is None or most is op.MAXREPEAT else high * int(most)
    return 1, 1


class _Glushkov:
    """The position automaton of a pattern, built part by part.

    A position is one occurrence of a character class; `follow` lists, for each, the positions that may come next, twice
    where two ways lead there.
    """

    def __init__(self) -> None:
        self.takes: list[int] = []
        self.follow: list[list[int]] = []
        self.starts: list[int] = []
        self.sound = True

    @property
    def characters(self) -> int:
        union = 0
        for bits in self.takes:
            union |= bits
        return union

    def is_deterministic(self) -> bool:
        return self.sound and all(self._distinct(nexts) for nexts in (self.starts, *self.follow))

    def _distinct(self, positions: list[int]) -> bool:
        seen = 0
        for position in positions:
            if seen & self.takes[position]:
                return False
            seen |= self.takes[position]
        return True

    def sequence(self, parts: Any) -> tuple[bool, list[int], list[int]]:
        """Whether the parts can match nothing, and the positions that they can begin and end with."""
        result = self._joined([self._part(part) for part in parts])
        self.starts = result[1]
        return result

    def _joined(self, pieces: list[tuple[bool, list[int], list[int]]]) -> tuple[bool, list[int], list[int]]:
        nullable, first, last = True, [], []  # type: tuple[bool, list[int], list[int]]
        for piece_nullable, piece_first, piece_last in pieces:
            for position in last:
                self.follow[position].extend(piece_first)
            first = [*first, *piece_first] if nullable else first
            last = [*last, *piece_last] if piece_nullable else piece_last
            nullable = nullable and piece_nullable
        return nullable, first, last

    def _part(self, part: tuple[Any, Any]) -> tuple[bool, list[int], list[int]]:
        kind, value = part
        if kind in (op.LITERAL, op.NOT_LITERAL, op.ANY, op.IN):
            if len(self.takes) >= _MOST_POSITIONS:
                raise _Unshared
            self.takes.append(_class(part)[1])
            self.follow.append([])
            position = len(self.takes) - 1
            return False, [position], [position]
        if kind is op.SUBPATTERN:
            return self._joined([self._part(item) for item in value[3]])
        if kind is op.BRANCH:
            ways = [self._joined([self._part(item) for item in branch]) for branch in value[1]]
            self.sound = self.sound and sum(way[0] for way in ways) <= 1  # nothing, too, is to be matched in one way
            return any(way[0] for way in ways), [p for way in ways for p in way[1]], [p for way in ways for p in way[2]]
        if kind in (op.MAX_REPEAT, op.MIN_REPEAT):
            return self._repeated(*value)
        raise _Unshared

    def _repeated(self, least: int, most: Any, repeated: Any) -> tuple[bool, list[int], list[int]]:
        endless = most is op.MAXREPEAT
        copies = max(least, 1) if endless else int(most)
        beginning: list[int] = []
        ends: list[int] = []
        previous: list[int] = []
        for number in range(1, copies + 1):
            nullable, first, last = self._joined([self._part(item) for item in repeated])
            self.sound = self.sound and not nullable  # a loop over nothing can be gone through in more than one way
            for position in previous:
                self.follow[position].extend(first)
            beginning = beginning or first
            previous = last
            if number >= least:
                ends.extend(last)
        if endless:
            for position in previous:
                self.follow[position].extend(first)
        return least == 0, beginning, ends
