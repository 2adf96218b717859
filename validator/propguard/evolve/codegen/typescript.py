"""A property schema as a TypeScript module: keys, closed sets as union types, and builders of headers and records.

The module needs no package and no newer library than that of ES5. An object has the declared names as they are, so that
hardly one of them has to be changed; of a namespace, the star is part of its name.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from propguard.evolve.codegen import typescript_runtime as runtime
from propguard.evolve.codegen.outline import entries, namespace_rules
from propguard.evolve.codegen.typescript_checks import typescript_checks
from propguard.evolve.codegen.typescript_syntax import (
    WIDTH,
    bracketed,
    comment,
    documentation,
    member,
    own_member,
    quoted,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from propguard.evolve.codegen.outline import Entry, NamespaceRules
    from propguard.model.schema import PropertySchema

_TYPES = frozenset(
    (
        *(
            "Array",
            "Boolean",
            "Date",
            "Error",
            "Function",
            "Infinity",
            "JSON",
            "KEYS",
            "Math",
            "NaN",
            "Number",
            "Object",
            "Options",
        ),
        *("Partial", "Promise", "Properties", "RangeError", "Readonly", "Record", "RegExp", "Rule", "String", "Symbol"),
    )
)
"""Names of the language and of the module itself, which no closed set can have."""

_OF_EVERY_OBJECT = frozenset(
    ("constructor", "hasOwnProperty", "isPrototypeOf", "propertyIsEnumerable", "toLocaleString", "toString", "valueOf")
)
"""Members of every object: where a type has one of another type, or none, nothing could be of that type."""

_PARAMETERS = {"boolean": "boolean", "integer": "number", "number": "number", "date-time": "Date"}
_CONVERSIONS = {"boolean": "boolean", "integer": "integer", "number": "number", "date-time": "time"}


def typescript_module(schema: PropertySchema) -> str:
    """The text of the module; the same schema always gives the same text."""
    planned = entries(schema, (), _TYPES)
    names = _member_names(schema)
    rules = namespace_rules(schema)
    made_from = f"Made by `propguard schema codegen typescript` from {schema.name} {schema.version}; do not edit."
    about = schema.description or f"The properties of {schema.name}."
    blocks = [
        f"{comment(made_from)}\n",
        _keys(planned, names, about),
        *_closed_sets(planned),
        _properties(planned, names, schema.limits.value_length),
        *_functions(schema, planned, names, rules),
        *typescript_checks(planned, names, schema.limits.value_length),
    ]
    return "\n".join(blocks)


def _member_names(schema: PropertySchema) -> dict[str, str]:
    """What each property is called in an object: as it is declared, but for an underscore behind what every object has."""
    names = {}
    for name in schema.properties:
        names[name] = name
        while names[name] in _OF_EVERY_OBJECT or (names[name] != name and names[name] in schema.properties):
            names[name] += "_"
    return names


def _keys(planned: Sequence[Entry], names: Mapping[str, str], about: str) -> str:
    lines = [documentation([about, "Keys as they are stored; of a namespace, what its keys begin with."], 0)]
    lines += ["export const KEYS = {"]
    for entry in planned:
        reason = entry.deprecation()
        lines += [documentation([], 1, reason)] if reason is not None else []
        lines += [f"  {own_member(names[entry.declared.name])}: {quoted(entry.stem)},"]
    return "\n".join([*lines, "} as const;", ""])


def _closed_sets(planned: Sequence[Entry]) -> Iterator[str]:
    """A constant and a type of the same name for each closed set: the constant's members can be struck out."""
    for entry in planned:
        if entry.kind == "closed":
            lines = [
                documentation([f"The values of {entry.declared.name}."], 0),
                f"export const {entry.type_name} = {{",
            ]
            for value in entry.values:
                note = entry.leaving.get(value)
                lines += [documentation([], 1, note)] if note is not None else []
                lines += [f"  {own_member(value)}: {quoted(value)},"]
            lines += ["} as const;"]
            union = f"(typeof {entry.type_name})[keyof typeof {entry.type_name}];"
            line = f"export type {entry.type_name} = {union}"
            lines += [line if len(line) <= WIDTH else f"export type {entry.type_name} =\n  {union}", ""]
            yield "\n".join(lines)


