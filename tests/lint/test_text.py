"""Known pieces of text with holes between them: taken apart and put together without losing their places."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from propguard.lint.text import HOLE, Piece, Text, joined, kind_of, unique

PIECES = st.builds(Piece, st.none() | st.text(max_size=5), st.just(-1), st.booleans())
TEXTS = st.builds(Text, st.lists(PIECES, max_size=4).map(tuple))


def text(*pieces: str | None, start: int = -1) -> Text:
    """Pieces one behind the other, from `start` on where they stand in a source."""
    made = []
    for piece in pieces:
        made.append(Piece(piece, start if piece is not None else -1))
        start += len((piece or "").encode()) if start >= 0 else 0
    return Text(tuple(made))


@pytest.mark.parametrize(
    ("whole", "rest"),
    [
        (text("Other-Key"), None),
        (text("Helicone-Proper"), None),
        (text(None, "Helicone-Property-App"), None),
        (text("Helicone-", None, "Property-App"), None),
        (text(), None),
        (text("Helicone-Property-App"), text("App")),
        (text("HELICONE-PROPERTY-App"), text("App")),
        (text("Helicone-", "Property-", "App"), text("", "App")),
        (text("Helicone-Property-", None), text("", None)),
        (text("Helicone-Property-"), text("")),
        (text("Helicone-Property-App", start=7), text("App", start=25)),
    ],
)
def test_the_prefix_is_taken_off_whatever_its_case(whole: Text, rest: Text | None) -> None:
    """What follows it keeps its place; a hole before the end of the prefix makes it unknown."""
    assert whole.without_prefix("Helicone-Property-") == rest


def test_places_count_bytes() -> None:
    """A piece cut after `é` begins two bytes later."""
    assert Piece("éa", 10).after(1) == Piece("a", 12)
    assert Piece("éa", -1).after(1) == Piece("a", -1)


@pytest.mark.parametrize(
    ("ways", "kind"),
    [
        ([], "dynamic"),
        ([HOLE], "dynamic"),
        ([text("", None)], "dynamic"),
        ([text("a")], "literal"),
        ([text("")], "literal"),
        ([text("a"), text("b")], "literal"),
        ([text("a").renamed()], "constant"),
        ([text("a"), text("b").renamed()], "constant"),
        ([text("a"), HOLE], "partial"),
        ([text("a", None)], "partial"),
        ([text(""), HOLE], "partial"),
    ],
)
def test_how_much_is_known(ways: list[Text], kind: str) -> None:
    """All of it, all of it through a name, a part, nothing."""
    assert kind_of(ways) == kind


@given(TEXTS)
def test_a_split_loses_nothing_but_the_separator(whole: Text) -> None:
    """The halves put together again are the whole; where no piece holds the separator there are none."""
    halves = whole.split(":")
    if halves is None:
        assert not any(":" in (piece.text or "") for piece in whole.pieces)
    else:
        before, after = halves
        assert ":" not in before.starred("\0")
        glued = (*before.pieces, Piece(":"), *after.pieces)
        assert Text(glued).starred("\0") == whole.starred("\0")


@given(st.lists(st.lists(TEXTS, max_size=3), max_size=4))
def test_joined_parts_come_out_in_every_combination(parts: list[list[Text]]) -> None:
    """Where there are too many ways to list, anything may come out."""
    ways = joined(parts)
    count = 1
    for part in parts:
        count *= len(part)
    assert len(ways) <= max(count, 1)
    if count > 32:
        assert ways == [HOLE]


@given(st.lists(TEXTS, max_size=40))
def test_no_way_is_listed_twice_and_the_hole_is_last(ways: list[Text]) -> None:
    """Reports list each value once."""
    distinct = unique(ways)
    assert len(set(distinct)) == len(distinct)
    assert HOLE not in distinct[:-1]


def test_a_literal_is_one_piece_that_stands_in_the_source() -> None:
    """Only then can it be replaced."""
    assert text("App", start=3).single_literal() == Piece("App", 3)
    assert text("", "App", start=3).single_literal() == Piece("App", 3)
    assert text("", start=3).single_literal() == Piece("", 3)
    assert text("App").single_literal() is None
    assert text("A", "pp", start=3).single_literal() is None
    assert HOLE.single_literal() is None
