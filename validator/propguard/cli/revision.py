"""Files as they stood at a revision of git: what `git:REV` and `git:REV:path` on the command line stand for."""

from __future__ import annotations

import os
from typing import NamedTuple

from propguard.errors import SchemaNotFound, UsageError
from propguard.git import GitFailed, Question, commit_of, git, named_git_dir
from propguard.model.text import excerpt, visible
from propguard.schemafile.content import LARGEST_FILE

PREFIX = "git:"


class Revision(NamedTuple):
    """One commit of a repository; `name` is as the user wrote it.

    `root` is the folder of its working tree, None where it has none: then `git_dir` is the repository itself.
    """

    name: str
    commit: str
    root: str | None
    git_dir: str | None = None

    def read(self, path: str) -> bytes:
        """The content of the file at `path` at this revision, cut one byte past the largest that a schema may have.

        Raises SchemaNotFound where there was none, and UsageError where git cannot say or has lost the content.
        """
        inside = self._inside(path)
        here, pathspec = self.root or os.curdir, f":(top,literal){inside}"
        listed = git(here, "ls-tree", "-z", "--full-tree", self.commit, "--", pathspec, git_dir=self.git_dir)
        entry = os.fsdecode(listed).split("\0")[0]
        if not entry:
            raise SchemaNotFound(f"there was no {visible(inside)} at {visible(self.name)}")
        mode, kind, name = entry.partition("\t")[0].split()
        if kind != "blob" or mode == "120000":
            what = {"tree": "a folder", "commit": "a submodule"}.get(kind, "a link")
            raise UsageError(f"{visible(inside)} is {what} at {visible(self.name)}; name the file itself")
        try:
            blob = Question(here, "cat-file", "blob", name, git_dir=self.git_dir)
            return blob.beginning(LARGEST_FILE + 1)
        except GitFailed:
            raise UsageError(
                f"git does not have the content of {visible(inside)} at {visible(self.name)}, though it was there then; fetch it first"
            ) from None

    def _inside(self, path: str) -> str:
        """The path from the top of the repository."""
        inside = os.path.relpath(os.path.realpath(path), self.root) if self.root else os.path.normpath(path)
        if inside.startswith(os.pardir) or os.path.isabs(inside):
            raise SchemaNotFound(
                f"{visible(path)} lies outside the repository {visible(self.root or self.git_dir or '')}, so git has no {visible(self.name)} of it"
            )
        return inside.replace(os.sep, "/")


def parted(told: str) -> tuple[str, str | None]:
    """The revision and the path that `git:REV` or `git:REV:path` names; no revision has a colon in its name."""
    name, colon, path = told.removeprefix(PREFIX).partition(":")
    return name, path if colon and path else None


def revision(name: str, folder: str) -> Revision | None:
    """The revision `name` in the repository that holds `folder`; None for the HEAD of one without commits.

    Raises UsageError where there is no repository, no such revision, or no git.
    """
    git_dir = None
    try:
        root: str | None = os.path.realpath(os.fsdecode(git(folder, "rev-parse", "--show-toplevel")).rstrip("\r\n"))
    except GitFailed as failure:
        git_dir = named_git_dir() if failure.kind in {"none", "bare"} else None
        if git_dir is None:
            raise UsageError(f"{failure}; so there is no {visible(PREFIX + name)}") from None
        root = None
    where = root or os.curdir
    commit = commit_of(name, where, git_dir)
    if commit is not None:
        return Revision(name, commit, root, git_dir)
    if name == "HEAD" and _has_no_commit(where, git_dir):
        return None
    raise UsageError(
        f"git knows no revision `{excerpt(visible(name))}` here; name a commit, a branch or a tag that was fetched"
    )


def _has_no_commit(folder: str, git_dir: str | None) -> bool:
    """Whether the branch that is checked out has no commit yet, which is not the same as one that cannot be read."""
    try:
        branch = git(folder, "symbolic-ref", "HEAD", git_dir=git_dir)
        path = git(folder, "rev-parse", "--git-path", os.fsdecode(branch).strip(), git_dir=git_dir)
    except GitFailed:
        return False
    return not os.path.lexists(os.path.join(folder, os.fsdecode(path).rstrip("\r\n")))
