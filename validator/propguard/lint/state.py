"""What tells the files of a project, as they are now, from the same files after any of them was written.

Where git keeps the project, what it notes of most files tells their content, and takes the place of a look at each file.
A file that git does not know, or not as it is now, counts as unchanged where its size, its times and its number on disk are what
they were; one that was written so shortly before this that its times cannot tell is compared by its content.
"""

from __future__ import annotations

import os
import time
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from propguard.lint.content import read_whole

if TYPE_CHECKING:
    from collections.abc import Mapping

    from propguard.lint.project import Project

_GRAIN = 2_000_000_000
"""Nanoseconds within which two writes may leave a file with the same time."""


class State:
    """The files of a project as they are when this is made; paths are those from its root."""

    def __init__(self, project: Project) -> None:
        self._began = time.time_ns()
        self._root = project.root
        known, start = project.worktree, len(project.root) + 1
        self._known = known if known is not None and known.changed is not None else None
        if known is None or self._known is None:
            paths = [path[start:] for path in project.paths]
        else:
            paths = list(dict.fromkeys([*known.unsure(), *(path[start:] for path in project.beyond)]))
        self._signatures = {path: self._signature(path) for path in paths}

    def digest(self) -> str:
        """What is the same where all files are."""
        text = "\n".join(f"{path}\t{signature}" for path, signature in self._signatures.items())
        digest = blake2b(text.encode("utf-8", "surrogateescape"), digest_size=16)
        if self._known is not None:
            digest.update(self._known.entries)
            digest.update(self._known.notes or b"")
        return digest.hexdigest()

    def young(self) -> dict[str, str]:
        """By their paths the contents of the files whose times do not tell a later write."""
        latest = self._began - _GRAIN
        return {
            path: self._content(path)
            for path, signature in self._signatures.items()
            if signature and max(map(int, signature.split()[1:3])) > latest
        }

    def is_as_in(self, young: Mapping[str, str]) -> bool:
        """Whether the files have the contents that `young` told of them."""
        return all(self._content(path) == content for path, content in young.items())

    def kept(self) -> dict[str, Any]:
        """All that `unchanged_since` asks of it, as plain values."""
        return {"contents": self._contents(), "young": self.young()}

    def unchanged_since(self, kept: Mapping[str, Any]) -> frozenset[str]:
        """The paths of the files that are what they were in the state that was kept."""
        before, young = kept["contents"], kept["young"]
        return frozenset(
            path
            for path, signature in self._contents().items()
            if before.get(path) == signature and (path not in young or self._content(path) == young[path])
        )

    def _contents(self) -> dict[str, str]:
        """What tells the content of each file, by its path."""
        return ({} if self._known is None else self._known.contents()) | self._signatures

    def _signature(self, path: str) -> str:
        """What changes when a file is written: its size, its times, its number; empty where it is gone."""
        try:
            found = os.stat(os.path.join(self._root, path))
        except OSError:
            return ""
        return f"{found.st_size} {found.st_mtime_ns} {found.st_ctime_ns} {found.st_ino}"

    def _content(self, path: str) -> str:
        try:
            return blake2b(read_whole(os.path.join(self._root, path)), digest_size=16).hexdigest()
        except OSError:
            return ""
