"""Which files differ from a revision: what git says of tracked ones, staged or not, and every untracked one."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from propguard.errors import UsageError
from propguard.git import Question, commit_of
from propguard.model.text import excerpt, visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from propguard.lint.files import Listing

_DIFFERENCE = (
    *("diff", "--name-only", "-z", "--relative", "--no-renames", "--no-ext-diff", "--no-textconv", "--diff-filter=d"),
    "--ignore-submodules=all",
)
_UNTRACKED = ("ls-files", "-z", "--others", "--exclude-standard")


def only_changed(listing: Listing, paths: Sequence[str], revision: str) -> Listing:
    """Those files of `listing`, to which `paths` led, that are not as they were in `revision`.

    Raises UsageError where git does not know the revision or does not answer, or a path lies in no repository.
    """
    folders = dict.fromkeys(os.path.normpath(path if os.path.isdir(path) else os.path.dirname(path)) for path in paths)
    changed = {path for folder in folders for path in _changed_in(folder, revision)}
    new = tuple(path for path in changed if path.endswith("/"))  # a repository inside that git has only just met
    kept = [path for path in listing.paths if path in changed or path.startswith(new)]
    unknown = [f"{inner}/" for inner in listing.inner if not f"{inner}/".startswith(new)]
    left_out = [
        f"what changed in {visible(inner)} is left out, as that is a repository of its own"
        for inner in unknown
        if not any(path.startswith(inner) for path in kept)
    ]
    return listing._replace(paths=kept, notices=(*listing.notices, *left_out))


def _changed_in(folder: str, revision: str) -> list[str]:
    commit = commit_of(revision, folder)
    if commit is None:
        raise UsageError(
            f"git knows no revision `{excerpt(visible(revision))}` here; name a commit, a branch or a tag that was fetched"
        )
    questions = (
        Question(folder, *_DIFFERENCE, commit, "--", ".", reads_contents=True),
        Question(folder, *_UNTRACKED),
    )
    names = [name for question in questions for name in os.fsdecode(question.answer()).split("\0")[:-1]]
    return names if folder == os.curdir else [os.path.join(folder, name) for name in names]
