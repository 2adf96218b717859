"""What a schema or a settings file governs: where one is among the files to judge, so is all that code, changed or not."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from propguard.cli.settings import SETTINGS_FILES, from_here
from propguard.errors import SchemaNotFound
from propguard.lint import list_files, repository_of
from propguard.schemafile import files_of_schema, is_schema_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from propguard.cli.schema_source import SchemaSource
    from propguard.cli.settings import SettingsSource
    from propguard.lint import Listing


class Rulers:
    """The schemas and the settings among some files."""

    def __init__(self, paths: Iterable[str], source: SchemaSource, settings: SettingsSource) -> None:
        self._source = source
        self._schemas: dict[str, str] = {}
        self._settings: dict[str, str] = {}
        for path in paths:
            absolute = os.path.abspath(path)
            if os.path.basename(path) in SETTINGS_FILES:
                if settings.of_folder(os.path.dirname(absolute)).path == absolute:
                    self._settings[os.path.join(os.path.dirname(absolute), "")] = path
            elif path.endswith((".yaml", ".yml")) and is_schema_file(path):
                self._schemas[os.path.realpath(path)] = path
        self._by_schema: dict[str, bool] = {}

    def named(self) -> list[str]:
        return [*self._schemas.values(), *self._settings.values()]

    def roots(self) -> list[str]:
        """The folders in which everything that they can govern lies."""
        folders = {os.path.dirname(os.path.abspath(path)) for path in self.named()}
        return sorted({os.path.relpath(repository_of(folder) or _outer(folder)) for folder in folders})

    def govern(self, folder: str) -> bool:
        """Whether the files in a folder are judged by one of them."""
        absolute = os.path.join(os.path.abspath(folder), "")
        if absolute.startswith(tuple(self._settings)):
            return True
        if not self._schemas:
            return False
        try:
            schema = self._source.path_of(os.path.join(absolute, "-"))
        except SchemaNotFound:
            return False
        if schema not in self._by_schema:
            self._by_schema[schema] = any(os.path.realpath(path) in self._schemas for path in files_of_schema(schema))
        return self._by_schema[schema]


def with_governed(listing: Listing, rulers: Rulers, everything: Callable[[list[str]], Listing] = list_files) -> Listing:
    """`listing` and whatever of `everything` below the folders in question is governed by one of its own files."""
    if not rulers.named():
        return listing
    whole = everything(rulers.roots())
    known = set(map(os.path.abspath, listing.paths))
    folders: dict[str, bool] = {}
    more = []
    for path in whole.paths:
        folder = os.path.dirname(path)
        if folder not in folders:
            folders[folder] = rulers.govern(folder)
        if folders[folder] and os.path.abspath(path) not in known:
            more.append(path)
    shown = " and ".join(map(from_here, rulers.named()))
    notice = f"all code that {shown} governs is judged, as {'it is' if len(rulers.named()) == 1 else 'they are'} among the files"
    return whole._replace(
        paths=[*listing.paths, *more],
        named=listing.named,
        notices=(*dict.fromkeys((*listing.notices, *whole.notices)), *([notice] if more else [])),
    )


def _outer(folder: str) -> str:
    """The folder that a schema in `schema/` governs."""
    return os.path.dirname(folder) if os.path.basename(folder) == "schema" else folder