def _properties(planned: Sequence[Entry], names: Mapping[str, str], longest: int) -> str:
    required = [entry.declared.name for entry in planned if entry.declared.required]
    about = ["The properties of one request, or of a part of them."]
    about += [f"Every request must have: {', '.join(required)}."] if required else []
    lines = [documentation(about, 0), "export interface Properties {"]
    for entry in planned:
        lines += [documentation(entry.paragraphs(longest), 1, entry.deprecation())]
        lines += [f"  {member(names[entry.declared.name])}?: {_parameter(entry)} | null | undefined;"]
    lines += ["}", ""]
    leaving = [quoted(names[entry.declared.name]) for entry in planned if entry.deprecation() is not None]
    if leaving:
        lines += [documentation(["Properties, but for those that are deprecated."], 0)]
        lines += ["export type CurrentProperties = Omit<", "  Properties,"]
        lines += [f"  {'| ' if number else ''}{name}" for number, name in enumerate(leaving)]
        lines += [">;", ""]
    return "\n".join(lines)


def _parameter(entry: Entry) -> str:
    one = entry.type_name if entry.kind == "closed" else _PARAMETERS.get(entry.kind, "string")
    one = f"readonly {one}[]" if entry.is_list else one
    return f"{{ readonly [name: string]: {one} | null | undefined }}" if entry.declared.is_namespace else one


def _functions(
    schema: PropertySchema, planned: Sequence[Entry], names: Mapping[str, str], rules: NamespaceRules | None
) -> Iterator[str]:
    """The builders, and what they call."""
    key = runtime.KEY_WITH_DASHES if schema.has_dashed_headers else runtime.KEY
    put = runtime.ONE if rules is None else runtime.ONE_OR_NAMESPACE
    builders = runtime.BUILDERS.replace("@PUT@", put).replace("@KEY@", key)
    leaving = [names[entry.declared.name] for entry in planned if entry.deprecation() is not None]
    why = documentation([], 0, f"Among the properties is one that is: {', '.join(leaving)}. It says why itself.")
    for name in ("propertyRecord", "propertyHeaders"):
        overloads = runtime.OVERLOADS.replace("@NAME@", name).replace("@WHY@", why) if leaving else ""
        builders = builders.replace(f"@OVERLOADS {name}@", overloads)
    yield builders
    yield runtime.PUT
    yield _text_of(planned, names)
    kinds = {entry.kind for entry in planned}
    yield from (text for kind, text in runtime.CONVERSIONS.items() if kind in kinds)
    if kinds - runtime.CONVERSIONS.keys():
        yield runtime.TEXT
    if any(entry.is_list for entry in planned):
        yield runtime.LIST
    if rules is not None:
        yield runtime.INSIDE
        yield bracketed("const TAKEN: readonly string[] = [", [*map(quoted, rules.taken)], "];")
        yield bracketed("const PREFIXES: readonly string[] = [", [*map(quoted, rules.prefixes)], "];")
        yield f"const KEY_LENGTH = {rules.key_length};"
        yield f"const STYLE = /^{re.sub('/', '[/]', rules.style)}$/;\n"


def _text_of(planned: Sequence[Entry], names: Mapping[str, str]) -> str:
    """Which conversion each property takes; a name that is none of them is refused when the program runs."""
    cases: dict[str, list[str]] = {}
    for entry in planned:
        cases.setdefault(_conversion(entry), []).append(names[entry.declared.name])
    lines = ["function textOf(name: string, value: unknown): string | null {", "  switch (name) {"]
    for conversion, members in cases.items():
        lines += [f"    case {quoted(name)}:" for name in members]
        lines += [f"      return {conversion};"]
    lines += ["    default:", "      throw new RangeError(`${JSON.stringify(name)} is no property`);", "  }", "}", ""]
    return "\n".join(lines)


def _conversion(entry: Entry) -> str:
    convert = _CONVERSIONS.get(entry.kind, "text")
    if not entry.is_list:
        return f"{convert}(value)"
    empty = '""' if entry.declared.min_length == 0 else "null"
    return f"list(name, value, {convert}, {quoted(entry.declared.separator)}, {empty})"
