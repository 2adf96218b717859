"""One project as a whole: its files read in rounds, until no wrapper and no constant is left whose users were not looked at."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, NamedTuple

from propguard.lint.content import mentioning, read_whole, suspects
from propguard.lint.languages import language_of
from propguard.lint.modules import Modules
from propguard.lint.read import LARGEST, Reading, read
from propguard.lint.sharing import for_each
from propguard.lint.source import Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from propguard.lint.wrappers import Constant, Wrapper

_MANIFESTS = (
    "package.json",
    "pyproject.toml",
    "setup.py",
    "setup.cfg",
    "requirements.txt",
    "propguard.toml",
    "go.mod",
    "Cargo.toml",
    "composer.json",
    "mix.exs",
    "Gemfile",
)
_MOST_ROUNDS = 7
_FAMILIES = {
    "python": (".py", ".pyi", ".pyw", ".ipynb"),
    "javascript": (".js", ".jsx", ".mjs", ".cjs", ".ts", ".tsx", ".mts", ".cts"),
}
_GENERIC = frozenset({"index", "__init__", "mod", "main", "src"})


class Project(NamedTuple):
    """The files of one project, as paths that can be opened, and the folder in which it lies."""

    root: str
    paths: Sequence[str]


def repository_of(folder: str) -> str | None:
    """The repository that a folder lies in, null where it lies in none."""
    return _around(folder, (".git",))


def package_of(folder: str) -> str | None:
    """The nearest folder around `folder` that holds the manifest of a package, null where there is none."""
    return _around(folder, _MANIFESTS)


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
        for scope in _scopes(self.project, self.wrappers, self.constants):
            if scope.covers(source.path):
                through = scope.read(source, modules)
                whole = whole if through is None else _merged(whole, through)
        return whole


def survey(project: Project) -> Survey:
    """The whole project read, in as many rounds as it takes."""
    found: dict[str, Reading] = {}
    wrappers, constants = _first_round(project, found)
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
    for scope in _scopes(project, wrappers, constants):
        paths = [path for path in project.paths if scope.covers(path)]

        def some(paths: Sequence[str], scope: _Scope = scope) -> list[tuple[int, tuple[str, Reading]]]:
            modules = Modules(project.root)
            return [
                (number, (path, reading))
                for number, path in mentioning(paths, scope.needles())
                if (reading := scope.reading_of(path, modules)) is not None
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
    from propguard.lint.content import read_candidate
    from propguard.lint.files import reason_of

    try:
        data = read_candidate(path, named=named)
    except OSError as error:
        return Reading(problem=f"the file cannot be read: {reason_of(error)}")
    if data is None or not (named or language_of(path, data[:200])):
        return None
    return read(Source(path, data), modules)


class _Scope(NamedTuple):
    """The files in which some wrappers and constants may be used: those below a folder, in languages of one family."""

    folder: str
    suffixes: tuple[str, ...]
    wrappers: tuple[Wrapper, ...]
    constants: tuple[Constant, ...]

    def covers(self, path: str) -> bool:
        return path.endswith(self.suffixes) and f"{os.path.abspath(path)}".startswith(self.folder + os.sep)

    def needles(self) -> list[bytes]:
        """Words of which a file that uses any of them holds one."""
        return sorted({*map(_needle, self.wrappers), *map(_needle, self.constants)})

    def reading_of(self, path: str, modules: Modules) -> Reading | None:
        """What the file at `path` holds through them, null where it uses none of them."""
        try:
            return self.read(Source(path, read_whole(path)), modules)
        except OSError:
            return None

    def read(self, source: Source, modules: Modules) -> Reading | None:
        """The same of a text of that file."""
        data, own = source.data, os.path.abspath(source.path)
        wrappers = [one for one in self.wrappers if one.path != own and _may_use(data, one, self.folder)]
        constants = [one for one in self.constants if one.path != own and _may_use(data, one, self.folder)]
        if (not wrappers and not constants) or len(data) > LARGEST:
            return None
        return read(source, modules, wrappers, constants)


def _scopes(project: Project, wrappers: Iterable[Wrapper], constants: Iterable[Constant]) -> list[_Scope]:
    grouped: dict[tuple[str, tuple[str, ...]], tuple[list[Wrapper], list[Constant]]] = {}
    folders: dict[str, str] = {}
    for wrapper in wrappers:
        suffixes = _family(wrapper.path)
        if suffixes:
            grouped.setdefault((_scope_folder(wrapper.path, project.root, folders), suffixes), ([], []))[0].append(
                wrapper
            )
    for constant in constants:
        suffixes = _family(constant.path)
        if suffixes:
            grouped.setdefault((_scope_folder(constant.path, project.root, folders), suffixes), ([], []))[1].append(
                constant
            )
    return [_Scope(folder, suffixes, tuple(both[0]), tuple(both[1])) for (folder, suffixes), both in grouped.items()]


def _family(path: str) -> tuple[str, ...]:
    return next((suffixes for suffixes in _FAMILIES.values() if path.endswith(suffixes)), ())


def _scope_folder(path: str, root: str, known: dict[str, str]) -> str:
    """The outermost folder with a manifest that a file lies in: whoever imports it lies there, too."""
    folder = os.path.dirname(path)
    found = known.get(folder)
    if found is None:
        inside = os.path.relpath(folder, root)
        current, found = root, root
        for part in ("", *([] if inside == os.curdir else inside.split(os.sep))):
            current = os.path.join(current, part) if part else current
            if any(os.path.lexists(os.path.join(current, name)) for name in _MANIFESTS):
                found = current
                break
        known[folder] = found
    return found


def _stem(path: str) -> str:
    stem = os.path.splitext(os.path.basename(path))[0]
    return stem if stem not in _GENERIC else os.path.basename(os.path.dirname(path))


def _needle(one: Wrapper | Constant) -> bytes:
    """The word that a file holds which uses a wrapper or a constant."""
    if one.alias:
        return one.alias.encode()
    return (_stem(one.path) if one.name == "default" else one.name).encode()


def _may_use(data: bytes, one: Wrapper | Constant, scope: str) -> bool:
    """Whether a file with this content names a wrapper or constant, and what it would have to import it from.

    It may also get an object from elsewhere, and call a method of it that nobody else is likely to have.
    """
    name = _needle(one)
    if re.search(rb"(?<!\w)%b(?!\w)" % re.escape(name), data) is None:
        return False
    if getattr(one, "kind", "") == "method":
        return True
    inside = os.path.splitext(os.path.relpath(one.path, scope))[0].split(os.sep)
    hints = {part.encode() for part in inside if part not in _GENERIC} | {os.path.basename(scope).encode()}
    pattern = rb"(?:from|import|require|export)\b[^;]{0,2000}?\b(?:%b)\b" % b"|".join(map(re.escape, sorted(hints)))
    return re.search(pattern, data) is not None
