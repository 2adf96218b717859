"""Which files differ from a revision: what git says of tracked ones, staged or not, and every untracked one."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from propguard.errors import UsageError
from propguard.lint.git import git
from propguard.model.text import excerpt, visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from propguard.lint.files import Listing

_DIFFERENCE = ("diff", "--name-only", "-z", "--relative", "--no-renames", "--no-ext-diff", "--diff-filter=d")
_UNTRACKED = ("ls-files", "-z", "--others", "--exclude-standard")


def only_changed(listing: Listing, paths: Sequence[str], revision: str) -> Listing:
    """Those files of `listing`, to which `paths` led, that are not as they were in `revision`.

    Raises UsageError where git does not know the revision, or a path lies in no repository.
    """
    folders = dict.fromkeys(os.path.normpath(path if os.path.isdir(path) else os.path.dirname(path)) for path in paths)
    changed = {path for folder in folders for path in _changed_in(folder, revision)}
    return listing._replace(paths=[path for path in listing.paths if path in changed])


def _changed_in(folder: str, revision: str) -> list[str]:
    commit = None
    if revision and not revision.startswith("-"):
        commit = git(folder, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")
    if commit is None:
        if git(folder, "rev-parse", "--git-dir") is None:
            raise UsageError(
                f"{visible(folder)} is in no git repository, so that nothing can be said to have changed there"
            )
        raise UsageError(
            f"git knows no revision `{excerpt(visible(revision))}` here; name a commit, a branch or a tag that was fetched"
        )
    names: list[str] = []
    for answer in (git(folder, *_DIFFERENCE, commit.decode().strip(), "--", "."), git(folder, *_UNTRACKED)):
        if answer is None:
            raise UsageError(f"git cannot say what changed in {visible(folder)} since `{excerpt(visible(revision))}`")
        names += os.fsdecode(answer).split("\0")[:-1]
    return names if folder == os.curdir else [os.path.join(folder, name) for name in names]
