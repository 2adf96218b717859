"""What is looked at on the disk beside the files that are judged: modules that are imported, manifests, and what was not there.

Each look is noted, so that the next run can tell whether it would see the same; nothing outside one folder is ever read.
"""

from __future__ import annotations

import errno
import os
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from propguard.files import read_ordinary

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping

    Seen = tuple[tuple[str, str | None], ...]
    """Paths, each with what tells its content: empty for one that is there but was not read, None for one that is not."""

_THERE = ""


class Disk:
    """The disk as far as it lies below the folder `root`, links resolved."""

    def __init__(self, root: str) -> None:
        self._root = os.path.join(os.path.realpath(root), "")
        self._new: dict[str, str | None] = {}

    def is_file(self, path: str) -> bool:
        """Whether a file lies at `path`."""
        is_there = os.path.isfile(path) and self._is_inside(path)
        self._new.setdefault(path, _THERE if is_there else None)
        return is_there

    def exists(self, path: str) -> bool:
        """Whether anything lies at `path`."""
        is_there = os.path.lexists(path)
        self._new.setdefault(path, _THERE if is_there else None)
        return is_there

    def read(self, path: str, most: int) -> bytes:
        """The first `most` bytes of the file at `path`. Raises OSError, also for one that lies elsewhere."""
        self._new[path] = _THERE if os.path.lexists(path) else None
        if not self._is_inside(path):
            raise OSError(errno.EACCES, "it lies outside the project", path)
        content = read_ordinary(path, most)
        self._new[path] = digest(content)
        return content

    def take(self) -> Seen:
        """What was looked at since this was last called."""
        taken, self._new = self._new, {}
        return tuple(taken.items())

    def _is_inside(self, path: str) -> bool:
        return os.path.realpath(path).startswith(self._root)


def digest(content: bytes) -> str:
    return blake2b(content, digest_size=16).hexdigest()


def as_kept(seen: Iterable[tuple[str, str | None]], known: Container[str]) -> dict[str, Any] | None:
    """What was seen, but for the files that are `known` otherwise, as plain values; None where it is not so any more.

    Of what was not there, the nearest folder that is, and the name that it does not have.
    """
    there: dict[str, str] = {}
    absent: dict[str, set[str]] = {}
    for path, content in seen:
        if content is not None:
            if path not in known:
                there[path] = content or there.get(path, _THERE)
            continue
        folder, name = os.path.split(os.path.abspath(path))
        while folder not in absent and not os.path.isdir(folder):
            folder, name = os.path.split(folder)
        absent.setdefault(folder, set()).add(name)
    kept = {"there": there, "absent": {folder: sorted(names) for folder, names in absent.items()}}
    return kept if is_still_so(kept) else None


def is_still_so(kept: Mapping[str, Any]) -> bool:
    """Whether all that was seen would be seen again."""
    for path, content in kept["there"].items():
        try:
            if not os.path.lexists(path) or (content and digest(read_ordinary(path)) != content):
                return False
        except OSError:
            return False
    return not any(_names_in(folder).intersection(names) for folder, names in kept["absent"].items())


def _names_in(folder: str) -> frozenset[str]:
    try:
        return frozenset(os.listdir(folder))
    except OSError:
        return frozenset()
