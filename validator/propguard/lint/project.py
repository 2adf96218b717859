"""One project as a whole: its files read in rounds, until no wrapper and no constant is left whose users were not looked at."""

from __future__ import annotations

import os
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from propguard.lint.content import Advance, mentioning, read_candidate
from propguard.lint.disk import Disk
from propguard.lint.languages import language_of
from propguard.lint.languages.passed_over import is_passed_over
from propguard.lint.modules import Modules
from propguard.lint.prefilter import NEEDLES, may_hold_usage, of_any_width
from propguard.lint.read import Reading, read
from propguard.lint.scopes import MANIFESTS, Scope, scopes
from propguard.lint.sharing import FEW_FILES, for_each
from propguard.lint.source import Source
from propguard.lint.workers import Work, in_one_worker, in_workers
from propguard.lint.wrappers import full

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from propguard.lint.disk import Seen
    from propguard.lint.index import Known
    from propguard.lint.worktree import Worktree
    from propguard.lint.wrappers import Constant, Wrapper

_MOST_ROUNDS = 7
_FEW = 3000
"""Files up to which each is parsed that calls any method of a wrapper's name."""


def _unseen(*_: int) -> None:
    """Nobody looks at how far the reading is."""


class Project(NamedTuple):
    """The files of one project, as absolute paths, the folder in which it lies, and who is told how far the reading is.

    `worktree` is what git knows of the files, but for those of `beyond`, which were asked for all the same.
    """

    root: str
    paths: Sequence[str]
    advance: Advance = _unseen
    worktree: Worktree | None = None
    beyond: Sequence[str] = ()


@cache
def repository_of(folder: str) -> str | None:
    """The repository that a folder lies in, null where it lies in none; the user's own folder is none."""
    if folder in _no_projects():
        return None
    if os.access(f"{folder}{os.sep}.git", os.F_OK):
        return folder
    above = os.path.dirname(folder)
    return None if above == folder else repository_of(above)


def package_of(folder: str) -> str | None:
    """The nearest folder at or above `folder` that holds the manifest of a package, null where there is none."""
    while folder not in _no_projects():
        if any(os.path.lexists(os.path.join(folder, name)) for name in MANIFESTS):
            return folder
        if os.path.dirname(folder) == folder:
            break
        folder = os.path.dirname(folder)
    return None


@cache
def _no_projects() -> frozenset[str]:
    return frozenset({os.path.expanduser("~"), os.path.abspath(os.sep)})


_NONE = Project("", ())


class Survey(NamedTuple):
    """What a project holds: what was read of each file that holds something, and the wrappers and constants found.

    `suspects` are the files that were looked at closely, `mentioning` those that hold one of the `words` searched for after.
    `seen` is what was looked at on the disk beside the files.
    """

    project: Project
    readings: dict[str, Reading]
    wrappers: tuple[Wrapper, ...]
    constants: tuple[Constant, ...]
    suspects: frozenset[str] = frozenset()
    words: frozenset[bytes] = frozenset()
    mentioning: frozenset[str] = frozenset()
    seen: Seen = ()

    def read_again(self, source: Source) -> Reading:
        """What `source` holds, another text of one of the project's files."""
        modules = Modules(self.project.root, full(self.wrappers))
        whole = read(source, modules)
        for scope in scopes(self.project.root, self.wrappers, self.constants):
            if scope.covers(os.path.abspath(source.path)):
                through = scope.read(source, modules)
                whole = whole if through is None else _merged(whole, through)
        return whole


def survey(project: Project, declared: Sequence[Wrapper] = ()) -> Survey:
    """The whole project read; `declared` are wrappers that the user knows of. What has not changed is taken from its index."""
    from propguard.lint.index import Index, Known

    index = Index(project, declared)
    recalled = index.recall()
    if isinstance(recalled, Survey):
        return recalled
    rounds = _Rounds(project, recalled or Known())
    close = rounds.look()
    _ready(close)
    found = None
    if close and len(project.paths) <= FEW_FILES:  # where there is little to read, one worker does all of it
        found = in_one_worker(lambda: rounds.survey(close, declared)._replace(project=_NONE))
    found = (found or rounds.survey(close, declared))._replace(project=project)
    index.remember(found)
    return found


def _identified(wrapper: Wrapper) -> tuple[Wrapper, Wrapper]:
    """A wrapper by what tells it from others: not by how far from the header it was met."""
    return wrapper._replace(hops=0), wrapper


