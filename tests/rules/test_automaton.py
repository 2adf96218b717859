"""What is said of the languages of patterns agrees with what RE2 makes of the patterns."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from propguard.rules.automaton import CannotTell, Work, find_word, of_pattern, of_texts
from propguard.rules.pattern_language import search
from tests.samples import PATTERN_SAMPLES, TEXTS
from tests.strategies import MANY

STEPS = 200_000

# Every value that the first finds something in, the second does, too.
INCLUDED = [
    ("^cust_[0-9]+$", "^cust_[a-z0-9]+$"),
    ("^cust_[a-z0-9]{8,64}$", "^cust_[a-z0-9]{8,128}$"),
    ("^[a-z_]{1,100}$", "^[a-z_]{1,200}$"),
    ("^(a|b)*$", "^[ab]*$"),
    ("^abc$", "b"),
    ("(^|x)b$", "b"),
    ("^(a?){30}b$", "^a*b$"),
    ("^(?:prod|stage)$", "^(?:stage|prod|dev)$"),
    (r"^\d+$", r"^\w+$"),
    ("[0-9]{3}", "[0-9]{2}"),
    ("^a$|^b$", "^[a-c]$"),
    ("^$", ""),
    ("x^", "never"),  # nothing matches
]

# What the first takes and the second does not, a shortest such value.
DIFFERENT = [
    ("^cust_[a-z0-9]+$", "^cust_[0-9]+$", "cust_a"),
    ("^[a-z_]{1,200}$", "^[a-z_]{1,100}$", "a" * 101),
    ("b", "^b", "ab"),
    ("^a|b$", "b", "a"),
    ("", "^[^x]*$", "x"),
    ("^.$", "^[a-z]$", "0"),
    ("^[^a]$", "^.$", "\n"),  # the one character that a dot does not take
    ("^a*$", "^a+$", ""),
    (r"^\s$", "^ $", "\t"),
]


def outside(first: str, second: str, steps: int = STEPS) -> str | None:
    return find_word([of_pattern(first)], [of_pattern(second)], 0, 1000, Work(steps))


@pytest.mark.parametrize(("first", "second"), INCLUDED)
def test_what_is_included(first: str, second: str) -> None:
    """No word is in the first language and not in the second."""
    assert outside(first, second) is None


@pytest.mark.parametrize(("first", "second", "word"), DIFFERENT)
def test_what_is_not_included_is_shown(first: str, second: str, word: str) -> None:
    """The word is a shortest one, spelled in letters and digits where that can be."""
    assert outside(first, second) == word


def test_lengths_are_those_that_are_asked_for() -> None:
    """A word of a length between the two is found where there is one, and none otherwise."""
    work = Work(STEPS)
    assert find_word([of_pattern("^(ab)+$")], [], 3, 5, work) == "abab"
    assert find_word([of_pattern("^(ab)+$")], [], 5, 5, work) is None
    assert find_word([of_pattern("^a+$")], [of_texts(["a", "aa"])], 0, 2, work) is None
    assert find_word([of_pattern("^a+$")], [of_texts(["a", "aaa"])], 0, 3, work) == "aa"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("a.{20}", "a.{21}"),  # a million states when made deterministic
        ("(?i)^abc$", "^abc$"),  # a flag
        (r"^\pL$", "^a$"),  # a class of RE2's own
        (r"\ba", "a"),  # the border of a word
        ("^((a{50}){50}){50}$", "^a*$"),  # too large
    ],
)
def test_what_cannot_be_told_is_not_told(first: str, second: str) -> None:
    """Whatever is asked, an answer comes after so many steps, or none."""
    with pytest.raises(CannotTell):
        outside(first, second, steps=20_000)


_PIECES = st.sampled_from(["a", "b", "[ab]", "[^a]", ".", "c", "^", "$", "\\d", "(?:ab)"])
_PATTERNS = st.recursive(
    _PIECES,
    lambda inner: st.one_of(
        st.tuples(inner, inner).map("".join),
        st.tuples(inner, inner).map(lambda pair: f"(?:{pair[0]}|{pair[1]})"),
        st.tuples(inner, st.sampled_from(["*", "+", "?", "{2}", "{1,3}"])).map(lambda pair: f"(?:{pair[0]}){pair[1]}"),
    ),
    max_leaves=6,
)
_VALUES = st.lists(st.text("abc1\n", max_size=6), min_size=12, max_size=12)


@MANY
@given(_PATTERNS, _PATTERNS, _VALUES)
def test_what_is_told_is_what_re2_says(first: str, second: str, values: list[str]) -> None:
    """A word that is shown is in the one language and not in the other; where none is, no value is."""
    in_first, in_second = search(first), search(second)
    word = outside(first, second)
    if word is None:
        assert [value for value in values if in_first(value) and not in_second(value)] == []
    else:
        assert in_first(word)
        assert not in_second(word)
        assert not any(in_first(value) and not in_second(value) for value in values if len(value) < len(word))


@pytest.mark.parametrize("first", PATTERN_SAMPLES)
def test_the_patterns_of_the_samples_are_read_as_re2_reads_them(first: str) -> None:
    """Each against each other, on every sample; a pattern that is not read is not judged."""
    samples = [*TEXTS, *(text for texts in PATTERN_SAMPLES.values() for text in texts)]
    for second in PATTERN_SAMPLES:
        try:
            word = outside(first, second)
        except CannotTell:
            continue
        if word is not None:
            assert search(first)(word)
            assert not search(second)(word)
        else:
            assert [text for text in samples if search(first)(text) and not search(second)(text)] == []
