"""Which files are judged: what git knows of a folder, or where there is no git, a walk that honours ignore files."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING, NamedTuple

from propguard.errors import UsageError
from propguard.lint.git import Worktree, ask_for_worktree, git
from propguard.lint.languages import may_be_read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

_NEVER_WALKED = frozenset(
    {
        ".git",
        ".hg",
        ".svn",
        "node_modules",
        "__pycache__",
        ".venv",
        "venv",
        ".tox",
        ".mypy_cache",
        ".ruff_cache",
        ".pytest_cache",
    }
)


class Listing(NamedTuple):
    """The files to judge; those that the user named may not be passed over in silence.

    `folder` is the innermost folder in which all of them lie that the user asked for; where that is one of those, `everything`
    is all that lies in it, whatever else is left out of `paths`, and `worktree` what git knows of it.
    """

    paths: list[str]
    named: frozenset[str]
    folder: str
    everything: Sequence[str] = ()
    worktree: Worktree | None = None


def list_files(paths: Sequence[str], meanwhile: Callable[[], object] = lambda: None) -> Listing:
    """The files that `paths` stand for, without repetitions, in the order of the paths and then of the names.

    `meanwhile` is done while git looks. Raises UsageError for a path that does not exist.
    """
    asked: list[tuple[str, Callable[[], Worktree | None] | None]] = []
    for path in paths:
        try:
            is_folder = stat.S_ISDIR(os.stat(path).st_mode)
        except (OSError, ValueError) as error:
            raise UsageError(f"cannot read {path!r}: {reason_of(error)}") from None
        normal = os.path.normpath(path)
        asked.append((normal, ask_for_worktree(normal) if is_folder else None))
    meanwhile()
    found: dict[str, None] = {}
    worktrees: dict[str, Worktree | None] = {}
    for path, answer in asked:
        if answer is None:
            found[path] = None
        else:
            known = worktrees[os.path.abspath(path)] = _known_to_git(path, answer())
            names = _walked(path) if known is None else _below(path, known.paths())
            found.update(dict.fromkeys(sorted(filter(may_be_read, names))))
    folder = os.path.commonpath(
        [*worktrees, *(os.path.dirname(os.path.abspath(path)) for path, no in asked if no is None)]
    )
    listed = list(found)
    everything = listed if folder in worktrees else ()
    named = frozenset(path for path, answer in asked if answer is None)
    return Listing(listed, named, folder, everything, worktrees.get(folder))


def _below(folder: str, names: list[str]) -> list[str]:
    return names if folder == os.curdir else [f"{folder}{os.sep}{name}" for name in names]


def reason_of(error: Exception) -> str:
    """Why a file could not be read, in the words of the system."""
    if isinstance(error, OSError) and error.strerror:
        return error.strerror.lower()
    return str(error)


def _known_to_git(folder: str, answer: Worktree | None) -> Worktree | None:
    """What git knows of a folder inside a repository.

    Null where git cannot tell, or where the folder itself is ignored: whoever names it wants it read.
    """
    if answer is None or (not answer.entries and git(folder, "check-ignore", "--quiet", ".") is not None):
        return None
    return answer


def _walked(folder: str) -> Iterator[str]:
    """Every file below `folder`; links are not followed, and what `.gitignore` files name is left out."""
    pending: list[tuple[str, list[tuple[str, object]]]] = [(folder, [])]
    while pending:
        current, ignores = pending.pop()
        ignores = [*ignores, *_ignores_in(current)]
        try:
            entries = sorted(os.scandir(current), key=lambda entry: entry.name)
        except OSError:
            continue
        for entry in entries:
            if entry.is_symlink() or _is_ignored(entry, ignores):
                continue
            if entry.is_dir(follow_symlinks=False):
                if entry.name not in _NEVER_WALKED:
                    pending.append((entry.path, ignores))
            elif entry.is_file(follow_symlinks=False):
                yield entry.path.removeprefix("./")


def _ignores_in(folder: str) -> list[tuple[str, object]]:
    """The patterns of the folder's own `.gitignore`."""
    try:
        with open(os.path.join(folder, ".gitignore"), encoding="utf-8", errors="replace") as file:
            lines = file.read().splitlines()
    except OSError:
        return []
    import pathspec

    return [(folder, pathspec.GitIgnoreSpec.from_lines(lines))]


def _is_ignored(entry: os.DirEntry[str], ignores: list[tuple[str, object]]) -> bool:
    for folder, spec in ignores:
        name = os.path.relpath(entry.path, folder) + ("/" if entry.is_dir(follow_symlinks=False) else "")
        if spec.match_file(name):  # type: ignore[attr-defined]  # pathspec is imported only where it is needed
            return True
    return False
