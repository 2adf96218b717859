"""Whether a text is still a program after something was put into it."""

from __future__ import annotations

import pytest

from propguard.lint.soundness import is_as_sound
from propguard.lint.source import Source

GOOD = b'h = {"Helicone-Property-App": "x"}\n'
NOTEBOOK = b'{"cells": [{"cell_type": "code", "source": "x = 1"}]}'


@pytest.mark.parametrize(
    ("path", "after", "before", "expected"),
    [
        ("a.py", GOOD, GOOD, True),
        ("a.py", GOOD + b"(\n", GOOD, False),
        ("a.py", GOOD[:-2], GOOD, False),
        # What was broken before cannot be broken, whatever a parser makes of it.
        ("a.py", GOOD + b"x = = 1\n", GOOD + b"x = = 2\n", True),
        ("a.py", GOOD, GOOD + b"x = = 2\n", True),
        ("a.py", GOOD[:-2] + b"\nx = = 1\ny = = 2\n", GOOD + b"x = = 2\n", True),
        # Nor can what is not read.
        ("a.txt", GOOD, GOOD, True),
        ("a.ts", b"const h = {'Helicone-Property-App': `x`};", b"const h = {'Helicone-Property-App': `y`};", True),
        ("a.ts", b"const h = {'Helicone-Property-App': `x};", b"const h = {'Helicone-Property-App': `y`};", False),
        ("a.md", b"```py\n" + GOOD + b"```\n", b"```py\n" + GOOD + b"```\n", True),
        ("a.md", b"```py\n(" + GOOD + b"```\n", b"```py\n" + GOOD + b"```\n", False),
        # A notebook is JSON besides, and its parser reads on behind a fault.
        ("a.ipynb", NOTEBOOK, NOTEBOOK, True),
        ("a.ipynb", NOTEBOOK.replace(b"x", rb"\l"), NOTEBOOK, False),
        ("a.ipynb", NOTEBOOK, NOTEBOOK.replace(b"x", rb"\l"), True),
    ],
)
def test_no_fault_where_there_was_none(path: str, after: bytes, before: bytes, expected: bool) -> None:
    assert is_as_sound(Source(path, after), Source(path, before)) is expected
