"""Property schema files: YAML text to `PropertySchema`, with everything that is wrong with it and where.

Nothing heavy is imported before a file must really be read: a schema that was read before is remembered.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from propguard.errors import PropguardError, SchemaInvalid, UsageError
from propguard.schemafile.content import read_bytes
from propguard.schemafile.document import FILE_FORMAT, as_document, from_document
from propguard.schemafile.memory import recall, remember
from propguard.schemafile.places import find_schema, is_schema_file, looks_like_schema, named_path, standard_schema_path

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from propguard.model.finding import FilePlace, Finding
    from propguard.model.schema import PropertySchema
    from propguard.rules.schema_draft import SchemaPath
    from propguard.schemafile.origin import Origins
    from propguard.schemafile.writing import Comments

__all__ = [
    "FILE_FORMAT",
    "as_commented_yaml",
    "as_document",
    "as_yaml",
    "check_schema",
    "document_faults",
    "files_of_schema",
    "find_schema",
    "from_document",
    "is_schema_file",
    "load_schema",
    "locate_schema",
    "looks_like_schema",
    "named_path",
    "read_yaml",
    "schema_with_origins",
    "standard_schema_path",
]

_remember = remember


def load_schema(path: str | os.PathLike[str], *, remember: bool = True) -> PropertySchema:
    """The property schema in the file at `path` with everything it extends folded in.

    With `remember`, a schema without errors is kept in the user's cache folder, and read from there next time.
    Raises SchemaInvalid with all errors, SchemaNotFound where there is no file, UsageError where it is no readable file.
    """
    name = _name(path)
    content = read_bytes(name)
    if remember:
        remembered = recall(name, content)
        if remembered is not None:
            return remembered

    from propguard.schemafile.examination import examine_file

    examination = examine_file(name, content)
    if examination.errors:
        raise SchemaInvalid(name, examination.errors)
    assert examination.schema is not None
    if remember:
        _remember(name, content, examination.schema, examination.contents)
    return examination.schema


def check_schema(
    path: str | os.PathLike[str],
    *,
    today: date | None = None,
    content: bytes | None = None,
    fetch: Callable[[str], bytes] | None = None,
) -> tuple[Finding, ...]:
    """Everything that is to be said of the file at `path`: errors, warnings and notices, in the order of the file.

    `content` is what stands, or stood, there, None where it is to be read from the disk; `fetch` is as for `locate_schema`.
    Raises SchemaNotFound and UsageError as `load_schema` does, and never for what is in the file.
    """
    from propguard.schemafile.examination import examine_file

    name = _name(path)
    return examine_file(name, read_bytes(name) if content is None else content, today, fetch or read_bytes).findings


def locate_schema(
    path: str, content: bytes, fetch: Callable[[str], bytes] | None = None, *, shown: str | None = None
) -> tuple[PropertySchema, Callable[[SchemaPath], FilePlace]]:
    """The property schema of which `content` is what stands, or stood, at `path`, and where each of its fields is written.

    `fetch` gives the content of the files that it extends by relative paths, null where they are read from the disk.
    Raises SchemaInvalid with all errors, which names the file as `shown`.
    """
    from propguard.model.finding import FilePlace as Place
    from propguard.schemafile.examination import examine_file

    examination = examine_file(path, content, fetch=fetch or read_bytes)
    resolved = examination.resolved
    if examination.errors or resolved is None:
        raise SchemaInvalid(shown or path, examination.errors)

    def place(field: SchemaPath) -> FilePlace:
        source, span = resolved.place(field)
        return Place(source.path, span, source.lines[span.line - 1] if span.line <= len(source.lines) else "")

    return resolved.schema, place


def schema_with_origins(
    path: str | os.PathLike[str], content: bytes | None = None, fetch: Callable[[str], bytes] | None = None
) -> tuple[PropertySchema, Origins]:
    """What `load_schema` gives, and for each field of its document the layer that it was written in.

    `content` and `fetch` are as for `check_schema`. Raises what `load_schema` raises.
    """
    from propguard.schemafile.examination import examine_file
    from propguard.schemafile.origin import origins_of

    name = _name(path)
    examination = examine_file(name, read_bytes(name) if content is None else content, fetch=fetch or read_bytes)
    if examination.errors:
        raise SchemaInvalid(name, examination.errors)
    assert examination.schema is not None
    assert examination.resolved is not None
    return examination.schema, origins_of(examination.resolved, as_document(examination.schema))


def files_of_schema(path: str | os.PathLike[str]) -> frozenset[str]:
    """The paths of the file at `path` and of all that it extends, as far as they can be read."""
    from propguard.schemafile.examination import examine_file

    name = _name(path)
    try:
        return frozenset(examine_file(name, read_bytes(name)).contents)
    except PropguardError:
        return frozenset({os.path.abspath(name)})


def document_faults(document: dict[str, Any]) -> list[tuple[SchemaPath, str]]:
    """What `schema check` would find so wrong with a file that holds `document`, which extends nothing, that it is not to be
    used: where, and why. Raises SchemaInvalid where such a file could not be read at all."""
    from propguard.schemafile.examination import document_faults as find

    return find(document)


def read_yaml(path: str, content: bytes) -> dict[str, Any]:
    """The mapping in `content`, which was read at `path`, as plain values; what the bounds of schema files are is its bound.

    Raises UsageError, with the place, for what is none.
    """
    from propguard.schemafile.nodes import plain_value, read_tree
    from propguard.schemafile.source import Refused, as_source

    try:
        root, repeated = read_tree(as_source(path, content))
    except Refused as refused:
        finding = refused.finding
        raise UsageError(f"{finding.where()}{finding.violation.message}") from None
    for finding in repeated:
        raise UsageError(f"{finding.where()}{finding.violation.message}")
    values: dict[str, Any] = plain_value(root)
    return values


def as_commented_yaml(document: dict[str, Any], comments: Mapping[SchemaPath, Comments]) -> str:
    """A document with the field names of the file format as YAML text, with the comments that belong to its paths."""
    from propguard.schemafile.writing import as_commented_yaml as write

    return write(document, comments)


def as_yaml(schema: PropertySchema) -> str:
    """The resolved schema as the text of a schema file, which reads back as the same schema."""
    from propguard.schemafile.writing import as_yaml as write

    return write(as_document(schema))


def _name(path: str | os.PathLike[str]) -> str:
    """`path` as text, however it was given."""
    return os.fsdecode(path)
