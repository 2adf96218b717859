"""The other modules of a project, as far as an import leads to them: where a name is defined, and what it stands for."""

from __future__ import annotations

import os
from collections import OrderedDict
from typing import TYPE_CHECKING, NamedTuple

from propguard.lint.budget import Budget, TooExpensive
from propguard.lint.disk import Disk
from propguard.lint.imports import WHOLE, Import
from propguard.lint.languages import language_of
from propguard.lint.resolution import Resolution
from propguard.lint.source import Source

if TYPE_CHECKING:
    from tree_sitter import Node

    from propguard.lint.analysis import Analysis

LARGEST = 2 << 20
"""Bytes up to which a module is read for the names in it."""

_KEPT = 24
"""How many modules are kept parsed: memory is bounded by them, not by the project."""

_DEEPEST = 8


class Definition(NamedTuple):
    """Where a name is defined: in the module at `path`, as `name`; `*` for the module as a whole."""

    path: str
    name: str


class Modules:
    """The modules of the project that lies in the folder `root`; `full` are the functions of which enough is known."""

    def __init__(self, root: str, full: frozenset[tuple[str, int]] = frozenset()) -> None:
        self.root = os.path.normpath(root)
        self.full = full
        self.budget = Budget()
        self.disk = Disk(self.root)
        self._resolution = Resolution(self.root, self.disk)
        self._kept: OrderedDict[str, Analysis | None] = OrderedDict()
        self._located: dict[tuple[str, str], str | None] = {}

    def definition(self, importer: str, imported: Import, depth: int = 0) -> Definition | None:
        """Where the name that `importer` imports is defined, through whatever hands it on; null where that is elsewhere."""
        path = self._locate(importer, imported.module)
        if imported.name == WHOLE:
            return None if path is None else Definition(path, WHOLE)
        if path is None:
            return self._submodule(importer, imported)
        return self.exported(path, imported.name, depth) or self._submodule(importer, imported)

    def exported(self, path: str, name: str, depth: int = 0) -> Definition | None:
        """Where the name that the module at `path` exports is defined."""
        if depth > _DEEPEST:
            return None
        analysis = self.analysis(path)
        if analysis is None:
            return None
        imports = analysis.imports
        handed = imports.handed_on(name)
        if isinstance(handed, Import):
            return self.definition(path, handed, depth + 1)
        local = handed or name
        if local in imports.declared():
            return Definition(path, local)
        if name == "default" and imports.handed_on(WHOLE) is None and handed is None:
            return Definition(path, "default")
        imported = imports.of(local)
        if imported is not None:
            return self.definition(path, imported, depth + 1)
        for module in imports.stars():
            found = self.definition(path, Import(module, name), depth + 1)
            if found is not None:
                return found
        return None

    def declared(self, definition: Definition) -> tuple[Analysis, Node] | None:
        """The function, class or value that a name is defined as."""
        analysis = self.analysis(definition.path)
        node = None if analysis is None else analysis.imports.declared().get(definition.name)
        return None if analysis is None or node is None else (analysis, node)

    def analysis(self, path: str) -> Analysis | None:
        """The module at `path`, null where it cannot be read."""
        if path in self._kept:
            self._kept.move_to_end(path)
            return self._kept[path]
        found = self._kept[path] = self._analysed(path)
        if len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        return found

    def _analysed(self, path: str) -> Analysis | None:
        from propguard.lint.analysis import Analysis
        from propguard.lint.languages.grammars import grammar_of
        from propguard.lint.parse import parse

        try:
            source = Source.of_file(path, self.disk.read(path, LARGEST + 1))
            data = source.data
            language = language_of(path, data[:200])
            if language in {None, "markdown"} or len(data) > LARGEST or b"\x00" in data[:8192]:
                return None
            self.budget.extend(len(data))
            return Analysis(parse(source, grammar_of(str(language)), self.budget), self)
        except (OSError, TooExpensive):
            return None

    def _submodule(self, importer: str, imported: Import) -> Definition | None:
        """`from package import module`."""
        dot = "" if imported.module.endswith(".") else "."
        path = self._locate(importer, f"{imported.module}{dot}{imported.name}") if "/" not in imported.module else None
        return None if path is None else Definition(path, WHOLE)

    def _locate(self, importer: str, module: str) -> str | None:
        key = (os.path.dirname(importer), module)
        if key not in self._located:
            found = self._resolution.locate(importer, module)
            self._located[key] = None if found is None else os.path.normpath(found)
        return self._located[key]
