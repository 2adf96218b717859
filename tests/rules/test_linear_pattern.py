"""A pattern means what RE2 says, whoever is asked: the standard library where it is quick, JSON Schema where it can say it."""

from __future__ import annotations

import re
import time
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

import jsonschema_rs
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from propguard.rules.linear_pattern import LinearPattern, escaped, linear, portable
from propguard.rules.pattern_language import PatternInvalid, is_anchored, search
from tests.samples import PATTERN_SAMPLES, TEXTS
from tests.strategies import MANY, pick

if TYPE_CHECKING:
    from collections.abc import Callable

    from hypothesis.strategies import DrawFn


class Sampled(NamedTuple):
    """A pattern, and a text that it is meant to match."""

    pattern: str
    text: str


LITERALS = ["a", "b", "-", "_", "0", ",", " ", "/", "\u00e9", "\u65e5", "\n", "\x00", "\ufffd", "]", "}"]
ATOMS = [
    *(Sampled(re.escape(text) if text in "-]}" else text, text) for text in LITERALS),
    *(Sampled(f"\\{text}", text) for text in ".-/^$|?*+()[]{}_@%"),
    Sampled(".", "x"),
    Sampled(".", "\u2028"),
    Sampled("[ab]", "b"),
    Sampled("[^ab]", "c"),
    Sampled("[^ab]", "\n"),
    Sampled("[^ab]", "\U0001f600"),
    Sampled("[a-z0-9_-]", "-"),
    Sampled(r"[\w.]", "."),
    Sampled(r"[^\s,]", "x"),
    Sampled("[]a]", "]"),
    Sampled("[^]a]", "b"),
    Sampled(r"[\]\\^-]", "^"),
    Sampled("[\u0400-\u04ff]", "\u0416"),
    Sampled("[^\u0400-\u04ff]", "a"),
    Sampled("[\ue000-\uffff]", "\ufffd"),
    Sampled(r"\d", "7"),
    Sampled(r"\D", "x"),
    Sampled(r"\w", "_"),
    Sampled(r"\W", "\xe9"),
    Sampled(r"\s", "\f"),
    Sampled(r"\s", "\v"),  # white space to Python, not to RE2
    Sampled(r"\S", "\v"),
    Sampled(r"[\S]", "\v"),
    Sampled(r"\t\n\r\f\v\a", "\t\n\r\f\v\a"),
    Sampled(r"\x41\101\0", "AA\x00"),
    Sampled(r"\x{e9}\x7f", "\xe9\x7f"),
    Sampled("[[:alpha:]]", "a"),
    Sampled(r"\pL", "\xe9"),
    Sampled("(?i)a", "A"),
    Sampled("(?i:a)", "A"),
    Sampled("(?s:.)", "\n"),
    Sampled(r"a\b", "a"),
    Sampled("a{,2}", "a{,2}"),
    Sampled("x{", "x{"),
    Sampled("(?P<n>a)", "a"),
    Sampled("", ""),
    Sampled("^", ""),
    Sampled("$", ""),
    Sampled(r"\A", ""),
    Sampled(r"\z", ""),
    Sampled(r"\Z", ""),
    Sampled("a&&b--c~~d", "a&&b--c~~d"),
    Sampled("[a-c&&b]", "&"),
]  # fmt: skip
REPEATS = [("?", 0), ("?", 1), ("*", 0), ("*", 3), ("+", 2), ("{2}", 2), ("{0,2}", 1), ("{1,3}", 3), ("{2,}", 3), ("*?", 2), ("+?", 1), ("{0}", 0), ("{1}", 1)]  # fmt: skip


def _piece(draw: DrawFn, depth: int) -> Sampled:
    kind = draw(st.integers(0, 5)) if depth else 0
    if kind <= 2:
        return pick(draw, ATOMS)
    inner = _sequence(draw, depth - 1)
    if kind == 3:
        other = _sequence(draw, depth - 1)
        opening = pick(draw, ("(", "(?:"))
        return Sampled(f"{opening}{inner.pattern}|{other.pattern})", pick(draw, (inner.text, other.text)))
    quantifier, times = pick(draw, REPEATS)
    return Sampled(f"({inner.pattern}){quantifier}", inner.text * times)


def _sequence(draw: DrawFn, depth: int) -> Sampled:
    pieces = [_piece(draw, depth) for _ in range(draw(st.integers(1, 3)))]
    return Sampled("".join(piece.pattern for piece in pieces), "".join(piece.text for piece in pieces))


@st.composite
def patterns(draw: DrawFn) -> Sampled:
    """A pattern that RE2 takes, anchored three times in four, and a text that may match it."""
    pattern, text = _sequence(draw, 2)
    pattern = f"^{pattern}$" if draw(st.integers(0, 3)) else pattern
    try:
        search(pattern)
    except PatternInvalid:
        assume(False)  # the way hypothesis says it
    return Sampled(pattern, text)


