"""What git knows of the files below a folder: which there are, and whether each is still what it was.

Git's lines and its own notes of size, times and number on disk stand for the content of a file that git takes for unchanged.
The lines alone would not do: a filter may store the same text for two different files.
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, NamedTuple

from propguard.git import GitFailed, Question

if TYPE_CHECKING:
    from collections.abc import Callable

_LISTED = ("ls-files", "-z", "-v", "--stage", "--cached", "--others", "--exclude-standard")
_CHANGED = ("diff-files", "-z", "--name-only", "--ignore-submodules=all", "--no-ext-diff", "--no-textconv")
_NOTED = ("ls-files", "-z", "--debug")
_NOTE = re.compile(
    rb"([^\0]*)\0  ctime: (\d+:\d+)\n  mtime: (\d+:\d+)\n  dev: \d+\tino: (\d+)\n[^\n]*\n  size: (\d+)\tflags: [0-9a-f]+\n"
)
_OTHER = "?"
_SETTLED = "H "
"""How a line begins that tells of a tracked file which git compares with what it knows: none that it was told to pass over."""

_REPOSITORY = "160000"
"""The mode of a submodule in git's lines."""


class Worktree(NamedTuple):
    """The files below a folder: git's lines for all of them, the paths of those that are not what git knows, and git's notes.

    The last two are None where git was not asked, as the folder is not a repository's, or did not say.
    """

    entries: bytes
    changed: list[str] | None
    notes: bytes | None = None

    def paths(self) -> list[str]:
        """The paths of the files from the folder."""
        lines, start = _lines(self.entries)
        return [
            line[2:] if line[0] == _OTHER else line[start:]
            for line in lines
            if line[-1] != "/" and line[2:8] != _REPOSITORY
        ]

    def repositories(self) -> list[str]:
        """The paths of the repositories inside, submodules and others, of whose files the lines say nothing."""
        lines, start = _lines(self.entries)
        inside = [line[2:-1] for line in lines if line[0] == _OTHER and line[-1] == "/"]
        return inside + [line[start:] for line in lines if line[2:8] == _REPOSITORY and line[0] != _OTHER]

    def unsure(self) -> list[str]:
        """The paths of those whose content is not what their line tells, or may not be."""
        lines, start = _lines(self.entries)
        unsettled = [line for line in lines if line[:2] != _SETTLED]
        return [line[2:] if line[0] == _OTHER else line[start:] for line in unsettled] + (self.changed or [])

    def contents(self) -> dict[str, str]:
        """What tells the content of each file that git knows, by its path."""
        lines, start = _lines(self.entries)
        noted = {match[1]: match.group(2, 3, 4, 5) for match in _NOTE.finditer(self.notes or b"")}
        return {
            path: f"{line[:start]}{b' '.join(noted[name]).decode()}"
            for line in lines
            if line[0] != _OTHER and (name := os.fsencode(path := line[start:])) in noted
        }


def ask_for_worktree(folder: str) -> Callable[[], Worktree]:
    """Ask git for the files below a folder, tracked and untracked, ignored ones left out; the result waits for the answer.

    Until it is there other things can be done. Waiting raises GitFailed where git cannot tell.
    """
    listed = Question(folder, *_LISTED)
    is_root = os.path.lexists(os.path.join(folder, ".git"))
    noted = Question(folder, *_NOTED) if is_root else None  # at the same time, as each takes as long as the other
    changed = Question(folder, *_CHANGED, reads_contents=True) if is_root else None

    def answer() -> Worktree:
        entries = listed.answer()
        try:
            names = None if changed is None else _split(changed.answer())
            notes = None if noted is None else noted.answer()
        except GitFailed:
            names = notes = None
        return Worktree(entries, names, notes)

    return answer


def _lines(entries: bytes) -> tuple[list[str], int]:
    """Git's lines, and where the path begins in those of tracked files: a mode, a hash and a digit are as long in each."""
    lines = _split(entries)
    return lines, next((line for line in lines if line[0] != _OTHER), "\t").index("\t") + 1


def _split(names: bytes) -> list[str]:
    return os.fsdecode(names).split("\0")[:-1]
