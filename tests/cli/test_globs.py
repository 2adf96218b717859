"""Patterns of paths: what ignore files mean by them, in bounded time."""

from __future__ import annotations

import re
import time

import pathspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from propguard.cli.globs import path_pattern

NAMES = st.sampled_from(["a", "b", "ab", "a.py", "b.py", "legacy", "x-1", "[", "é"])
PARTS = st.sampled_from(
    ["*", "**", "a", "b", "a.py", "*.py", "a*b", "?", "[ab]", "[!a]b", "legacy", "*a*", "x-[0-9]", "é"]
)
GLOBS = st.tuples(st.sampled_from(["", "/"]), st.lists(PARTS, min_size=1, max_size=5), st.sampled_from(["", "/"]))


@given(GLOBS, st.lists(NAMES, min_size=1, max_size=6))
def test_a_pattern_means_what_it_means_in_an_ignore_file(glob: tuple[str, list[str], str], names: list[str]) -> None:
    """Stars, classes, anchors, depths and folders, as another implementation of the same has them."""
    text, path = glob[0] + "/".join(glob[1]) + glob[2], "/".join(names)
    expected = pathspec.GitIgnoreSpec.from_lines([text]).match_file(path)
    assert bool(path_pattern(text).match(path)) == expected


@pytest.mark.parametrize(
    ("glob", "path", "matches"),
    [
        # A folder takes all below it, a file of that name only itself.
        ("legacy", "legacy/a.py", True),
        ("legacy", "src/legacy/a.py", True),
        ("legacy/**", "legacy/deep/a.py", True),
        ("legacy/**", "src/legacy/a.py", False),
        ("./legacy", "legacy/a.py", True),
        ("/legacy", "src/legacy/a.py", False),
        ("*.gen.ts", "web/api.gen.ts", True),
        ("*.gen.ts", "web/api.gen.tsx", False),
        # Every folder, and with it what it holds.
        ("**/", "a/b.py", True),
        ("**/", "b.py", False),
        ("/**/**/", "a/b/c.py", True),
        # No part of a pattern is a regular expression.
        ("a.py", "axpy", False),
        ("(a|b)+", "a", False),
        ("[", "[", True),
        ("[]]", "]", True),
        ("[&&~~]", "~", True),
    ],
)
def test_what_a_pattern_matches(glob: str, path: str, matches: bool) -> None:
    """Relative to the folder of the settings; a name without a slash at any depth."""
    assert bool(path_pattern(glob).match(path)) == matches


def test_a_range_that_ends_before_it_begins_is_no_pattern() -> None:
    """It is refused rather than taken for something else."""
    with pytest.raises(re.error):
        path_pattern("[z-a]")


@pytest.mark.parametrize("glob", ["*a" * 200 + "b", "**/a/" * 100 + "b", "**/*a*a*a*a*/" * 30 + "b", "*" * 5000 + "b"])
def test_no_pattern_is_slow(glob: str) -> None:
    """Whatever the settings say, a path is judged in a moment."""
    start = time.monotonic()
    for path in ("a" * 4000, "a/" * 2000, "aaaaaaaa/" * 400):
        path_pattern(glob).match(path)
    assert time.monotonic() - start < 2.0
