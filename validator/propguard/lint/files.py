"""Which files are judged: what git knows of a folder, or where there is no git, a walk that honours ignore files."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING, NamedTuple

from propguard.errors import UsageError
from propguard.lint.languages import may_be_read

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

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
    is all that lies in it, whatever else is left out of `paths`.
    """

    paths: list[str]
    named: frozenset[str]
    folder: str
    everything: tuple[str, ...] = ()


def list_files(paths: Sequence[str]) -> Listing:
    """The files that `paths` stand for, without repetitions, in the order of the paths and then of the names.

    Raises UsageError for a path that does not exist.
    """
    found: dict[str, None] = {}
    named = set()
    folders = []
    for path in paths:
        try:
            is_folder = stat.S_ISDIR(os.stat(path).st_mode)
        except (OSError, ValueError) as error:
            raise UsageError(f"cannot read {path!r}: {reason_of(error)}") from None
        normal = os.path.normpath(path)
        folders.append(os.path.abspath(normal if is_folder else os.path.dirname(normal)))
        if is_folder:
            found.update(dict.fromkeys(sorted(filter(may_be_read, _in_folder(normal)))))
        else:
            found[normal] = None
            named.add(normal)
    folder = os.path.commonpath(folders)
    is_whole = any(os.path.isdir(path) and os.path.abspath(path) == folder for path in paths)
    return Listing(list(found), frozenset(named), folder, tuple(found) if is_whole else ())


def reason_of(error: Exception) -> str:
    """Why a file could not be read, in the words of the system."""
    if isinstance(error, OSError) and error.strerror:
        return error.strerror.lower()
    return str(error)


def _in_folder(folder: str) -> Iterable[str]:
    listed = _known_to_git(folder)
    return _walked(folder) if listed is None else listed


def _known_to_git(folder: str) -> list[str] | None:
    """Tracked and untracked files of a folder inside a repository, ignored ones left out.

    Null where git cannot tell, or where the folder itself is ignored: whoever names it wants it read.
    """
    listed = git(folder, "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--deduplicate")
    if listed is None or (not listed and git(folder, "check-ignore", "--quiet", ".") is not None):
        return None
    names = os.fsdecode(listed).split("\0")[:-1]
    return names if folder == "." else [f"{folder}{os.sep}{name}" for name in names]


def git(folder: str, *arguments: str) -> bytes | None:
    """What git answers in `folder`; null where it fails or there is none."""
    import subprocess

    try:
        answer = subprocess.run(
            ["git", "-C", folder, *arguments], stdin=subprocess.DEVNULL, capture_output=True, check=False
        )
    except OSError:
        return None
    return answer.stdout if answer.returncode == 0 else None


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
