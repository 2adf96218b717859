"""Places of a file: lines and code points for people, bytes for edits, and the way back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from propguard.lint.source import Source
from propguard.model.finding import Span

CHARACTERS = ["a", "\t", "\n", "\r\n", "\r", "é", "日", "😀", "e\u0301", "\u2028", "\x00"]
NO_UTF8 = [b"\xff", b"\x80", b"\xc3", b"\xf0\x9f\x98", b"\xed\xa0\x80"]
CONTENTS = st.lists(st.sampled_from([*(character.encode() for character in CHARACTERS), *NO_UTF8])).map(b"".join)


@given(st.booleans(), CONTENTS, st.data())
def test_a_place_leads_back_to_its_byte(bom: bool, content: bytes, data: st.DataObject) -> None:
    """Wherever a character begins, whatever stands before it."""
    content = b"\xef\xbb\xbf" + content if bom else content
    source = Source("x", content)
    text = content.decode("utf-8", "surrogateescape")
    first = 1 if bom else 0
    count = data.draw(st.integers(first, len(text)))
    offset = len(text[:count].encode("utf-8", "surrogateescape"))
    span = source.span(offset, offset)
    assert source.offset(span.line, span.column) == offset
    before = text[first:count]
    assert (span.line, span.column) == (before.count("\n") + 1, len(before) - before.rfind("\n"))


@pytest.mark.parametrize(
    ("content", "word", "place", "line"),
    [
        (b"ab key", b"key", (1, 4, 1, 7), "ab key"),
        ("😀é key\n".encode(), b"key", (1, 4, 1, 7), "😀é key"),
        (b"\xef\xbb\xbfkey", b"key", (1, 1, 1, 4), "key"),
        (b"\xef\xbb\xbf\nkey", b"key", (2, 1, 2, 4), "key"),
        (b"a\r\nb key\r\n", b"key", (2, 3, 2, 6), "b key"),
        (b"a\rb key", b"key", (1, 5, 1, 8), "a\rb key"),
        (b"\t\tkey", b"key", (1, 3, 1, 6), "\t\tkey"),
        (b"\xff\xe9 key", b"key", (1, 4, 1, 7), "\ufffd\ufffd key"),
        (b"\xe2\x82 key", b"key", (1, 4, 1, 7), "\ufffd\ufffd key"),
        ("\u2028\x0b\x85 key".encode(), b"key", (1, 5, 1, 8), "\u2028\x0b\x85 key"),
        (b"ke\ny", b"ke\ny", (1, 1, 2, 2), "ke"),
    ],
)
def test_places_are_what_a_person_counts(
    content: bytes, word: bytes, place: tuple[int, int, int, int], line: str
) -> None:
    """Lines end at a line feed, columns are code points, and the line that is shown has a character for each."""
    source = Source("x", content)
    start = content.index(word)
    span = source.span(start, start + len(word))
    assert span == Span(*place)
    assert source.place(span).source == line


def test_a_line_without_end_is_not_shown() -> None:
    """A megabyte of minified code helps nobody."""
    source = Source("x", b"x" * 1_000_000)
    assert source.place(source.span(500_000, 500_003)).source == ""


def test_the_end_of_the_file_is_a_place() -> None:
    """Behind the last character, with or without an end of line."""
    assert Source("x", b"").span(0, 0) == Span(1, 1, 1, 1)
    assert Source("x", b"ab\n").span(3, 3) == Span(2, 1, 2, 1)
