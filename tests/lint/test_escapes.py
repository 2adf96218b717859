"""Backslashes: what a literal says, letter by letter."""

from __future__ import annotations

import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from propguard.lint.escapes import decoded, decoded_in_shell

PYTHON = st.lists(
    st.sampled_from(
        ["a", "é", "😀", r"\n", r"\t", r"\\", r"\"", r"\'", r"\x41", r"\u00e9", r"\U0001F600", r"\101", "\\\n"]
    )
).map("".join)


@given(PYTHON)
def test_python_s_escapes_mean_what_python_says(text: str) -> None:
    """As far as Python and JavaScript agree."""
    assert decoded(text) == ast.literal_eval(f'"""{text} """')[:-1]


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        (r"\u{1F600}", "😀"),
        (r"\u{110000}", "\ufffd"),
        (r"\ud83d", "\ufffd"),
        (r"\d\/\`\$", "d/`$"),
        (r"\0", "\0"),
        ("a\\\r\nb", "ab"),
        ("\\", "\\"),
        (r"\x4", "x4"),
    ],
)
def test_the_rest_is_javascript_s(text: str, meaning: str) -> None:
    """What is half an escape stays, as far as it goes."""
    assert decoded(text) == meaning


@pytest.mark.parametrize(
    ("text", "quoted", "bare"),
    [
        (r"a\nb", r"a\nb", "anb"),
        (r"\$\`\"\\", '$`"\\', '$`"\\'),
        (r"\ x", r"\ x", " x"),
        ("a\\\nb", "ab", "ab"),
    ],
)
def test_a_shell_has_few_escapes(text: str, quoted: str, bare: str) -> None:
    """Between double quotes five characters, without quotes any."""
    assert decoded_in_shell(text, quoted=True) == quoted
    assert decoded_in_shell(text, quoted=False) == bare


@given(st.text())
def test_no_text_is_too_strange(text: str) -> None:
    """Whatever stands between quotes comes out as text."""
    assert isinstance(decoded(text), str)
    assert isinstance(decoded_in_shell(text, quoted=True), str)
