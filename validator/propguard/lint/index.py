"""The index of a project: what was read of it, kept for the next run in the user's folder for caches.

Nothing is lost when it is deleted, and where it cannot be written, every run reads the project anew.
"""

from __future__ import annotations

import json
import os
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, NamedTuple

from propguard.files import cache_folder, read_ordinary, write_whole
from propguard.lint.disk import as_kept, is_still_so
from propguard.lint.state import State
from propguard.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from propguard.lint.project import Project, Survey
    from propguard.lint.wrappers import Wrapper

_GENERATION = 6
"""To be raised whenever what is read of a file changes within one version."""

_LARGEST = 1 << 28
"""Bytes of an index that is still read."""

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
        self._state: State | None = None
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
        state = self._state = State(self._project)
        try:
            kept = json.loads(read_ordinary(f"{self._path}.json", _LARGEST))
            if kept["made by"] != self._made_by():
                return None
            is_same = kept["all"] == state.digest() and kept["declared"] == json.loads(json.dumps(self._declared))
            if is_same and state.is_as_in(kept["young"]) and is_still_so(kept["seen"]):
                return _survey(self._project, kept)
            return self._known(state, json.loads(read_ordinary(f"{self._path}.files.json", _LARGEST)))
        except Exception:  # noqa: BLE001  # whatever is wrong with the index, the files themselves are there to be read
            return None

    def remember(self, survey: Survey) -> None:
        """Keep a survey for the next run."""
        if self._state is None:
            return
        kept_state = self._state.kept()
        start = len(self._project.root) + 1
        kept_state["young"] |= {path[start:]: "" for path, one in survey.readings.items() if one.is_cut_short}
        files = {
            "made by": self._made_by(),
            **kept_state,
            "suspects": sorted(survey.suspects),
            "words": sorted(word.decode("utf-8", "surrogateescape") for word in survey.words),
            "mentioning": sorted(survey.mentioning),
        }
        kept = {
            "made by": self._made_by(),
            "all": self._state.digest(),
            "young": kept_state["young"],
            "declared": self._declared,
            "seen": as_kept(survey.seen, set(self._project.paths)),
            "readings": survey.readings,
            "wrappers": survey.wrappers,
            "constants": survey.constants,
        }
        try:
            os.makedirs(os.path.dirname(self._path), exist_ok=True)
            for suffix, document in ((".files.json", files), (".json", kept)):
                text = json.dumps(document, separators=(",", ":"))
                write_whole(self._path + suffix, text.encode("ascii"), lasting=False)
        except (OSError, ValueError):
            return

    def _made_by(self) -> list[object]:
        return [VERSION, _GENERATION, self._project.root]

    def _known(self, state: State, files: Mapping[str, Any]) -> Known:
        unchanged = state.unchanged_since(files)
        start = len(self._project.root) + 1
        return Known(
            frozenset(path for path in self._project.paths if path[start:] in unchanged),
            frozenset(files["suspects"]),
            frozenset(word.encode("utf-8", "surrogateescape") for word in files["words"]),
            frozenset(files["mentioning"]),
        )


def _survey(project: Project, kept: Mapping[str, Any]) -> Survey:
    from propguard.lint.index_format import constant_of, reading_of, wrapper_of
    from propguard.lint.project import Survey

    return Survey(
        project,
        {path: reading_of(reading) for path, reading in kept["readings"].items()},
        tuple(map(wrapper_of, kept["wrappers"])),
        tuple(map(constant_of, kept["constants"])),
    )
