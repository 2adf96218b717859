"""Edits in a text: the surer first, whole fixes only, and never two that touch the same characters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from propguard.lint.edits import edited
from propguard.lint.source import Source
from propguard.model.finding import Edit, Fix, Span


def fix(*edits: tuple[int, int, str], safe: bool = True) -> Fix:
    """A fix in the first line: from column, to column, text."""
    return Fix(safe, tuple(Edit("a.py", Span(1, start, 1, end), text) for start, end, text in edits))


@pytest.mark.parametrize(
    ("fixes", "text", "count"),
    [
        ([], "abcdef", 0),
        ([fix((1, 2, "X"))], "Xbcdef", 1),
        # Neighbours touch no character of each other.
        ([fix((1, 2, "XX")), fix((2, 3, "YY"))], "XXYYcdef", 2),
        # Of two that do, the first one in the text, in whatever order they were found.
        ([fix((1, 4, "X")), fix((2, 3, "Y"))], "Xdef", 1),
        ([fix((2, 3, "Y")), fix((1, 4, "X"))], "Xdef", 1),
        ([fix((1, 2, "X")), fix((1, 2, "Y"))], "Xbcdef", 1),
        ([fix((1, 2, "Y")), fix((1, 2, "X"))], "Xbcdef", 1),
        # A safe one before an unsafe one, though that stands further in front.
        ([fix((1, 4, "X"), safe=False), fix((2, 3, "Y"))], "aYcdef", 1),
        ([fix((1, 2, "X"), safe=False), fix((5, 6, "Y"))], "XbcdYf", 2),
        # The same fix is made once.
        ([fix((1, 2, "X")), fix((1, 2, "X"))], "Xbcdef", 1),
        ([fix((1, 2, "X")), fix((1, 2, "X"), safe=False)], "Xbcdef", 1),
        # All edits of a fix are made, or none.
        ([fix((1, 2, "X"), (5, 6, "Y"))], "XbcdYf", 1),
        ([fix((5, 6, "Y"), (1, 2, "X"))], "XbcdYf", 1),
        ([fix((1, 2, "X"), (5, 6, "Y")), fix((5, 6, "Z"), (3, 4, "W"))], "XbcdYf", 1),
        ([fix((1, 3, "X"), (2, 4, "Y"))], "abcdef", 0),
        # What is only put in.
        ([fix((7, 7, "!"))], "abcdef!", 1),
        ([fix((3, 3, "!")), fix((3, 3, "?"))], "ab!cdef", 1),
        ([fix((1, 3, "X")), fix((3, 3, "?"))], "Xcdef", 1),
        ([fix((1, 2, "X")), fix((3, 3, "?"))], "Xb?cdef", 2),
    ],
)
def test_which_edits_are_made(fixes: list[Fix], text: str, count: int) -> None:
    assert edited(Source("a.py", b"abcdef"), fixes) == (text.encode(), count)


columns = st.tuples(st.integers(1, 11), st.integers(0, 3), st.text("XY", max_size=2))
made_of = st.lists(columns.map(lambda edit: (edit[0], min(11, edit[0] + edit[1]), edit[2])), min_size=1, max_size=2)
any_fixes = st.lists(st.builds(lambda edits, safe: fix(*edits, safe=safe), made_of, st.booleans()), max_size=5)


@given(any_fixes, st.randoms())
def test_the_order_of_finding_makes_no_difference(fixes: list[Fix], random: object) -> None:
    """The same text, whoever found what first."""
    source = Source("a.py", b"0123456789")
    shuffled = list(fixes)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert edited(source, shuffled) == edited(source, fixes)


@given(any_fixes)
def test_what_no_edit_covers_stays(fixes: list[Fix]) -> None:
    """Every character outside of all edits is there afterwards, in its order."""
    text, count = edited(Source("a.py", b"0123456789"), fixes)
    covered = {
        column
        for one in fixes
        for edit in one.edits
        for column in range(edit.span.column - 1, edit.span.end_column - 1)
    }
    left = [digit for digit in text.decode() if digit.isdigit()]
    assert left == sorted(left)
    assert {str(column) for column in range(10) if column not in covered} <= set(left)
    assert count <= len(fixes)


def test_many_edits_take_no_time() -> None:
    """Ten thousand in a file are put in at once."""
    source = Source("a.py", b"x" * 20_000)
    fixes = [fix((column, column + 1, "yy")) for column in range(1, 20_001, 2)]
    assert edited(source, fixes) == (b"yyx" * 10_000, 10_000)
