"""Untrusted text in messages: nothing in it moves a cursor, hides, or turns a line around."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from propguard.model.text import excerpt, one_of, visible


@pytest.mark.parametrize("text", ["", "plain", "caf\xe9", "日本語", "😀", "a b", "`x`", "\\n", "\xa0", "\ufffd"])
def test_what_can_be_seen_is_left_alone(text: str) -> None:
    assert visible(text) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\nb", "a\\nb"),
        ("a\r\n\tb", "a\\r\\n\\tb"),
        ("\x00", "\\x00"),
        ("\x1b[31mred", "\\x1b[31mred"),  # colours a terminal
        ("\x7f", "\\x7f"),
        ("\x9b0m", "\\x9b0m"),  # begins an escape sequence in one byte
        ("a\u202eb", "a\\u{202e}b"),  # turns what follows around
        ("a\u2066b", "a\\u{2066}b"),
        ("\u200b", "\\u{200b}"),  # takes no room
        ("\ufeff", "\\u{feff}"),
        ("\xad", "\\xad"),
        ("\u2028", "\\u{2028}"),  # a line end to many a viewer
        ("\ud800", "\\u{d800}"),  # cannot be written as UTF-8
        ("\uffff", "\\u{ffff}"),  # no character at all, and nothing that XML can say
        ("\U000e0041", "\\u{e0041}"),  # an invisible letter
    ],
)
def test_what_cannot_be_seen_is_escaped(text: str, expected: str) -> None:
    assert visible(text) == expected


@given(st.text(st.characters(), max_size=30))
def test_what_is_shown_is_one_line_and_can_be_written(text: str) -> None:
    shown = visible(text)
    assert len(shown.splitlines()) <= 1
    shown.encode()
    assert not any(unicodedata.category(character) in {"Cc", "Cs"} for character in shown)
    assert visible(shown) == shown


@pytest.mark.parametrize(
    ("text", "length", "expected"),
    [
        ("short", 60, "short"),
        ("a" * 60, 60, "a" * 60),
        ("a" * 61, 60, f"{'a' * 47}… (61 characters)"),
        ("日" * 100, 20, "日日日日日日日… (100 characters)"),
    ],
)
def test_excerpt(text: str, length: int, expected: str) -> None:
    assert excerpt(text, length) == expected


def test_one_of() -> None:
    assert one_of(["a", "b"]) == "a, b"
    assert one_of(("x",) * 8) == ", ".join("x" * 8)
    assert one_of(list("abcdefghi")) == "a, b, c, d, e, f, g, h, … (9 in all)"
