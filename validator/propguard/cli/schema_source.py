"""Which property schema judges a file: told, configured, or the nearest one."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from propguard.compilers import Checker
from propguard.errors import SchemaNotFound, UsageError
from propguard.schemafile import find_schema, load_schema, standard_schema_path

if TYPE_CHECKING:
    from datetime import date


class SchemaSource:
    """Finds and loads schemas, each once.

    `told` is what the user named, in the order of the contract: `--schema`, then PROPGUARD_SCHEMA. Without it, each
    file is judged by the nearest configuration or schema above it, so that a monorepo may have one per package.
    """

    def __init__(self, told: str | None, *, today: date | None = None) -> None:
        self._told = told or os.environ.get("PROPGUARD_SCHEMA") or None
        self._today = today
        self._checkers: dict[str, tuple[Checker, str]] = {}
        self._by_folder: dict[str, str] = {}

    def judge_of(self, path: str) -> tuple[Checker, str]:
        """What judges the file at `path`, and how its schema is called in reports.

        Raises SchemaNotFound, SchemaInvalid, or UsageError where the schema cannot be read.
        """
        return self._checker(self._told_path() or self._nearest(path))

    def here(self) -> tuple[Checker, str]:
        """What judges what is no file: by the schema nearest to the working directory."""
        return self.judge_of(os.path.join(os.curdir, "-"))

    def path_here(self) -> str:
        """The path of that schema."""
        return self._told_path() or self._nearest(os.path.join(os.curdir, "-"))

    def _told_path(self) -> str | None:
        if self._told == "standard" and not os.path.exists("standard"):
            return standard_schema_path()
        return self._told

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
            found = _configured(folder) or find_schema(folder)
            if found is None:
                raise SchemaNotFound(
                    f"no property schema found in {shown(folder) or 'this folder'} or above it; run `propguard init` to write one, or name one with --schema"
                )
            self._by_folder[folder] = found
        return found


def shown(path: str) -> str:
    """A path as people know it: from the working directory where it lies below it."""
    if path == standard_schema_path():
        return "standard"
    relative = os.path.relpath(path)
    return os.path.abspath(path) if relative.startswith(os.pardir) else relative


def _configured(folder: str) -> str | None:
    """The schema named by the nearest propguard.toml or `[tool.propguard]` of a pyproject.toml."""
    while True:
        for name in ("propguard.toml", "pyproject.toml"):
            schema = _schema_in(os.path.join(folder, name))
            if schema is not None:
                return os.path.normpath(os.path.join(folder, schema))
        parent = os.path.dirname(folder)
        if parent == folder:
            return None
        folder = parent


def _schema_in(path: str) -> str | None:
    try:
        with open(path, "rb") as file:
            data = file.read(1 << 20)
    except OSError:
        return None
    own = os.path.basename(path) == "propguard.toml"
    if not own and b"tool.propguard" not in data:
        return None
    import tomllib

    try:
        document = tomllib.loads(data.decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{shown(path)} is not valid TOML: {error}") from None
    tool = document.get("tool")
    settings = tool.get("propguard") if isinstance(tool, dict) else None
    if settings is None and own:
        settings = document
    schema = settings.get("schema") if isinstance(settings, dict) else None
    if schema is None:
        return None
    if not isinstance(schema, str) or not schema:
        raise UsageError(f"`schema` of propguard's settings in {shown(path)} must be the path of a property schema")
    return schema
