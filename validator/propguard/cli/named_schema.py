"""A schema as a command names it: a file, `git:REV` for another file at a revision, or `git:REV:path`."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from propguard.cli.revision import PREFIX, parted, revision
from propguard.errors import UsageError
from propguard.model.text import visible
from propguard.schemafile import check_schema, load_schema, locate_schema, named_path, schema_with_origins
from propguard.schemafile.content import read_bytes

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from propguard.cli.revision import Revision
    from propguard.model.finding import FilePlace, Finding
    from propguard.model.schema import PropertySchema
    from propguard.rules.schema_draft import SchemaPath
    from propguard.schemafile.origin import Origins


class NamedSchema(NamedTuple):
    """What stands at `path`, and how to read what it extends; `at` is None for the disk, `shown` is as messages name it."""

    path: str
    at: Revision | None
    shown: str

    def content(self) -> bytes:
        return read_bytes(self.path) if self.at is None else self.at.read(self.path)

    def schema(self) -> PropertySchema:
        """The schema alone, which is remembered where it lies on the disk."""
        return load_schema(self.path) if self.at is None else self.located(self.content())[0]

    def located(self, content: bytes) -> tuple[PropertySchema, Callable[[SchemaPath], FilePlace]]:
        return locate_schema(self.path, content, self._fetch, shown=self.shown)

    def findings(self, content: bytes, today: date | None) -> tuple[Finding, ...]:
        return check_schema(self.path, today=today, content=content, fetch=self._fetch)

    def with_origins(self) -> tuple[PropertySchema, Origins]:
        return schema_with_origins(self.path, self.content(), self._fetch)

    @property
    def _fetch(self) -> Callable[[str], bytes] | None:
        return None if self.at is None else self.at.read


def schema_named(told: str, path_of_other: str | None = None) -> NamedSchema | None:
    """What `told` names; a revision alone is that of the file at `path_of_other`. None where HEAD has no commit yet."""
    if not told.startswith(PREFIX):
        return NamedSchema(named_path(told), None, told)
    name, path = parted(told)
    if path is None and path_of_other is None:
        raise UsageError(f"{visible(told)} names no file; write git:{visible(name)}:path/to/properties.yaml")
    inside = path or path_of_other or ""
    folder = os.path.dirname(os.path.abspath(inside))
    while not os.path.isdir(folder):  # it may have been there only then
        folder = os.path.dirname(folder)
    at = revision(name, folder)
    return None if at is None else NamedSchema(inside, at, told if path is not None else f"{told}:{inside}")


def existing_schema(told: str) -> NamedSchema:
    """What `told`, a file or `git:REV:path`, names. Raises UsageError where there is no commit yet."""
    named = schema_named(told)
    if named is None:
        raise UsageError(f"there is nothing at {visible(told)}: the repository has no commit yet")
    return named


def passed_over(told: str) -> str:
    """The sentence for a file of another program that has the name of a schema."""
    return f"{told} is no property schema, as it has no `file_format`, so it is passed over"
