"""The index of a project: what was read of it, kept for the next run in the user's folder for caches.

A file counts as unchanged where its size, its times and its number on disk are what they were; one that was written so
shortly before it was read that its time cannot tell is compared by its content. Nothing is lost when the index is deleted,
and where it cannot be written, every run reads the project anew.
"""

from __future__ import annotations

import json
import os
import time
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, NamedTuple

from propguard.files import cache_folder, write_whole
from propguard.lint.content import read_whole
from propguard.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from propguard.lint.project import Project, Survey
    from propguard.lint.wrappers import Wrapper

_GENERATION = 1
"""To be raised whenever what is read of a file changes within one version."""

_GRAIN = 2_000_000_000
"""Nanoseconds within which two writes may leave a file with the same time."""

_SMALLEST = 20
"""Files from which a project is worth an index."""


class Known(NamedTuple):
    """What an earlier run knows: the files that have not changed since, which of those may hold a usage, and which hold any of
    the words that were searched for after that."""

    unchanged: frozenset[str] = frozenset()
    suspects: frozenset[str] = frozenset()
    words: frozenset[bytes] = frozenset()
    mentioning: frozenset[str] = frozenset()


class Index:
    """The index of one project, as it was left by the last run."""

    def __init__(self, project: Project, declared: Sequence[Wrapper]) -> None:
        self._project = project
        self._declared = [list(wrapper) for wrapper in declared]
        self._began = time.time_ns()
        self._signatures: dict[str, str] = {}
        self._kept: dict[str, Any] = {}
        self._is_worth_it = len(project.paths) >= _SMALLEST
        self._path = os.path.join(
            cache_folder(),
            "projects",
            blake2b(project.root.encode("utf-8", "surrogateescape"), digest_size=16).hexdigest(),
        )

    def recall(self) -> Survey | Known | None:
        """The whole survey where nothing has changed since, else what can be spared; null where nothing is known."""
        if not self._is_worth_it:
            return None
        self._signatures = {path: _signature(path) for path in self._project.paths}
        try:
            with open(f"{self._path}.json", "rb") as file:
                kept = json.loads(file.read())
            if kept["made by"] != [VERSION, _GENERATION, self._project.root]:
                return None
            is_same = kept["all"] == self._digest() and kept["declared"] == json.loads(json.dumps(self._declared))
            if is_same and all(_content_digest(path) == digest for path, digest in kept["young"].items()):
                return _survey(self._project, kept)
            with open(f"{self._path}.files.json", "rb") as file:
                return self._known(json.loads(file.read()))
        except Exception:  # noqa: BLE001  # whatever is wrong with the index, the files themselves are there to be read
            return None

    def remember(self, survey: Survey) -> None:
        """Keep a survey for the next run."""
        if not self._is_worth_it:
            return
        young = {path: _content_digest(path) for path in self._young()}
        kept = {
            "made by": [VERSION, _GENERATION, self._project.root],
            "all": self._digest(),
            "young": young,
            "declared": self._declared,
            "readings": survey.readings,
            "wrappers": survey.wrappers,
            "constants": survey.constants,
        }
        files = {
            "made by": kept["made by"],
            "paths": "\n".join(self._relative()),
            "signatures": "\n".join(self._signatures.values()),
            "young": young,
            "suspects": sorted(survey.suspects),
            "words": sorted(word.decode("utf-8", "surrogateescape") for word in survey.words),
            "mentioning": sorted(survey.mentioning),
        }
        try:
            os.makedirs(os.path.dirname(self._path), exist_ok=True)
            for suffix, document in ((".files.json", files), (".json", kept)):
                text = json.dumps(document, separators=(",", ":"))
                write_whole(self._path + suffix, text.encode("ascii"), lasting=False)
        except (OSError, ValueError):
            return

    def _known(self, files: Mapping[str, Any]) -> Known:
        young = files["young"]
        before = dict(zip(files["paths"].split("\n"), files["signatures"].split("\n"), strict=True))
        unchanged = frozenset(
            path
            for path, relative in zip(self._signatures, self._relative(), strict=True)
            if before.get(relative) == self._signatures[path]
            and (path not in young or _content_digest(path) == young[path])
        )
        return Known(
            unchanged,
            frozenset(files["suspects"]),
            frozenset(word.encode("utf-8", "surrogateescape") for word in files["words"]),
            frozenset(files["mentioning"]),
        )

    def _digest(self) -> str:
        """What tells this state of all files from any other."""
        text = "\n".join(f"{path}\t{signature}" for path, signature in self._signatures.items())
        return blake2b(text.encode("utf-8", "surrogateescape"), digest_size=16).hexdigest()

    def _relative(self) -> list[str]:
        """The paths from the root of the project; a line feed in one would be two."""
        start = len(self._project.root) + 1
        return [path[start:].replace("\n", "\0") for path in self._signatures]

    def _young(self) -> list[str]:
        """The files that were written so shortly before this run that their times do not tell a later write."""
        latest = self._began - _GRAIN
        return [
            path
            for path, signature in self._signatures.items()
            if signature and max(map(int, signature.split()[1:3])) > latest
        ]


def _survey(project: Project, kept: Mapping[str, Any]) -> Survey:
    from propguard.lint.index_format import constant_of, reading_of, wrapper_of
    from propguard.lint.project import Survey

    return Survey(
        project,
        {path: reading_of(reading) for path, reading in kept["readings"].items()},
        tuple(map(wrapper_of, kept["wrappers"])),
        tuple(map(constant_of, kept["constants"])),
    )


def _signature(path: str) -> str:
    """What changes when a file is written: its size, its times, its number; empty where it is gone."""
    try:
        found = os.stat(path)
    except OSError:
        return ""
    return f"{found.st_size} {found.st_mtime_ns} {found.st_ctime_ns} {found.st_ino}"


def _content_digest(path: str) -> str:
    try:
        return blake2b(read_whole(path), digest_size=16).hexdigest()
    except OSError:
        return ""
