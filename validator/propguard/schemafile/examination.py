"""One schema file, read to the end: the resolved schema and everything that is to be said of the file."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import islice
from typing import TYPE_CHECKING, Any

from propguard.errors import SchemaInvalid
from propguard.model.finding import FilePlace, Severity
from propguard.model.schema import PropertySchema
from propguard.rules.schema import checks_of
from propguard.rules.schema_draft import SchemaDraft
from propguard.schemafile.content import read_bytes
from propguard.schemafile.layers import Reading
from propguard.schemafile.places import format_path
from propguard.schemafile.resolving import resolve_layers
from propguard.schemafile.structure import MOST_FAULTS, property_of
from propguard.schemafile.writing import as_yaml

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from propguard.model.finding import Finding
    from propguard.rules.schema_draft import SchemaPath
    from propguard.schemafile.layers import Fetch
    from propguard.schemafile.resolving import Resolved


@dataclass(frozen=True, slots=True)
class Examination:
    """`schema` is null where the file cannot be used at all; with errors among `findings` it is not to be used either.

    `contents` are the bytes of every file that had a say, by absolute path. `resolved` knows where each field was written;
    null where `schema` is.
    """

    schema: PropertySchema | None
    findings: tuple[Finding, ...]
    contents: Mapping[str, bytes]
    resolved: Resolved | None = None

    @property
    def errors(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.violation.severity is Severity.ERROR)


def examine_file(path: str, content: bytes, today: date | None = None, fetch: Fetch = read_bytes) -> Examination:
    """Everything that is wrong with the schema of which `content` was read at `path`, in the order of the file.

    `fetch` gives the content of what it extends by a relative path. Findings about what the file extends come after its own. Notices about files that it extends are left to those.
    """
    reading = Reading(fetch)
    file = reading.read(path, content)
    if file is None:
        return Examination(None, tuple(reading.findings), reading.contents)
    resolved = resolve_layers(file)
    strict = tuple(
        resolve_layers(layer).schema for layer in file.lineage()[:-1] if layer.stated("may_loosen") is not None
    )
    draft = SchemaDraft(
        schema=resolved.schema,
        properties=resolved.properties,
        own=frozenset(name for name, origin in resolved.origins.items() if origin.declared_in is file),
        today=today or datetime.now(UTC).date(),
        strict=tuple(schema for schema in strict if not schema.may_loosen),
        layers={name: resolved.stating(name).name for name in PropertySchema.__dataclass_fields__},
    )
    found: list[Finding] = [*reading.findings, *_semantic(resolved, draft)]
    found.sort(key=_position(path))
    named = resolved.schema.name or None
    contents = {**reading.contents, format_path(): read_bytes(format_path())}
    findings = tuple(replace(finding, schema=named) for finding in found)
    return Examination(resolved.schema, findings, contents, resolved)


def document_faults(document: dict[str, Any]) -> list[tuple[SchemaPath, str]]:
    """What `schema check` would find so wrong with a file that holds `document` that it is not to be used: where, and why.

    For documents that extend nothing. Raises SchemaInvalid where the file could not be read at all.
    """
    reading = Reading()
    file = reading.read("", as_yaml(document).encode())
    if file is None:
        raise SchemaInvalid("what came of it", tuple(reading.findings))
    if file.broken:
        return [
            (path, "it is no such value as the field takes, or no field at all")
            for path in sorted(file.broken, key=str)
        ]
    resolved = resolve_layers(file)
    own = frozenset(resolved.origins)
    draft = SchemaDraft(resolved.schema, resolved.properties, own, datetime.now(UTC).date())
    return [
        (spotted.path, spotted.found.message)
        for rule, find in checks_of(draft)
        for spotted in islice(find(draft), MOST_FAULTS)
        if (spotted.found.severity or rule.severity) is Severity.ERROR
    ]


def _position(path: str) -> Callable[[Finding], tuple[bool, str, int, int]]:
    """The order of findings: those in the file at `path` first, then by file and place."""

    def position(finding: Finding) -> tuple[bool, str, int, int]:
        place = finding.place
        assert isinstance(place, FilePlace)
        return (place.path != path, place.path, place.span.line, place.span.column)

    return position


def _semantic(resolved: Resolved, draft: SchemaDraft) -> list[Finding]:
    findings = []
    for rule, find in checks_of(draft):
        for spotted in islice(find(draft), MOST_FAULTS):
            source, span = resolved.place(spotted.path, at_key=spotted.at_key)
            severity = spotted.found.severity or rule.severity
            name = property_of(spotted.path)
            if source is not resolved.file.source:
                if severity is not Severity.ERROR:
                    continue
                if name in draft.own:  # what was inherited does not agree with what this file says of the same property
                    source, span = resolved.place(("properties", str(name)), at_key=True)
            findings.append(source.finding(rule, spotted.found, span, name))
    return findings
