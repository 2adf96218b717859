"""Files as they stood at a revision of git: what `git:REV` and `git:REV:path` on the command line stand for."""

from __future__ import annotations

import os
import subprocess
from typing import NamedTuple

from propguard.errors import SchemaNotFound, UsageError
from propguard.model.text import visible
from propguard.schemafile.content import LARGEST_FILE

PREFIX = "git:"


class Revision(NamedTuple):
    """One commit of the repository whose working tree is `root`; `name` is as it was asked for."""

    name: str
    commit: str
    root: str

    def read(self, path: str) -> bytes:
        """The content of the file at `path` at this revision, cut one byte past the largest that a schema may have.

        Raises SchemaNotFound where there was none.
        """
        inside = os.path.relpath(os.path.realpath(path), self.root)
        if inside.startswith(os.pardir):
            raise SchemaNotFound(
                f"{visible(path)} lies outside the repository {visible(self.root)}, so git has no {self.name} of it"
            )
        content = _answer(self.root, "cat-file", "blob", f"{self.commit}:{inside.replace(os.sep, '/')}")
        if content is None:
            raise SchemaNotFound(f"there was no {visible(inside)} at {visible(self.name)}")
        return content


def parted(told: str) -> tuple[str, str | None]:
    """The revision and the path that `git:REV` or `git:REV:path` names; no revision has a colon in its name."""
    name, colon, path = told.removeprefix(PREFIX).partition(":")
    return name, path if colon and path else None


def revision(name: str, folder: str) -> Revision | None:
    """The revision `name` in the repository that holds `folder`; null for the HEAD of one without commits.

    Raises UsageError where there is no repository, no such revision, or no git.
    """
    root = _answer(folder, "rev-parse", "--show-toplevel")
    if root is None:
        raise UsageError(
            f"{visible(folder)} is in no git repository, or git is not installed, so there is no {visible(PREFIX + name)}"
        )
    is_name = name and not name.startswith("-")  # what begins so would be an option
    commit = _answer(folder, "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}") if is_name else None
    if commit is None and name == "HEAD":
        return None
    if commit is None:
        raise UsageError(f"git knows no revision `{visible(name)}` here")
    return Revision(name, commit.decode().strip(), os.path.realpath(os.fsdecode(root).rstrip("\r\n")))


def _answer(folder: str, *arguments: str) -> bytes | None:
    """What git answers in `folder`, at most a little more than a schema; null where it fails or there is none."""
    try:
        with subprocess.Popen(
            ["git", "-C", folder or os.curdir, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        ) as process:
            assert process.stdout is not None
            answer = process.stdout.read(LARGEST_FILE + 1)
            is_cut = len(answer) > LARGEST_FILE
            if is_cut:
                process.kill()
    except (OSError, ValueError):
        return None
    return answer if is_cut or process.returncode == 0 else None
