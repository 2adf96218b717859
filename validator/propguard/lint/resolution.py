"""From the name of a module, as an import writes it, to the file that it is: by what lies on disk, within one project."""

from __future__ import annotations

import json
import os
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from propguard.lint.disk import Disk

    _Paths = tuple[tuple[str, tuple[str, ...]], ...]

_SCRIPTS = (".ts", ".tsx", ".js", ".jsx", ".mts", ".cts", ".mjs", ".cjs")
_MODULES = (".py", ".pyi")
_SOURCES = ("", "src", "app", "lib")
PACKAGES = ("packages", "libs", "apps", "modules", "services", "shared", "internal")
_MOST_PACKAGES = 500
_LARGEST = 1 << 20
_COMMENT = re.compile(r'("(?:[^"\\]|\\.)*")|//[^\n]*|/\*.*?\*/', re.DOTALL)
_COMMA = re.compile(r'("(?:[^"\\]|\\.)*")|,(?=\s*[}\]])', re.DOTALL)


class Resolution:
    """Finds modules below the folder `root`; what is looked at is noted by `disk`."""

    def __init__(self, root: str, disk: Disk) -> None:
        self._root = root
        self._disk = disk
        self._packages: dict[str, dict[str, str]] = {}
        self._paths: dict[str, _Paths] = {}

    def locate(self, importer: str, module: str) -> str | None:
        """The file of `module` as `importer` names it; None where it is none of this project's."""
        if importer.endswith((".py", ".pyi", ".pyw", ".ipynb")):
            candidates = _python(importer, module, self._root)
        else:
            candidates = self._javascript(importer, module)
        return next((path for path in candidates if self._disk.is_file(path)), None)

    def _javascript(self, importer: str, module: str) -> Iterator[str]:
        if module.startswith("."):
            yield from _script(os.path.normpath(os.path.join(os.path.dirname(importer), module)))
            return
        for folder in _ancestors(importer, self._root):
            for pattern, targets in self._paths_of(os.path.join(folder, "tsconfig.json")):
                prefix, star, suffix = pattern.partition("*")
                if module == pattern or (star and module.startswith(prefix) and module.endswith(suffix)):
                    rest = module[len(prefix) : len(module) - len(suffix)] if star else ""
                    for target in targets:
                        yield from _script(os.path.normpath(os.path.join(folder, target.replace("*", rest))))
        alias, slash, rest = module.partition("/")
        bare = rest if slash and alias in {"@", "~", "#", "$lib", "@src", "src", "@app"} else module.lstrip("#~")
        for folder in _ancestors(importer, self._root):
            for source in _SOURCES:
                yield from _script(os.path.join(folder, source, bare))
                if bare != module:
                    yield from _script(os.path.join(folder, source, alias, rest))
        yield from self._in_workspace(importer, module)

    def _in_workspace(self, importer: str, module: str) -> Iterator[str]:
        """The files of a package of the same repository, by the name in its manifest."""
        parts = module.split("/")
        size = 2 if module.startswith("@") else 1
        name, below = "/".join(parts[:size]), parts[size:]
        for folder in _ancestors(importer, self._root):
            package = self._packages_in(folder).get(name)
            if package is None:
                continue
            if below:
                yield from _script(os.path.join(package, "src", *below))
                yield from _script(os.path.join(package, *below))
            else:
                yield from _files(os.path.join(package, "src", "index"), _SCRIPTS, "index")
                yield from _files(os.path.join(package, "index"), _SCRIPTS, "index")
                yield from _files(os.path.join(package, "src", "main"), _SCRIPTS, "index")

    def _packages_in(self, folder: str) -> dict[str, str]:
        """The packages that lie in a folder's usual places, by name."""
        if folder in self._packages:
            return self._packages[folder]
        found = self._packages[folder] = {}
        for place in PACKAGES:
            try:
                entries = sorted(os.scandir(os.path.join(folder, place)), key=lambda entry: entry.name)[:_MOST_PACKAGES]
            except OSError:
                self._disk.exists(os.path.join(folder, place))
                continue
            for entry in entries:
                name = self._json_file(os.path.join(entry.path, "package.json")).get("name")
                if isinstance(name, str):
                    found[name] = entry.path
        return found

    def _paths_of(self, path: str) -> _Paths:
        """The aliases of modules that a tsconfig.json declares."""
        if path in self._paths:
            return self._paths[path]
        options = self._json_file(path).get("compilerOptions")
        paths = options.get("paths") if isinstance(options, dict) else None
        base = options.get("baseUrl") if isinstance(options, dict) else None
        base = base if isinstance(base, str) else "."
        found = self._paths[path] = tuple(
            (pattern, tuple(os.path.join(base, target) for target in targets if isinstance(target, str)))
            for pattern, targets in (paths.items() if isinstance(paths, dict) else ())
            if isinstance(pattern, str) and isinstance(targets, list)
        )
        return found

    def _json_file(self, path: str) -> dict[str, object]:
        """The object in a JSON file, comments and trailing commas left out; an empty one where there is none."""
        try:
            text = self._disk.read(path, _LARGEST).decode("utf-8", "replace")
            text = _COMMA.sub(lambda match: match[1] or "", _COMMENT.sub(lambda match: match[1] or "", text))
            document = json.loads(text)
        except (OSError, ValueError, RecursionError):
            return {}
        return document if isinstance(document, dict) else {}


def _ancestors(path: str, root: str) -> Iterator[str]:
    """The folders that a file lies in, nearest first, up to `root`."""
    folder = os.path.dirname(path)
    for _ in range(40):
        yield folder
        if folder in {root, "", os.sep} or os.path.dirname(folder) == folder:
            return
        folder = os.path.dirname(folder)


def _python(importer: str, module: str, root: str) -> Iterator[str]:
    relative = len(module) - len(module.lstrip("."))
    parts = [part for part in module.split(".") if part]
    if relative:
        base = os.path.dirname(importer)
        for _ in range(relative - 1):
            base = os.path.dirname(base)
        yield from _files(os.path.join(base, *parts), _MODULES, "__init__")
        return
    for folder in _ancestors(importer, root):
        for source in ("", "src", "python", "lib"):
            yield from _files(os.path.join(folder, source, *parts), _MODULES, "__init__")


def _script(base: str) -> Iterator[str]:
    stem, suffix = os.path.splitext(base)
    if suffix in _SCRIPTS:
        yield base
        yield from _files(stem, _SCRIPTS, "index")  # `./x.js` is what TypeScript's modules call x.ts
    yield from _files(base, _SCRIPTS, "index")


def _files(base: str, suffixes: tuple[str, ...], index: str) -> Iterator[str]:
    yield from (base + suffix for suffix in suffixes)
    yield from (os.path.join(base, index + suffix) for suffix in suffixes)
