"""What stands where a grammar makes nothing of the text is told, and only there."""

from __future__ import annotations

import pytest

from propguard.lint.languages.kotlin import readable
from propguard.lint.read import read
from propguard.lint.source import Source

LINE = 'val a = mapOf("Helicone-Property-App" to "x")\n'


def shapes(path: str, code: str) -> list[tuple[int, str]]:
    """The line and the shape of every usage."""
    return [(usage.span.line, usage.shape) for usage in read(Source(path, code.encode())).usages]


@pytest.mark.parametrize(
    ("path", "code", "expected"),
    [
        # What can be read beside an error is read.
        ("a.kt", f"{LINE}val b = = 1\n", [(1, "map")]),
        ("a.kt", f"// {LINE}class {{ fun ( }}\n", []),
        ("a.kt", f'val b = "{{"\n{LINE}', [(2, "map")]),
        # What is part of the error is told.
        ("a.kt", f"class C {{ fun (x) = 1 }} }}\nval 1 = [[\n{LINE}", [(3, "unparsed")]),
        # Declarations that the grammar does not know by themselves.
        ("a.kt", f"fun interface A {{ fun b() }}\n{LINE}", [(2, "map")]),
        ("a.kt", f"class A {{ companion object {{ val B = 1 }} }}\n{LINE}", [(2, "map")]),
        ("a.kt", f"interface A {{ fun b(): String }}\n{LINE}", [(2, "map")]),
    ],
)
def test_nothing_is_lost(path: str, code: str, expected: list[tuple[int, str]]) -> None:
    """Where an error swallows the rest of a file, its header names are usages of which nothing is known."""
    assert shapes(path, code) == expected


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("fun interface A", "    interface A"),
        ("object A { val b = 1 }", "object A { val b = 1;}"),
        ("class A { }", "class A { }"),
        ("class A { b(); }", "class A { b(); }"),
        ("run { a }", "run { a }"),
        ("class A {\n    val b = 1 }", "class A {\n    val b = 1 }"),
    ],
)
def test_kotlin_is_made_readable(code: str, expected: str) -> None:
    """In as many bytes, each of them at its place."""
    assert readable(code.encode()) == expected.encode()
