"""One declared property compiled into a test of its values: yes, or not so sure.

A test that says yes agrees with every rule file that there is nothing to report, warnings included. It imports none of
them: what it turns down goes through the rule files, which know how to say why.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from propguard.rules.formats import FORMATS, HEADER_SAFE, NUMERIC_TYPES, TYPES, matcher
from propguard.rules.pattern_language import is_anchored, is_open

if TYPE_CHECKING:
    from collections.abc import Callable

    from propguard.model.finding import Door, HeaderEncoding
    from propguard.model.schema import Property

_PRINTABLE_ASCII = sum(1 << code for code in range(0x21, 0x7F))
_NUL = 1

# Open values that hold neither a secret nor a placeholder, nor blanks at an end: one word too short for any secret, or a
# few words without the dashes that keys are made of. Everything else is looked at closely.
_PLAIN_WORD = r"(?!(?:undefined|null|None|NaN|TODO|changeme)(?:\x00|\Z))[A-Za-z0-9_.:/][A-Za-z0-9_.:/-]{0,11}"
_FURTHER_WORDS = "(?: [A-Za-z][A-Za-z0-9_.:/]{0,11}){0,3}"
_PLAIN_TEXT = r"[A-Za-z0-9_.:/-]{0,12}\Z"
_LONGEST_WORD = 12
_LONGEST_WORDS = 4 * _LONGEST_WORD + 3


class Fragment(NamedTuple):
    """What the values match as a whole, as a part that can be joined with others by NUL, which it never takes.

    `limit` is the `max_length` that `body` does not hold by itself, null where it does.
    """

    body: str
    limit: int | None


class ValueTest(NamedTuple):
    """`accepts` is truthy for a value with nothing to report; a TypeError means that it is no text.

    `closed` holds all such values, where they are few; `fragment` says what they look like, where one pattern can.
    """

    accepts: Callable[[str], object]
    closed: frozenset[str] | None = None
    fragment: Fragment | None = None


def value_test(declared: Property, door: Door, encoding: HeaderEncoding = "ascii") -> ValueTest:
    """The test of the values of `declared` at `door`, headers as a client with this `encoding` can write them."""
    safe = HEADER_SAFE[encoding].match if door == "header" else None
    if declared.enum is not None:
        refused = {*declared.value_aliases, *declared.deprecated_values}
        closed = frozenset(value for value in declared.enum if value not in refused and (safe is None or safe(value)))
        return ValueTest(closed.__contains__, closed=closed)
    fragment = _fragment(declared, door)
    if fragment is None:
        return ValueTest(_predicate(declared, safe))
    match = re.compile(fragment.body + r"\Z").match
    if is_open(declared):
        return ValueTest(_either(match, _predicate(declared, safe)), fragment=fragment)
    return ValueTest(match if fragment.limit is None else _limited(match, fragment.limit), fragment=fragment)


def undeclared_test(*, is_ignored: bool) -> ValueTest:
    """The test of the values of a key that is allowed without being declared: any text, if it holds no secret.

    Of a key that is the platform's own in stored data it is any text.
    """
    if is_ignored:
        return ValueTest(_any_text)

    from propguard.model.secrets import secret_in

    return ValueTest(_either(re.compile(_PLAIN_TEXT).match, lambda value: secret_in(value) is None))


def _any_text(value: str) -> bool:
    return isinstance(value, str)


def _either(quick: Callable[[str], object], thorough: Callable[[str], object]) -> Callable[[str], object]:
    return lambda value: quick(value) or thorough(value)


def _limited(match: Callable[[str], object], limit: int) -> Callable[[str], object]:
    return lambda value: len(value) <= limit and match(value)


def _fragment(declared: Property, door: Door) -> Fragment | None:
    if (
        declared.value_aliases
        or declared.deprecated_values
        or declared.minimum is not None
        or declared.maximum is not None
    ):
        return None
    said = [declared.pattern is not None, declared.format is not None, declared.type != "string"]
    if sum(said) > 1 or declared.type == "list":
        return None
    if declared.pattern is not None:
        return _pattern_fragment(declared, door)
    known = TYPES.get(declared.type) or FORMATS.get(declared.format or "")
    if known is not None:  # all of these are printable ASCII
        return (
            Fragment(known.removeprefix("^").removesuffix("$"), declared.max_length)
            if declared.min_length <= 1
            else None
        )
    return _open_fragment(declared)


def _pattern_fragment(declared: Property, door: Door) -> Fragment | None:
    from propguard.rules.linear_pattern import linear

    assert declared.pattern is not None
    pattern = linear(declared.pattern)
    if (
        pattern is None
        or not is_anchored(declared.pattern)
        or pattern.characters & _NUL
        or pattern.shortest < declared.min_length
    ):
        return None
    if door == "header" and pattern.characters & ~_PRINTABLE_ASCII:
        return None
    bounded = pattern.longest is not None and pattern.longest <= declared.max_length
    return Fragment(pattern.body, None if bounded else declared.max_length)


def _open_fragment(declared: Property) -> Fragment | None:
    """What is surely harmless in an open value; null where the lengths leave no room for a word."""
    if declared.min_length > 1 or declared.max_length < _LONGEST_WORD:
        return None
    return Fragment(_PLAIN_WORD + (_FURTHER_WORDS if declared.max_length >= _LONGEST_WORDS else ""), None)


def _predicate(declared: Property, safe: Callable[[str], object] | None) -> Callable[[str], object]:
    """The test of a property that no single pattern describes: every constraint in turn, the length first."""
    tests = _constraints(declared, safe)
    refused = frozenset({*declared.value_aliases, *declared.deprecated_values})
    least, most = declared.min_length, declared.max_length

    def accepts(value: str) -> bool:
        return least <= len(value) <= most and value not in refused and all(test(value) for test in tests)

    return accepts


def _constraints(declared: Property, safe: Callable[[str], object] | None) -> list[Callable[[str], object]]:
    tests: list[Callable[[str], object]] = [_any_text]
    if declared.type in TYPES:
        tests.append(matcher(TYPES[declared.type]).match)
    if declared.type in NUMERIC_TYPES and (declared.minimum is not None or declared.maximum is not None):
        tests.append(_between(declared.minimum, declared.maximum))
    if declared.format is not None:
        tests.append(matcher(FORMATS[declared.format]).match)
    if declared.pattern is not None:
        from propguard.rules.linear_pattern import pattern_test

        tests.append(pattern_test(declared.pattern))
    if declared.type == "list":
        tests.append(_list_of(declared))
    elif is_open(declared):
        tests.append(_harmless_test(declared))
    if safe is not None:
        tests.append(safe)
    return tests


def _between(minimum: float | None, maximum: float | None) -> Callable[[str], bool]:
    return lambda value: (minimum is None or float(value) >= minimum) and (maximum is None or float(value) <= maximum)


def _list_of(declared: Property) -> Callable[[str], bool]:
    from propguard.rules.judgement import item_property

    item = value_test(item_property(declared), "api").accepts
    separator = declared.separator
    return lambda value: not value or all(item(part) for part in value.split(separator))


def _harmless_test(declared: Property) -> Callable[[str], bool]:
    from propguard.model.secrets import secret_in
    from propguard.rules.value.value_placeholder import PLACEHOLDERS
    from propguard.rules.value.value_whitespace import WHITESPACE

    forbidden = declared.sensitive == "forbid"

    def harmless(value: str) -> bool:
        return value.strip(WHITESPACE) == value and value not in PLACEHOLDERS and not (forbidden and secret_in(value))

    return harmless
