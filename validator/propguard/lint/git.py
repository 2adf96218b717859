"""What git says of a folder: any answer at once, and of a whole working tree its files and which of them it knows by content."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

_LISTED = ("ls-files", "-z", "-v", "--stage", "--cached", "--others", "--exclude-standard")
_CHANGED = ("diff-files", "-z", "--name-only", "--ignore-submodules=all")
_OTHER = "?"
_SETTLED = "H "
"""How a line begins that tells of a tracked file which git compares with what it knows: none that it was told to pass over."""


def git(folder: str, *arguments: str) -> bytes | None:
    """What git answers in `folder`; null where it fails or there is none."""
    return _answer(_asked(folder, arguments))


class Worktree(NamedTuple):
    """The files below a folder: git's lines for all of them, and the paths of those that are not what git knows.

    The latter are null where it was not asked, as the folder is not a repository's, or did not say.
    """

    entries: bytes
    changed: list[str] | None

    def paths(self) -> list[str]:
        """The paths from the folder."""
        lines, start = _lines(self.entries)
        return [line[2:] if line[0] == _OTHER else line[start:] for line in lines]

    def unsure(self) -> list[str]:
        """The paths of those whose content is not what their line tells, or may not be."""
        lines, start = _lines(self.entries)
        unsettled = [line for line in lines if line[:2] != _SETTLED]
        return [line[2:] if line[0] == _OTHER else line[start:] for line in unsettled] + (self.changed or [])


def ask_for_worktree(folder: str) -> Callable[[], Worktree | None]:
    """Ask git for the files below a folder, tracked and untracked, ignored ones left out; what is given waits for the answer.

    The answer is null where git cannot tell. Until it is there other things can be done.
    """
    listed = _asked(folder, _LISTED)
    is_root = os.path.lexists(os.path.join(folder, ".git"))
    changed = _asked(folder, _CHANGED) if is_root else None  # at the same time, as each takes as long as the other

    def answer() -> Worktree | None:
        entries, names = _answer(listed), _answer(changed)
        return None if entries is None else Worktree(entries, None if names is None else _split(names))

    return answer


def contents(entries: bytes) -> dict[str, str]:
    """What tells the content of each file in git's lines, by its path."""
    lines, start = _lines(entries)
    return {line[start:]: line[:start] for line in lines if line[0] != _OTHER}


def _lines(entries: bytes) -> tuple[list[str], int]:
    """Git's lines, and where the path begins in those of tracked files: a mode, a hash and a digit are as long in each."""
    lines = _split(entries)
    return lines, next((line for line in lines if line[0] != _OTHER), "\t").index("\t") + 1


def _split(names: bytes) -> list[str]:
    return os.fsdecode(names).split("\0")[:-1]


def _asked(folder: str, arguments: tuple[str, ...]) -> subprocess.Popen[bytes] | None:
    try:
        return subprocess.Popen(
            ["git", "-C", folder, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
    except OSError:
        return None


def _answer(process: subprocess.Popen[bytes] | None) -> bytes | None:
    if process is None:
        return None
    answer = process.communicate()[0]
    return answer if process.returncode == 0 else None
