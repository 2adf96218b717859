"""Which files are judged: what git knows of a folder, or where there is no git, a walk that honours ignore files."""

from __future__ import annotations

import errno
import os
import stat
from typing import TYPE_CHECKING, NamedTuple

from propguard.errors import UsageError
from propguard.files import require_ordinary
from propguard.git import GitFailed, git
from propguard.lint.ignoring import BadPattern, IgnorePatterns, is_pattern
from propguard.lint.languages import may_be_read
from propguard.lint.worktree import ask_for_worktree
from propguard.model.text import excerpt, visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from propguard.lint.worktree import Worktree

    _Ignores = tuple[tuple[str, IgnorePatterns], ...]
    """The patterns of ignore files, each with its folder, the nearest first."""

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


_LARGEST_IGNORE_FILE = 1 << 20


class Listing(NamedTuple):
    """The files to judge; those that the user named may not be passed over in silence.

    `folder` is the innermost folder in which all of them lie that the user asked for; where that is one of those, `everything`
    is all that lies in it, whatever else is left out of `paths`, and `worktree` what git knows of it. What lies in
    repositories inside it, the folders of `inner`, is listed, too, but belongs to those. `notices` are for the user.
    """

    paths: list[str]
    named: frozenset[str]
    folder: str
    everything: Sequence[str] = ()
    worktree: Worktree | None = None
    inner: Sequence[str] = ()
    notices: Sequence[str] = ()


class _Found(NamedTuple):
    """The files of one folder, and of the repositories inside it."""

    own: list[str]
    worktree: Worktree | None
    inner: dict[str, _Found]

    def files(self) -> Iterator[str]:
        yield from self.own
        for found in self.inner.values():
            yield from found.files()

    def folders(self) -> Iterator[str]:
        for folder, found in self.inner.items():
            yield folder
            yield from found.folders()


def list_files(paths: Sequence[str], meanwhile: Callable[[], object] = lambda: None) -> Listing:
    """The files that `paths` stand for, without repetitions, in the order of the paths and then of the names.

    `meanwhile` is done while git looks. Raises UsageError for a path that does not exist.
    """
    asked: list[tuple[str, Callable[[], Worktree] | None]] = []
    for path in paths:
        try:
            is_folder = stat.S_ISDIR(os.stat(path).st_mode)
        except (OSError, ValueError) as error:
            raise UsageError(f"cannot read {path!r}: {reason_of(error)}") from None
        normal = os.path.normpath(path)
        asked.append((normal, ask_for_worktree(normal) if is_folder else None))
    meanwhile()
    found: dict[str, None] = {}
    folders: dict[str, _Found] = {}
    notices: dict[str, None] = {}
    for path, answer in asked:
        if answer is None:
            found[path] = None
        else:
            below = folders[os.path.abspath(path)] = _files_of(path, answer, notices)
            found.update(dict.fromkeys(sorted(below.files()) if below.inner else below.own))
    folder = os.path.commonpath(
        [*folders, *(os.path.dirname(os.path.abspath(path)) for path, no in asked if no is None)]
    )
    whole = folders.get(folder)
    return Listing(
        list(found),
        frozenset(path for path, answer in asked if answer is None),
        folder,
        () if whole is None else whole.own,
        None if whole is None else whole.worktree,
        tuple(inner for below in folders.values() for inner in below.folders()),
        tuple(notices),
    )


def _files_of(folder: str, answer: Callable[[], Worktree], notices: dict[str, None]) -> _Found:
    """The files below a folder that may be read, as git tells them, else by a walk."""
    known: Worktree | None = None
    try:
        known = _known_to_git(folder, answer())
    except GitFailed as failure:
        if failure.kind not in {"missing", "none"}:
            notices[f"{failure}; the files are found without git"] = None
    if known is None:
        return _Found(sorted(filter(may_be_read, _walked(folder, notices))), None, {})
    inner = {}
    for path in _below(folder, known.repositories()):
        if os.path.lexists(os.path.join(path, ".git")):
            inner[path] = ask_for_worktree(path)
        else:
            notices[f"the submodule {visible(path)} is not checked out, so that nothing in it is read"] = None
    return _Found(
        sorted(filter(may_be_read, _below(folder, known.paths()))),
        known,
        {path: _files_of(path, asked, notices) for path, asked in inner.items()},
    )


def _below(folder: str, names: list[str]) -> list[str]:
    return names if folder == os.curdir else [f"{folder}{os.sep}{name}" for name in names]


def reason_of(error: Exception) -> str:
    """Why a file could not be read, in the words of the system."""
    if isinstance(error, OSError) and error.strerror:
        return error.strerror.lower()
    return str(error)


def _known_to_git(folder: str, answer: Worktree) -> Worktree | None:
    """What git knows of a folder inside a repository; None where the folder itself is ignored: a user who names it wants it read."""
    if answer.entries:
        return answer
    try:
        git(folder, "check-ignore", "--quiet", ".")
    except GitFailed:  # it is not ignored
        return answer
    return None


def _walked(folder: str, notices: dict[str, None]) -> Iterator[str]:
    """Every file below `folder`; links are not followed, and what `.gitignore` files name is left out."""
    pending: list[tuple[str, _Ignores]] = [(folder, ())]
    while pending:
        current, ignores = pending.pop()
        ignores = (*_ignores_in(current, notices), *ignores)
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


def _ignores_in(folder: str, notices: dict[str, None]) -> _Ignores:
    """The patterns of the folder's own `.gitignore`. Raises UsageError where that is no ordinary file."""
    path = os.path.join(folder, ".gitignore")
    try:
        require_ordinary(path)
        with open(path, encoding="utf-8", errors="replace") as file:
            lines = file.read(_LARGEST_IGNORE_FILE).splitlines()
    except OSError as error:
        if error.errno == errno.EINVAL:
            raise UsageError(
                f"{visible(path)} cannot be read: {reason_of(error)}; remove it or put a file there"
            ) from None
        return ()
    try:
        return ((folder, IgnorePatterns(lines)),)
    except BadPattern as bad:
        notices[f"`{excerpt(visible(bad.pattern))}` in {visible(path)} is no pattern, so it is left out"] = None
        return ((folder, IgnorePatterns([line for line in lines if is_pattern(line)])),)


def _is_ignored(entry: os.DirEntry[str], ignores: _Ignores) -> bool:
    """Whether an entry of a folder that is not ignored is; the nearest ignore file that says something of it decides."""
    for folder, patterns in ignores:
        name = os.path.relpath(entry.path, folder) + ("/" if entry.is_dir(follow_symlinks=False) else "")
        verdict = patterns.verdict(name)
        if verdict is not None:
            return verdict
    return False
