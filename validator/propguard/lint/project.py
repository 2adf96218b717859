"""One project as a whole: its files read in rounds, until no wrapper and no constant is left whose users were not looked at."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from propguard.lint.content import mentioning, read_candidate, suspects
from propguard.lint.languages import language_of
from propguard.lint.modules import Modules
from propguard.lint.prefilter import may_hold_usage
from propguard.lint.read import Reading, read
from propguard.lint.scopes import MANIFESTS, Scope, scopes
from propguard.lint.sharing import for_each
from propguard.lint.source import Source

if TYPE_CHECKING:
    from collections.abc import Sequence

    from propguard.lint.wrappers import Constant, Wrapper

_MOST_ROUNDS = 7
_FEW = 3000
"""Files up to which each is parsed that calls any method of a wrapper's name."""


class Project(NamedTuple):
    """The files of one project, as paths that can be opened, and the folder in which it lies."""

    root: str
    paths: Sequence[str]


def repository_of(folder: str) -> str | None:
    """The repository that a folder lies in, null where it lies in none."""
    return _around(folder, (".git",))


def package_of(folder: str) -> str | None:
    """The nearest folder around `folder` that holds the manifest of a package, null where there is none."""
    return _around(folder, MANIFESTS)


def _around(folder: str, names: Sequence[str]) -> str | None:
    """The nearest folder at or above `folder` that holds one of `names`; the user's own folder is no project."""
    current, forbidden = os.path.abspath(folder), {os.path.expanduser("~"), os.path.abspath(os.sep)}
    while current not in forbidden:
        if any(os.path.lexists(os.path.join(current, name)) for name in names):
            return current
        if os.path.dirname(current) == current:
            break
        current = os.path.dirname(current)
    return None


class Survey(NamedTuple):
    """What a project holds: what was read of each file that holds something, and the wrappers and constants found."""

    project: Project
    readings: dict[str, Reading]
    wrappers: tuple[Wrapper, ...]
    constants: tuple[Constant, ...]

    def read_again(self, source: Source) -> Reading:
        """What `source` holds, another text of one of the project's files."""
        modules = Modules(self.project.root)
        whole = read(source, modules)
        for scope in scopes(self.project.root, self.wrappers, self.constants):
            if scope.covers(source.path):
                through = scope.read(source, modules)
                whole = whole if through is None else _merged(whole, through)
        return whole


def survey(project: Project, declared: Sequence[Wrapper] = ()) -> Survey:
    """The whole project read, in as many rounds as it takes; `declared` are wrappers that the user knows of."""
    found: dict[str, Reading] = {}
    wrappers, constants = _first_round(project, found)
    wrappers += declared
    known_wrappers, known_constants = dict(map(_identified, wrappers)), dict.fromkeys(constants)
    for _ in range(_MOST_ROUNDS):
        if not wrappers and not constants:
            break
        wrappers, constants = _next_round(project, found, wrappers, constants)
        wrappers = [one for one in wrappers if _identified(one)[0] not in known_wrappers]
        constants = [one for one in constants if one not in known_constants]
        known_wrappers.update(map(_identified, wrappers))
        known_constants.update(dict.fromkeys(constants))
    return Survey(project, found, tuple(known_wrappers.values()), tuple(known_constants))


def _identified(wrapper: Wrapper) -> tuple[Wrapper, Wrapper]:
    """A wrapper by what tells it from others: not by how far from the header it was met."""
    return wrapper._replace(hops=0), wrapper


def _first_round(project: Project, found: dict[str, Reading]) -> tuple[list[Wrapper], list[Constant]]:
    """Every file read that may hold a header's name or the address of the PUT call."""

    def some(paths: Sequence[str]) -> list[tuple[int, tuple[str, Reading]]]:
        modules = Modules(project.root)
        return [
            (number, (path, reading))
            for number, path in suspects(paths)
            if (reading := reading_of(path, modules)) is not None
        ]

    wrappers: list[Wrapper] = []
    constants: list[Constant] = []
    for path, reading in for_each(project.paths, some):
        found[path] = reading
        wrappers.extend(reading.wrappers)
        constants.extend(reading.constants)
    return wrappers, constants


def _next_round(
    project: Project, found: dict[str, Reading], wrappers: Sequence[Wrapper], constants: Sequence[Constant]
) -> tuple[list[Wrapper], list[Constant]]:
    """Every file read that may use what was found in the last round."""
    new_wrappers: list[Wrapper] = []
    new_constants: list[Constant] = []
    for scope in scopes(project.root, wrappers, constants):
        paths = [path for path in project.paths if scope.covers(path)]
        few = len(paths) <= _FEW

        def some(paths: Sequence[str], scope: Scope = scope, few: bool = few) -> list[tuple[int, tuple[str, Reading]]]:
            modules = Modules(project.root)
            return [
                (number, (path, reading))
                for number, path in mentioning(paths, scope.needles())
                if (reading := scope.reading_of(path, modules, few=few)) is not None
            ]

        for path, reading in for_each(paths, some):
            found[path] = _merged(found.get(path), reading)
            new_wrappers.extend(reading.wrappers)
            new_constants.extend(reading.constants)
    return new_wrappers, new_constants


def _merged(earlier: Reading | None, later: Reading) -> Reading:
    if earlier is None:
        return later
    usages = {(usage.span, usage.stored_key, usage.door): usage for usage in (*later.usages, *earlier.usages)}
    in_order = sorted(usages.values(), key=lambda usage: (usage.span.line, usage.span.column))
    return earlier._replace(
        usages=tuple(in_order), problem=earlier.problem or later.problem, called=(*earlier.called, *later.called)
    )


def reading_of(path: str, modules: Modules | None = None, *, named: bool = False) -> Reading | None:
    """What a file holds; null where it can hold nothing, or is of no kind that is read and was not asked for by name."""
    from propguard.lint.files import reason_of

    try:
        data = read_candidate(path, named=named)
    except OSError as error:
        return Reading(problem=f"the file cannot be read: {reason_of(error)}")
    if data is None or not (named or language_of(path, data[:200])):
        return None
    return read(Source(path, data), modules) if may_hold_usage(data) else Reading()
