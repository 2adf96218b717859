"""Compiled grammars, imported without what their packages import around them."""

from __future__ import annotations

from importlib import import_module
from importlib.machinery import EXTENSION_SUFFIXES, ExtensionFileLoader, FileFinder, PathFinder
from typing import Any

from tree_sitter import Language


def grammar(package: str, function: str = "language") -> Language:
    """The grammar that `function` of the package `package` gives.

    Only the extension module is loaded: every grammar's `__init__` imports importlib.resources, for queries that are
    not used here, and that takes longer than parsing an ordinary file.
    """
    return Language(getattr(_binding(package), function)())


def _binding(package: str) -> Any:
    found = PathFinder.find_spec(package)
    for folder in (found.submodule_search_locations or ()) if found is not None else ():
        spec = FileFinder(folder, (ExtensionFileLoader, EXTENSION_SUFFIXES)).find_spec("_binding")
        if spec is not None and spec.loader is not None:
            module = spec.loader.create_module(spec)
            if module is not None:
                spec.loader.exec_module(module)
                return module
    return import_module(package)