def values_around(text: str) -> list[str]:
    """`text` and what is nearly it: a line feed at the end, one character more, less or other."""
    middle = len(text) // 2
    return [
        text,
        f"{text}\n",
        f"{text}a",
        f" {text}",
        text[:-1],
        text[1:],
        text * 2,
        text.upper(),
        f"{text[:middle]}\x00{text[middle:]}",
        f"{text[:middle]}\ud800{text[middle + 1 :]}",
        f"{text[:middle]}\xe9{text[middle + 1 :]}",
        "",
        "\n",
    ]


@cache
def matcher(pattern: LinearPattern) -> Callable[[str], object]:
    return re.compile(pattern.body + r"\Z").match


def assert_linear_agrees(pattern: str, values: list[str]) -> None:
    fast = linear(pattern)
    if fast is None:
        return
    for value in values:
        is_match = bool(matcher(fast)(value))
        assert is_match == search(pattern)(value), (pattern, fast.body, value)
        if is_match:
            assert fast.shortest <= len(value)
            assert fast.longest is None or len(value) <= fast.longest
            for character in value:
                assert fast.characters >> min(ord(character), 128) & 1, (pattern, value)


def assert_portable_agrees(pattern: str, values: list[str]) -> None:
    shared = portable(pattern)
    if shared is None:
        return
    validator: Any = jsonschema_rs.Draft202012Validator({"pattern": shared})
    for value in values:
        if not any("\ud800" <= character <= "\udfff" for character in value):  # no JSON text
            assert validator.is_valid(value) == search(pattern)(value), (pattern, shared, value)
    if search(shared) is not None:
        for value in values:
            assert search(shared)(value) == search(pattern)(value), (pattern, shared, value)


