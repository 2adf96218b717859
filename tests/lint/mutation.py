"""Real files and whole small projects, mutilated: pieces taken out, put elsewhere and doubled, words exchanged, junk put in."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from propguard.lint.languages import SUFFIXES

if TYPE_CHECKING:
    from collections.abc import Iterator

TESTS = Path(__file__).parents[1]
NOT_CODE = {"LICENSE", "expected.txt", "labels.jsonl", "properties.yaml", "propguard.toml"}

LARGEST = 6_000
"""Bytes of a file from which on only some of its lines are taken: a run is to try very many."""

PUNCTUATION = (
    '"',
    "'",
    "`",
    "(",
    ")",
    "{",
    "}",
    "[",
    "]",
    "\\",
    "\n",
    "\r\n",
    "\t",
    ",",
    ":",
    "=",
    "#",
    "${",
    "*",
    "**",
)
OF_CODE = ('"""', "//", "/*", "<!--", "```", "> ", " + ", " or ", " if x else ", " ? ", "f'{", "%s", "-H ", "...")
OF_CONFIGURATION = (
    "- ",
    ": ",
    "&a ",
    "*a",
    "|\n  ",
    "{{ x }}",
    "${{ x }}",
    "[[",
    "!!str ",
    "---\n",
    "\\n",
    "\\u00",
    "%%sh\n",
)
OF_USAGES = ("Helicone-Property-", "/v1/request/x/property", "self.", "this.", "return ", "await ", "😀", "\u2028")
JUNK = (
    *(text.encode() for text in (*PUNCTUATION, *OF_CODE, *OF_CONFIGURATION, *OF_USAGES)),
    *(b"\x00", b"\xff", b"\xc3"),
)
WORD = re.compile(rb"[A-Za-z_][A-Za-z0-9_]*")


def projects() -> dict[str, dict[str, bytes]]:
    """The content of every file of every small project, by the project's name and the path in it.

    What the linter is measured by and not tuned on is left out.
    """
    folders = sorted((TESTS / "corpus" / "written").glob("*/"))
    folders += [path for path in sorted((TESTS / "cases" / "lint").glob("*/")) if path.is_dir()]
    return {folder.name: dict(_files(folder)) for folder in folders}


def _files(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.name not in NOT_CODE:
            yield path.relative_to(folder).as_posix(), path.read_bytes()


PROJECTS = projects()


def examples() -> dict[str, list[bytes]]:
    """The content of the files of all projects, by suffix; of each language that has no example, none."""
    found = defaultdict[str, list[bytes]](list)
    for files in PROJECTS.values():
        for path, content in files.items():
            suffix = path[path.rfind(".") :]
            if suffix in SUFFIXES:
                found[suffix].append(content)
    return dict(found)


EXAMPLES = examples()


def mutilated(data: st.DataObject, content: bytes) -> bytes:
    """Some lines of `content`, or all where it is short, with a few changes in it."""
    if len(content) > LARGEST:
        start = content.rfind(b"\n", 0, data.draw(st.integers(1, len(content) - LARGEST // 2))) + 1
        content = content[start : start + LARGEST]
    for _ in range(data.draw(st.integers(1, 6))):
        content = _changed(data, content)
    return content


def _changed(data: st.DataObject, content: bytes) -> bytes:
    if data.draw(st.booleans()):
        return _with_a_word_exchanged(data, content)
    start = data.draw(st.integers(0, len(content)))
    end = min(len(content), start + data.draw(st.integers(0, 60)))
    piece = content[start:end]
    middle = data.draw(st.sampled_from((b"", piece * 2, piece * 40, *JUNK)))
    if data.draw(st.integers(0, 3)) == 0:  # elsewhere
        elsewhere = data.draw(st.integers(0, len(content)))
        return content[:elsewhere] + middle + piece + content[elsewhere:]
    return content[:start] + middle + content[end:]


def _with_a_word_exchanged(data: st.DataObject, content: bytes) -> bytes:
    """One word put in the place of another: functions that call themselves, classes that are their own base, come of it."""
    words = list(WORD.finditer(content))
    if not words:
        return content
    old, new = (words[data.draw(st.integers(0, len(words) - 1))] for _ in range(2))
    return content[: old.start()] + new[0] + content[old.end() :]
