"""Where what one file defines may be used: in which folder, in which languages, and in which of the files there."""

from __future__ import annotations

import os
import re
from functools import cache
from typing import TYPE_CHECKING

from propguard.lint.content import read_whole
from propguard.lint.read import Reading, read
from propguard.lint.resolution import PACKAGES
from propguard.lint.source import Source
from propguard.lint.wrapper_names import is_distinctive
from propguard.lint.wrappers import Constant, Wrapper

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from propguard.lint.modules import Modules

MANIFESTS = (
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
_FAMILIES = {
    "kotlin": (".kt", ".kts"),
    "php": (".php", ".phtml"),
    "python": (".py", ".pyi", ".pyw", ".ipynb"),
    "ruby": (".rake", ".rb", ".ru"),
    "elixir": (".ex", ".exs"),
    "go": (".go",),
    "javascript": (".js", ".jsx", ".mjs", ".cjs", ".ts", ".tsx", ".mts", ".cts"),
}
_BY_NAME = tuple(suffix for family in ("elixir", "go", "kotlin", "php", "ruby") for suffix in _FAMILIES[family])
"""Suffixes of files in which the name of a function or class of the project means that one, whatever is imported."""

_UNREAD = {
    "elixir": (".eex", ".heex", ".leex"),
    "javascript": (".astro", ".svelte", ".vue"),
    "kotlin": (".groovy", ".java", ".scala"),
    "python": (".pyx",),
    "ruby": (".erb", ".haml", ".jbuilder", ".slim"),
}
"""Suffixes of files in languages that are not read, but which use what those of a family define."""

_UNREAD_BY_NAME = tuple(suffix for family in ("elixir", "kotlin", "ruby") for suffix in _UNREAD[family])

_GENERIC = frozenset({"index", "__init__", "mod", "main", "src"})

_PYTHON_IMPORT = re.compile(
    rb'\n[ \t]*"?(?:from[ \t]+([\w.]+)[ \t]+import\b([^#\n]*)|import[ \t]+([\w.][\w., \t]*)(?=[\r\n\\"]))'
)
"""How Python names the modules that it imports, in a notebook behind a quote; the end of the line before is the fastest
thing to search for."""

_JAVASCRIPT_IMPORT = re.compile(rb"""(?:from|import|require)[\s(]*["'`]([^"'`\n]{1,300})["'`]""")

_FAR_ENOUGH = 1 << 14
"""Bytes within which a file imports what it imports."""

_WORD = re.compile(rb"[\w-]+")


class Scope:
    """The files in which some wrappers and constants may be used: those below a folder, in languages of one family."""

    def __init__(
        self,
        folder: str,
        suffixes: tuple[str, ...],
        wrappers: Sequence[Wrapper],
        constants: Sequence[Constant],
    ) -> None:
        self.folder = folder
        self.suffixes = suffixes
        self._wrappers = wrappers
        self._constants = constants
        self._by_needle: dict[bytes, list[Wrapper | Constant]] = {}
        everything: list[Wrapper | Constant] = [*wrappers, *constants]
        for one in everything:
            self._by_needle.setdefault(_needle(one), []).append(one)
        self._hinted: dict[bytes, set[str]] = {}
        for path in {one.path for one in everything if one.path}:
            for hint in _hints(path, folder):
                self._hinted.setdefault(hint, set()).add(path)

    def covers(self, path: str) -> bool:
        return path.endswith(self.suffixes) and path.startswith(self.folder + os.sep)

    def needles(self) -> list[bytes]:
        """Words of which a file that uses any of them holds one."""
        return sorted(self._by_needle)

    def reading_of(self, path: str, modules: Modules, *, few: bool) -> Reading | None:
        """What the file at `path`, one of `few` or many, holds through them, null where it uses none of them."""
        try:
            return self.read(Source.of_file(path, read_whole(path)), modules, few=few)
        except OSError:
            return None

    def read(self, source: Source, modules: Modules, *, few: bool = True) -> Reading | None:
        """The same of a text of that file."""
        used = self._used(source.data, os.path.abspath(source.path), few=few)
        if not used:
            return None
        wrappers = [one for one in self._wrappers if id(one) in used]
        constants = [one for one in self._constants if id(one) in used]
        return read(source, modules, wrappers, constants)

    def _used(self, data: bytes, own: str, *, few: bool) -> set[int]:
        """Those that the file at `own` names and may mean, as it imports something from where they are defined, if it has to.

        A method may be called of an object that comes from anywhere: in a project of many files only one counts that
        nobody else is likely to have, as each is parsed to see whose it is.
        """
        named = [
            one for needle, some in self._by_needle.items() if _holds(data, needle) for one in some if one.path != own
        ]
        if not named or own.endswith(_BY_NAME):
            return set(map(id, named))
        if own.endswith(_UNREAD_BY_NAME):
            return {id(one) for one in named if is_distinctive(one.name) or _stem(one.path).encode() in data}
        imported = {path for word in _imported(data, own) for path in self._hinted.get(word, ())}

        def is_meant(one: Wrapper | Constant) -> bool:
            if not one.path or one.path in imported:  # one that is declared may come from anywhere
                return True
            if not isinstance(one, Wrapper) or (one.kind != "method" and not one.alias):
                return False
            return few or _is_known_by(data, one)

        return {id(one) for one in named if is_meant(one)}


def scopes(
    root: str,
    wrappers: Iterable[Wrapper],
    constants: Iterable[Constant],
    exists: Callable[[str], bool] = os.path.lexists,
) -> list[Scope]:
    """Where in the project at `root` these may be used; `exists` looks for manifests."""
    grouped: dict[tuple[str, tuple[str, ...]], tuple[list[Wrapper], list[Constant]]] = {}
    folder_of: Callable[[str], str] = cache(lambda folder: _package(folder, root, exists))
    for wrapper in wrappers:
        if suffixes := _family(wrapper.path):
            place = (root if wrapper.is_declared else folder_of(os.path.dirname(wrapper.path))), suffixes
            grouped.setdefault(place, ([], []))[0].append(wrapper)
    for constant in constants:
        if suffixes := _family(constant.path):
            place = folder_of(os.path.dirname(constant.path)), suffixes
            grouped.setdefault(place, ([], []))[1].append(constant)
    return [Scope(folder, suffixes, some, others) for (folder, suffixes), (some, others) in grouped.items()]


def _family(path: str) -> tuple[str, ...]:
    """The suffixes of the files that may use what the file at `path` defines; all, where it is none."""
    families = [family for family, suffixes in _FAMILIES.items() if not path or path.endswith(suffixes)]
    return tuple(suffix for family in families for suffix in (*_FAMILIES[family], *_UNREAD.get(family, ())))


def _package(folder: str, root: str, exists: Callable[[str], bool]) -> str:
    """The outermost folder with a manifest that `folder` lies in: whoever imports from there lies in it, too.

    That of a package which lies in a usual place for several is the folder around all of them.
    """
    inside = os.path.relpath(folder, root)
    current = root
    for part in ("", *([] if inside == os.curdir else inside.split(os.sep))):
        current = os.path.join(current, part) if part else current
        if any(exists(os.path.join(current, name)) for name in MANIFESTS):
            is_one_of_many = current != root and os.path.basename(os.path.dirname(current)) in PACKAGES
            return os.path.dirname(os.path.dirname(current)) if is_one_of_many else current
    return root


def _stem(path: str) -> str:
    stem = os.path.splitext(os.path.basename(path))[0]
    return stem if stem not in _GENERIC else os.path.basename(os.path.dirname(path))


def _needle(one: Wrapper | Constant) -> bytes:
    """The word that a file holds which uses a wrapper or a constant."""
    name = one.alias or one.name
    return (_stem(one.path) if name == "default" else name).encode()


def _holds(data: bytes, word: bytes) -> bool:
    """Whether `word` stands in `data`, and not as a part of another."""
    escaped = re.escape(word)
    return word in data and re.search(rb"%b(?!\w)(?<!\w%b)" % (escaped, escaped), data) is not None


def _hints(path: str, folder: str) -> frozenset[bytes]:
    """The name of a file and those of the folders around it, of which an import that leads there holds one."""
    inside = os.path.splitext(os.path.relpath(path, folder))[0].split(os.sep)
    return frozenset(part.encode() for part in inside if part not in _GENERIC)


def _is_known_by(data: bytes, method: Wrapper) -> bool:
    """Whether a file that calls a method of this name is likely to mean this one: by the name, or that of an option."""
    options = {part for origin in method.template.key.origins() for part in (*origin.path, origin.name)}
    return is_distinctive(method.name) or any(is_distinctive(option) and option.encode() in data for option in options)


def _imported(data: bytes, path: str) -> set[bytes]:
    """The words in the names of the modules that the file at `path` imports, and in the names that it imports."""
    head = b"\n" + data[:_FAR_ENOUGH] + b"\n"
    pattern = _PYTHON_IMPORT if path.endswith(_FAMILIES["python"]) else _JAVASCRIPT_IMPORT
    return {
        word for match in pattern.finditer(head) for group in match.groups() if group for word in _WORD.findall(group)
    }