class _Rounds:
    """Reads a project in as many rounds as it takes, but for the files that are `known` to hold nothing."""

    def __init__(self, project: Project, known: Known) -> None:
        self._project = project
        self._known = known
        self._found: dict[str, Reading] = {}
        self._suspects: set[str] = set()
        self._mentioning: set[str] = set()
        self._words: set[bytes] = set()
        self._seen: dict[str, str | None] = {}
        self._disk = Disk(project.root)

    def survey(self, close: Sequence[str], declared: Sequence[Wrapper]) -> Survey:
        """The whole project, of which the files `close` may hold a header's name or the address of the PUT call."""
        wrappers, constants = self._first(close)
        wrappers += declared
        known_wrappers, known_constants = dict(map(_identified, wrappers)), dict.fromkeys(constants)
        for _ in range(_MOST_ROUNDS):
            if not wrappers and not constants:
                break
            wrappers, constants = self._next(wrappers, constants, full(known_wrappers.values()))
            wrappers = [one for one in wrappers if _identified(one)[0] not in known_wrappers]
            constants = [one for one in constants if one not in known_constants]
            known_wrappers.update(map(_identified, wrappers))
            known_constants.update(dict.fromkeys(constants))
        self._settle_handed({one.path for one in wrappers})
        return Survey(
            self._project,
            self._found,
            tuple(known_wrappers.values()),
            tuple(known_constants),
            frozenset(self._suspects),
            frozenset(self._words),
            frozenset(self._mentioning),
            tuple({**self._seen, **dict(self._disk.take())}.items()),
        )

    def _settle_handed(self, unfollowed: Collection[str]) -> None:
        """A key that a wrapper is handed is judged in its body, too, where nobody calls the wrapper, or the calls of those in
        `unfollowed` files were not looked for."""
        called = {path for reading in self._found.values() for path, _ in reading.called if path not in unfollowed}
        for path, reading in self._found.items():
            if path not in called and any(usage.handed for usage in reading.usages):
                usages = tuple(usage._replace(handed=False) for usage in reading.usages)
                self._found[path] = reading._replace(usages=usages)

    def look(self) -> list[str]:
        """The files that may hold a header's name or the address of the PUT call."""
        known, this = self._known, os.getpid()
        paths = [path for path in self._project.paths if path not in known.unchanged or path in known.suspects]

        def advance(done: int, share: int) -> None:
            if os.getpid() == this:
                self._project.advance(len(paths) * done // (2 * share), len(paths))

        return for_each(paths, lambda some: list(mentioning(some, NEEDLES, advance)))

    def _first(self, close: Sequence[str]) -> tuple[list[Wrapper], list[Constant]]:
        """What `look` has found, read."""
        whole = len(self._project.paths)

        def begin() -> Callable[[str], Reading | None]:
            modules = Modules(self._project.root)
            return lambda path: _noted(reading_of(path, modules), modules)

        def advance(done: int, close: int) -> None:
            self._project.advance(whole * (close + done) // (2 * close), whole)

        return self._kept(close, in_workers(close, Work(begin, _lost), advance), self._suspects)

    def _next(
        self, wrappers: Sequence[Wrapper], constants: Sequence[Constant], full: frozenset[tuple[str, int]]
    ) -> tuple[list[Wrapper], list[Constant]]:
        """Every file read that may use what was found in the last round."""
        asked: list[tuple[Scope, str, bool]] = []
        for scope in scopes(self._project.root, wrappers, constants, self._disk.exists):
            words = scope.needles()
            self._words.update(words)
            covered = [path for path in self._project.paths if scope.covers(path)]
            holding = self._mentioning_one_of(words, self._worth_reading(covered, words))
            asked += [(scope, path, len(covered) <= _FEW) for path in holding]

        def begin() -> Callable[[tuple[Scope, str, bool]], Reading | None]:
            modules = Modules(self._project.root, full)
            return lambda one: _noted(one[0].reading_of(one[1], modules, few=one[2]), modules)

        paths = [path for _, path, _ in asked]
        _ready(paths)
        return self._kept(
            paths, in_workers(asked, Work(begin, lambda one, reason: _lost(one[1], reason))), self._mentioning
        )

    def _mentioning_one_of(self, words: Sequence[bytes], paths: Sequence[str]) -> list[str]:
        return for_each(paths, lambda some: list(mentioning(some, of_any_width(words))))

    def _worth_reading(self, paths: list[str], words: Sequence[bytes]) -> list[str]:
        """Those of `paths` that may hold one of `words`."""
        known = self._known
        if not known.words.issuperset(words):
            return paths
        return [path for path in paths if path not in known.unchanged or path in known.mentioning]

    def _kept(
        self, paths: Sequence[str], readings: Sequence[Reading | None], looked_at: set[str]
    ) -> tuple[list[Wrapper], list[Constant]]:
        """What the files hold that were read in one round."""
        wrappers: list[Wrapper] = []
        constants: list[Constant] = []
        for path, reading in zip(paths, readings, strict=True):
            looked_at.add(path)
            if reading is not None:
                self._seen.update(reading.seen)
                self._found[path] = _merged(self._found.get(path), reading._replace(seen=()))
                wrappers.extend(reading.wrappers)
                constants.extend(reading.constants)
        return wrappers, constants


def _noted(reading: Reading | None, modules: Modules) -> Reading | None:
    """A reading with what was looked at for it."""
    seen = modules.disk.take()
    return (reading or Reading())._replace(seen=seen) if seen else reading


def _lost(_: str, reason: str) -> Reading:
    return Reading(problem=reason, is_cut_short=True)


def _ready(paths: Sequence[str]) -> None:
    """What workers need that read these files is imported here, once for all of them."""
    if not paths:
        return
    import propguard.lint.parts
    import propguard.lint.usages  # noqa: F401
    from propguard.lint.languages.grammars import ready

    ready({language for path in paths if (language := language_of(path, b"")) is not None})


def _merged(earlier: Reading | None, later: Reading) -> Reading:
    if earlier is None:
        return later
    usages = {(usage.span, usage.stored_key, usage.door): usage for usage in (*later.usages, *earlier.usages)}
    in_order = sorted(usages.values(), key=lambda usage: usage.span.order)
    return earlier._replace(
        usages=tuple(in_order),
        problem=earlier.problem or later.problem,
        called=(*earlier.called, *later.called),
        is_cut_short=earlier.is_cut_short or later.is_cut_short,
    )


def reading_of(path: str, modules: Modules | None = None, *, named: bool = False) -> Reading | None:
    """What a file holds; null where it can hold nothing, or is of no kind that is read and was not asked for by name."""
    from propguard.lint.files import reason_of

    try:
        data = read_candidate(path, named=named)
    except OSError as error:
        return Reading(problem=f"the file cannot be read: {reason_of(error)}")
    if data is None or is_passed_over(path):
        return None
    source = Source.of_file(path, data)
    if source.problem is None and not may_hold_usage(source.data):
        return Reading() if named or language_of(path, source.data[:200]) else None
    return read(source, modules)
