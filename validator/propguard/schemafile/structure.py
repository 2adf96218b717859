"""Whether a tree has the fields of a property schema, by the JSON Schema of the file format, in our own words."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Any

from jsonschema import Draft7Validator

from propguard.rules.near import nearest
from propguard.rules.schema import schema_missing_field, schema_unknown_field, schema_wrong_type, schema_wrong_value
from propguard.schemafile.nodes import MappingNode, ScalarNode, SequenceNode, plain_value
from propguard.schemafile.places import format_path

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonschema.exceptions import ValidationError

    from propguard.model.finding import Finding, Span
    from propguard.rules.rule import Found, SchemaRule
    from propguard.rules.schema_draft import SchemaPath
    from propguard.schemafile.nodes import Node
    from propguard.schemafile.source import Source

MOST_FAULTS = 1000
"""Faults of one file in its structure, or of one kind, that are reported; nobody reads on."""


@dataclass(frozen=True, slots=True)
class Structure:
    """What is wrong with the fields of one file, and which paths are therefore not to be used, if all are known."""

    findings: tuple[Finding, ...]
    broken: frozenset[SchemaPath]
    is_complete: bool


@dataclass(frozen=True, slots=True)
class _Fault:
    rule: SchemaRule
    found: Found
    path: SchemaPath
    at_key: bool = False
    breaks: SchemaPath | None = None


def examine(source: Source, root: MappingNode) -> Structure:
    """The structural faults of the tree `root`, each once, in no particular order."""
    faults: dict[tuple[str, SchemaPath], _Fault] = {}
    errors = _validator().iter_errors(plain_value(root))
    found = list(islice((fault for error in errors for fault in _faults(error, root)), MOST_FAULTS))
    for fault in found:
        faults.setdefault((fault.rule.id, fault.path), fault)
    misspelt = {fault.breaks for fault in faults.values() if fault.breaks}
    faults = {
        key: fault
        for key, fault in faults.items()
        if fault.rule is not schema_missing_field.RULE or fault.path not in misspelt
    }
    findings = tuple(
        source.finding(fault.rule, fault.found, span_at(root, fault.path, at_key=fault.at_key), property_of(fault.path))
        for fault in faults.values()
    )
    return Structure(
        findings, frozenset({fault.path for fault in faults.values()} | misspelt), len(found) < MOST_FAULTS
    )


@cache
def _validator() -> Draft7Validator:
    with open(format_path(), encoding="utf-8") as file:
        return Draft7Validator(json.load(file), format_checker=Draft7Validator.FORMAT_CHECKER)


def _faults(error: ValidationError, root: MappingNode) -> Iterator[_Fault]:
    path = tuple(error.absolute_path)
    allowed: Any = error.validator_value
    instance: Any = error.instance
    schema: Any = error.schema
    if error.validator == "additionalProperties":
        known: list[str] = list(schema["properties"])
        yield from (_unknown_field(path, name, known) for name in instance if name not in known)
    elif error.validator == "required":
        for name in (name for name in allowed if name not in instance):
            yield _Fault(schema_missing_field.RULE, schema_missing_field.missing(_named(path), name), (*path, name))
    elif error.validator == "anyOf":
        yield from _faults_of_choice(error, root)
    elif error.validator == "type":
        wanted = [allowed] if isinstance(allowed, str) else list(allowed)
        node = node_at(root, path)
        written = node.text if isinstance(node, ScalarNode) else None
        yield _Fault(schema_wrong_type.RULE, schema_wrong_type.field(_named(path), wanted, instance, written), path)
    elif error.validator == "enum" and isinstance(instance, (list, dict)) and "type" in schema:
        return  # its type is reported
    elif error.validator == "enum":
        near = nearest(instance, allowed) if isinstance(instance, str) else None
        yield _Fault(schema_wrong_value.RULE, schema_wrong_value.not_among(_named(path), instance, allowed, near), path)
    elif error.validator in {"pattern", "format"}:
        yield _Fault(schema_wrong_value.RULE, schema_wrong_value.misspelled(_named(path), instance), path)
    else:  # minLength, minItems, minimum
        yield _Fault(schema_wrong_value.RULE, schema_wrong_value.too_small(_named(path), instance, allowed), path)


def _unknown_field(path: SchemaPath, name: str, known: list[str]) -> _Fault:
    near = nearest(name, known)
    found = schema_unknown_field.unknown(_named(path), name, known, near)
    return _Fault(schema_unknown_field.RULE, found, (*path, name), at_key=True, breaks=(*path, near) if near else None)


def _faults_of_choice(error: ValidationError, root: MappingNode) -> Iterator[_Fault]:
    """The faults of that branch of a choice which has the type that was written, else one that names the choice."""
    branches: dict[int, list[ValidationError]] = {}
    for inner in error.context or ():
        branches.setdefault(int(inner.schema_path[0]), []).append(inner)
    for errors in branches.values():
        if all(inner.validator != "type" or len(inner.path) > 0 for inner in errors):
            for inner in errors:
                yield from _faults(inner, root)
            return
    path = tuple(error.absolute_path)
    yield _Fault(schema_wrong_type.RULE, schema_wrong_type.choice(_named(path), error.instance), path)


def _named(path: SchemaPath) -> str:
    """A place in words: `enum` of property `environment`."""
    if not path:
        return "the schema"
    if path[0] == "properties" and len(path) > 1:
        whole = f"property `{path[1]}`"
        return f"{_fields(path[2:])} of {whole}" if len(path) > 2 else whole
    return _fields(path)


def _fields(path: SchemaPath) -> str:
    words = f"`{path[0]}`"
    for step in path[1:]:
        words = f"member {step + 1} of {words}" if isinstance(step, int) else f"`{step}` in {words}"
    return words


def property_of(path: SchemaPath) -> str | None:
    """The name of the property that `path` lies in, null where it lies in none."""
    return str(path[1]) if len(path) > 1 and path[0] == "properties" else None


def node_at(root: Node, path: SchemaPath) -> Node | None:
    """The node at `path`, null where there is none."""
    node: Node | None = root
    for step in path:
        if isinstance(node, MappingNode) and step in node.entries:
            node = node.entries[str(step)][1]
        elif isinstance(node, SequenceNode) and isinstance(step, int) and step < len(node.members):
            node = node.members[step]
        else:
            return None
    return node


def span_at(root: MappingNode, path: SchemaPath, *, at_key: bool = False) -> Span:
    """Where to point for `path`: at a scalar itself, at the key of a collection, or with `at_key` at any key.

    For a path that the file does not hold, the nearest that it does.
    """
    node: Node = root
    span: Span = next((key.span for key, _ in root.entries.values()), root.span)
    for position, step in enumerate(path):
        last = position == len(path) - 1
        if isinstance(node, MappingNode) and step in node.entries:
            key, node = node.entries[str(step)]
            span = node.span if isinstance(node, ScalarNode) and node.text and last and not at_key else key.span
        elif isinstance(node, SequenceNode) and isinstance(step, int) and step < len(node.members):
            node = node.members[step]
            span = node.span
        else:
            break
    return span
