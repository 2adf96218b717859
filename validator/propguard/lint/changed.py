"""Which files differ from a revision: what git says of tracked ones, staged or not, and every untracked one."""

from __future__ import annotations

import os
from hashlib import new
from typing import TYPE_CHECKING

from propguard.errors import UsageError
from propguard.git import Question, commit_of
from propguard.lint.content import read_whole
from propguard.model.text import excerpt, visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from propguard.lint.files import Listing

_DIFFERENCE = (
    *(
        "diff",
        "--raw",
        "--no-abbrev",
        "-z",
        "--relative",
        "--no-renames",
        "--no-ext-diff",
        "--no-textconv",
        "--diff-filter=d",
    ),
    "--ignore-submodules=all",
)
_UNTRACKED = ("ls-files", "-z", "--others", "--exclude-standard")


def only_changed(listing: Listing, paths: Sequence[str], revision: str) -> Listing:
    """Those files of `listing`, to which `paths` led, that are not as they were in `revision`.

    Raises UsageError where git does not know the revision or does not answer, or a path lies in no repository.
    """
    folders = dict.fromkeys(os.path.normpath(path if os.path.isdir(path) else os.path.dirname(path)) for path in paths)
    changed = {path for folder in folders for path in _changed_in(folder, revision)}
    met = tuple(path for path in changed if path.endswith("/"))  # a repository inside that git has only just met
    kept = [path for path in listing.paths if path in changed or path.startswith(met)]
    left_out = [
        f"what changed in {visible(inner)} is left out, as that is a repository of its own"
        for inner in listing.inner
        if not f"{inner}/".startswith(met)
    ]
    return listing._replace(paths=kept, notices=(*listing.notices, *left_out))


def _changed_in(folder: str, revision: str) -> list[str]:
    commit = commit_of(revision, folder)
    if commit is None:
        raise UsageError(
            f"git knows no revision `{excerpt(visible(revision))}` here; name a commit, a branch or a tag that was fetched"
        )
    different = Question(folder, *_DIFFERENCE, commit, "--", ".", reads_contents=True)
    untracked = Question(folder, *_UNTRACKED)
    told = os.fsdecode(different.answer()).split("\0")
    names = [name for entry, name in zip(told[::2], told[1::2], strict=False) if not _is_same(folder, entry, name)]
    names += os.fsdecode(untracked.answer()).split("\0")[:-1]
    return names if folder == os.curdir else [os.path.join(folder, name) for name in names]


def _is_same(folder: str, entry: str, name: str) -> bool:
    """Whether a file that was written since git looked holds what it held in the revision; git's entry names that by its hash."""
    _, _, before, now, _ = entry.split(" ")
    if now.strip("0"):
        return False
    try:
        content = read_whole(os.path.join(folder, name))
    except OSError:
        return False
    return new("sha1" if len(before) == 40 else "sha256", b"blob %d\0" % len(content) + content).hexdigest() == before
