"""Patterns of paths: what git means by them, in bounded time."""

from __future__ import annotations

import subprocess
import time
from typing import TYPE_CHECKING

import pytest

from propguard.lint.files import list_files
from propguard.lint.ignoring import BadPattern, IgnorePatterns, is_pattern

if TYPE_CHECKING:
    from pathlib import Path

PATHS = [
    "a.py",
    "api.gen.ts",
    "api.gen.tsx",
    "legacy",
    "legacy/a.py",
    "legacy/deep/a.py",
    "legacy/deep/keep.py",
    "legacy/keep.py",
    "src/a.py",
    "src/api.gen.ts",
    "src/legacy/a.py",
    "src/legacy/keep.py",
    "src/b/a.py",
    "x-1",
]
LISTS = [
    ["legacy"],
    ["legacy/"],
    ["legacy/**"],
    ["/legacy"],
    ["./legacy"],
    ["*.gen.ts"],
    ["*.py", "!keep.py"],
    ["legacy/", "!legacy/keep.py"],
    ["legacy/*", "!legacy/keep.py"],
    ["legacy/**", "!legacy/deep/", "!legacy/deep/keep.py"],
    ["!a.py", "*.py"],
    ["*", "!src/", "!src/**"],
    ["**/a.py"],
    ["src/*/a.py", "# a comment", "", "!src/b"],
    ["src/**/a.py"],
    ["x-[0-9]"],
    ["[!a].py", "?.py"],
    ["\\!a.py", "a.p\\y"],
    ["(a|b).py", "a+py", "a.py$"],
]


def test_a_list_of_patterns_means_what_git_makes_of_it(tmp_path: Path) -> None:
    """Order, negation, folders that nothing can be taken out of again."""
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    for patterns in LISTS:
        (tmp_path / ".git" / "info" / "exclude").write_text("\n".join(patterns) + "\n")
        told = subprocess.run(
            ["git", "-C", str(tmp_path), "check-ignore", "--no-index", "--stdin"],
            input="\n".join(PATHS),
            capture_output=True,
            text=True,
            check=False,
        )
        ours = IgnorePatterns(patterns)
        assert [path for path in PATHS if ours.ignores(path)] == told.stdout.split(), patterns


@pytest.mark.parametrize(
    "pattern", ["*a" * 200 + "b", "**/a/" * 100 + "b", "**/*a*a*a*a*/" * 30 + "b", "*" * 4000 + "b"]
)
def test_no_pattern_is_slow(pattern: str) -> None:
    """Whatever an ignore file says, a path is judged in a moment."""
    start = time.process_time()
    patterns = IgnorePatterns([pattern])
    for path in ("a" * 4000, "a/" * 400 + "a", "aaaaaaaa/" * 400 + "a"):
        patterns.ignores(path)
    assert time.process_time() - start < 2.0


def test_a_name_need_not_be_text() -> None:
    """Bytes that are no UTF-8 are matched by a star like any others."""
    assert IgnorePatterns(["*.py"]).ignores("caf\udce9/b\udce9.py")
    assert IgnorePatterns(["é*"]).ignores("été")


@pytest.mark.parametrize("bad", ["[z-a]", "x" * 100_000, "![9-0]/**"])
def test_what_is_no_pattern_is_named(bad: str) -> None:
    """Among others, too."""
    assert not is_pattern(bad)
    with pytest.raises(BadPattern) as raised:
        IgnorePatterns(["*.py", bad, "b"])
    assert raised.value.pattern == bad


def test_a_bad_line_of_an_ignore_file_is_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Which is said; the others hold, and the nearest file decides."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    (tmp_path / "sub").mkdir()
    for name in ("a.py", "b.py", "sub/a.py"):
        (tmp_path / name).write_text("")
    (tmp_path / ".gitignore").write_text("[z-a]\na.py\n[9-0]\n")
    (tmp_path / "sub" / ".gitignore").write_text("!a.py\n")
    listing = list_files(["."])
    assert listing.paths == ["b.py", "sub/a.py"]
    assert listing.notices == ("`[z-a]` in ./.gitignore is no pattern, so it is left out",)
