"""Which property schema judges a file: told, configured, or the nearest one."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from propguard.cli.settings import SettingsSource, from_here
from propguard.compilers import Checker
from propguard.errors import SchemaNotFound
from propguard.schemafile import find_schema, load_schema, named_path, standard_schema_path

if TYPE_CHECKING:
    from datetime import date


class SchemaSource:
    """Finds and loads schemas, each once.

    `told` is what the user named, in the order of the contract: `--schema`, then PROPGUARD_SCHEMA. Without it, each
    file is judged by the nearest configuration or schema above it, so that a monorepo may have one per package.
    """

    def __init__(self, told: str | None, *, today: date | None = None, settings: SettingsSource | None = None) -> None:
        self._told = told or os.environ.get("PROPGUARD_SCHEMA") or None
        self._settings = settings or SettingsSource()
        self._today = today
        self._checkers: dict[str, tuple[Checker, str]] = {}
        self._by_folder: dict[str, str] = {}

    def judge_of(self, path: str) -> tuple[Checker, str]:
        """What judges the file at `path`, and how its schema is called in reports.

        Raises SchemaNotFound, SchemaInvalid, or UsageError where the schema cannot be read.
        """
        return self._checker(self.path_of(path))

    def here(self) -> tuple[Checker, str]:
        """What judges what is no file: by the schema nearest to the working directory."""
        return self.judge_of(os.path.join(os.curdir, "-"))

    def path_here(self) -> str:
        """The path of that schema."""
        return self.path_of(os.path.join(os.curdir, "-"))

    def path_of(self, path: str) -> str:
        """The path of the schema that judges the file at `path`. Raises SchemaNotFound."""
        return named_path(self._told) if self._told else self._nearest(path)

    def _checker(self, schema_path: str) -> tuple[Checker, str]:
        found = self._checkers.get(schema_path)
        if found is None:
            found = Checker(load_schema(schema_path), today=self._today), shown(schema_path)
            self._checkers[schema_path] = found
        return found

    def _nearest(self, path: str) -> str:
        folder = os.path.dirname(os.path.abspath(path))
        found = self._by_folder.get(folder)
        if found is None:
            found = self._settings.file_named("schema", folder) or find_schema(folder)
            if found is None:
                raise SchemaNotFound(
                    f"no property schema found in {from_here(folder)} or above it; run `propguard init` to write one, or name one with --schema"
                )
            self._by_folder[folder] = found
        return found


def shown(path: str) -> str:
    """How the schema at `path` is called in reports."""
    return "standard" if path == standard_schema_path() else from_here(path)


def own_properties(path: str) -> set[str]:
    """The properties that the schema at `path` names itself, be they also those of a schema that it extends."""
    from propguard.schemafile import schema_with_origins

    schema, origins = schema_with_origins(path)
    (itself,) = origins["name",]
    return {name for name in schema.properties if origins["properties", name][-1].path == itself.path}