class TestGeneratedPatterns:
    """What holds of every pattern that RE2 takes."""

    @MANY
    @given(patterns())
    @example(Sampled("^a$", "a"))
    @example(Sampled(r"^\s$", "\v"))
    @example(Sampled("^[^a]$", "\ud800"))
    def test_the_standard_library_agrees_with_re2(self, sampled: Sampled) -> None:
        assert_linear_agrees(sampled.pattern, values_around(sampled.text))

    @MANY
    @given(patterns())
    def test_json_schema_agrees_with_re2(self, sampled: Sampled) -> None:
        assert_portable_agrees(sampled.pattern, values_around(sampled.text))

    @MANY
    @given(patterns())
    def test_what_is_called_linear_is(self, sampled: Sampled) -> None:
        """Twenty thousand characters that nearly match take a moment."""
        fast = linear(sampled.pattern)
        if fast is not None:
            part = sampled.text or "a"
            started = time.process_time()
            matcher(fast)(part * (20_000 // len(part)) + "!")
            assert time.process_time() - started < 0.5

    @MANY
    @given(st.text(alphabet="ab^$.|?*+()[]{}\\-,:01sdwSDWzZAbxPQE<>=!&~\n\x00é", max_size=12))
    def test_no_pattern_crashes_the_reader(self, pattern: str) -> None:
        """And what is read of one that RE2 takes agrees with it."""
        linear(pattern)
        portable(pattern)
        is_anchored(pattern)
        try:
            search(pattern)
        except PatternInvalid:
            return
        values = ["", "a", "b", "ab", "a\n", "\x00", "é", "01", ":", "-", "aab", "^", "$", "{", "]"]
        assert_linear_agrees(pattern, values)
        assert_portable_agrees(pattern, values)


@pytest.mark.parametrize("atom", ATOMS, ids=lambda atom: atom.pattern)
@pytest.mark.parametrize("frame", ["^{}$", "^{}+$", "^({}|é)*$", "{}"])
def test_every_atom(atom: Sampled, frame: str) -> None:
    pattern = frame.format(atom.pattern)
    try:
        search(pattern)
    except PatternInvalid:
        return  # a schema cannot hold it
    assert_linear_agrees(pattern, values_around(atom.text))
    assert_portable_agrees(pattern, values_around(atom.text))


@pytest.mark.parametrize("pattern", PATTERN_SAMPLES)
def test_patterns_of_everyday(pattern: str) -> None:
    values = [value for text in PATTERN_SAMPLES[pattern] for value in values_around(text)]
    assert_linear_agrees(pattern, [*TEXTS, *values])
    assert_portable_agrees(pattern, [*TEXTS, *values])


# Written as people write them; each must be on the fast path.
@pytest.mark.parametrize(
    ("pattern", "shortest", "longest"),
    [
        ("^cust_[a-z0-9]+$", 6, None),
        ("^[A-Za-z0-9][A-Za-z0-9._:|-]*$", 1, None),
        ("^[a-z][a-z0-9]*(_[a-z0-9]+)*$", 1, None),
        ("^[a-z]{2}-[A-Z]{2}$", 5, 5),
        ("^(us|eu|ap)-(east|west)-[1-9]$", 9, 9),
        (r"^v?\d+\.\d+$", 3, None),
        ("^(?:free|pro|enterprise)?$", 0, 10),
        ("^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", 36, 36),
        (r"^\w+$", 1, None),
        ("^.*$", 0, None),
        ("^日本?$", 1, 2),
        ("^$", 0, 0),
    ],
)
def test_linear_patterns_are_seen_to_be(pattern: str, shortest: int, longest: int | None) -> None:
    fast = linear(pattern)
    assert fast is not None
    assert (fast.shortest, fast.longest) == (shortest, longest)


@pytest.mark.parametrize(
    "pattern",
    [
        # known to take exponential time in a matcher that backtracks
        "^(a+)+$",
        "^(a|aa)+$",
        "^(a|a)*$",
        "^(a*)*$",
        "^(a?){30}a{30}$",
        "^([a-z]+)*$",
        "^(([a-z])+.)+[A-Z]([a-z])+$",
        "^(x+x+)+y$",
        r"^(\w+\s?)*$",
        # and polynomial time
        r"^\d+\d+$",
        "^a*a*a*b$",
        "^.*,.*,.*$",
        # a search begins everywhere
        "a+b",
        "^a+",
        "a+$",
        # one alternative is open
        "^a|b$",
        "^a$|^b$",
        # a flag, a look-around, a reference: not every engine has them
        "(?i)^a$",
        r"^a\b$",
        "^(a)(?P=n)$",
        r"^a\z",
        # classes that RE2 reads as its own
        "^[[:alpha:]]$",
        # more positions than are worth reading
        "^(abcdefghij){1000}$",
    ],
)
def test_what_is_not_surely_linear_is_left_to_re2(pattern: str) -> None:
    assert linear(pattern) is None


@pytest.mark.parametrize(
    ("pattern", "shared"),
    [
        ("^a-b_c/d$", r"^a-b_c\/d$"),  # with its `u` flag, ECMA-262 takes no escape that is not needed
        (r"^\-\_\@$", "^-_@$"),
        ("[a-]", r"[a\-]"),
        ("^.$", r"^[^\n]$"),  # ECMA-262 has four line ends
        (r"\d\w", "[0-9][0-9A-Z_a-z]"),  # its `\w` may be more, with flags
        (r"\s", r"[\t\n\f\r ]"),  # and its `\s` is Unicode's
        ("(?P<name>a)", "(?:a)"),
        (r"\A", "^"),
        ("a{1,}b{0,1}c{2,2}", "a+b?c{2}"),
        (r"\x00\t", r"\x00\x09"),
        ("日", "日"),
    ],
)
def test_the_words_that_engines_share(pattern: str, shared: str) -> None:
    assert portable(pattern) == shared


@pytest.mark.parametrize(
    "pattern",
    [
        "(?i)a",
        r"\bword",
        r"\pL",
        r"\z",
        "[[:digit:]]",
        "a++",
        "(?=a)",
        "😀",
        "\ufffd",
        "[😀]",
        "[\u4e00-\ufaff]",
        "[\ue000-\uffff]",
        "(",
        "a{,3}",
        "[a--b]",
    ],
)
def test_what_engines_do_not_share(pattern: str) -> None:
    assert portable(pattern) is None


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("^a$", True),
        ("^$", True),
        ("^a$|^b$", True),
        ("^(a|b)$", True),
        ("^[|]$", True),  # a bar in a class is a bar
        (r"^\|$", True),
        ("^[]|]$", True),  # a bracket right after the opening one is a member
        ("^[^]|]$", True),
        (r"^[\]|]$", True),
        ("^[[:alpha:]|]$", True),
        ("a", False),
        ("^a", False),
        ("a$", False),
        ("^a|b$", False),
        ("^a$|b", False),
        (r"^a\$", False),  # a dollar sign, not the end
        ("(^a$)", False),  # said to be open, which only adds a check
        ("", False),
    ],
)
def test_is_anchored(pattern: str, expected: bool) -> None:
    assert is_anchored(pattern) == expected


def test_escaped_text_stands_for_itself() -> None:
    text = "".join(map(chr, range(128))) + "é日"
    assert re.fullmatch(escaped(text), text)
    assert search(f"^{escaped(text)}$")(text)
    assert re.fullmatch(f"[{escaped(text, in_class=True)}]+", text)
    assert not re.search(f"[^{escaped(text, in_class=True)}]", text)


@pytest.mark.parametrize("pattern", ["(", "[a", "a**", r"\1", "(?<!a)b", "a{1001}", "a" * 1001])
def test_what_re2_refuses_is_refused(pattern: str) -> None:
    with pytest.raises(PatternInvalid):
        search(pattern)
