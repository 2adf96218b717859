"""A JSON Schema of records, in the fields of a property schema."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from propguard.errors import UsageError
from propguard.evolve.importing.ecma import from_ecma
from propguard.evolve.importing.json_fields import fields_of
from propguard.evolve.importing.json_keys import keys_of, namespaces_of, style_of
from propguard.evolve.importing.json_text import read_json
from propguard.evolve.importing.json_values import Values
from propguard.evolve.importing.references import References
from propguard.evolve.importing.settling import settled
from propguard.evolve.losses import Loss
from propguard.model.names import Names
from propguard.model.schema import STANDARD_KEY_LENGTH
from propguard.model.stored_key import is_system_key
from propguard.model.text import excerpt, visible
from propguard.rules.judgement import judge_key
from propguard.rules.pattern_language import LONGEST_PATTERN, search
from propguard.rules.schema.schema_key_characters import problem_of
from propguard.schemafile import FILE_FORMAT, from_document

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from propguard.evolve.losses import Effect

_KNOWN = frozenset(
    {"type", "title", "description", "properties", "patternProperties", "additionalProperties", "unevaluatedProperties"}
    | {"propertyNames", "required", "dependentRequired", "dependencies", "if", "then", "else", "maxProperties"}
    | {"$schema", "$id", "id", "$comment", "$defs", "definitions", "$anchor", "examples", "default", "deprecated"}
)
MOST_PATTERNS = 200
"""Patterns of keys, and parts that allow no other keys, of one file; every key is held against each."""

_UNFIT = "keys that no header can carry, that are longer than 100 characters, or that belong to the platform"


@dataclass(slots=True)
class _Record:
    """What the parts of a schema say together of a record.

    `closed_by` holds for each part that allows no other keys the names and patterns of its own, `takes_others` for each that
    does whether their values may be something else than text.
    """

    references: References
    path: str
    properties: dict[str, list[tuple[object, str]]] = field(default_factory=dict)
    patterns: dict[str, list[tuple[object, str]]] = field(default_factory=dict)
    closed_by: set[tuple[frozenset[str], tuple[str, ...]]] = field(default_factory=set)
    required: list[str] = field(default_factory=list)
    requires: dict[str, list[str]] = field(default_factory=dict)
    requires_by_pattern: dict[str, list[str]] = field(default_factory=dict)
    names: list[object] = field(default_factory=list)
    title: str = ""
    description: str = ""
    most: int | None = None
    is_open: bool = True
    takes_others: list[bool] = field(default_factory=list)
    losses: list[Loss] = field(default_factory=list)
    searches: dict[str, Callable[[str], bool] | None] = field(default_factory=dict)

    def finds(self, pattern: str, key: str) -> bool:
        """Whether the pattern of keys, one of the file's, finds something in `key`; none does that RE2 has no words for."""
        if pattern not in self.searches:
            shared = from_ecma(pattern)
            self.searches[pattern] = search(shared) if shared is not None else None
            if shared is None and len(pattern) <= LONGEST_PATTERN:
                self.lose(
                    "patternProperties",
                    "accepts more",
                    f"`{visible(excerpt(pattern))}` says something that RE2 has no words for",
                )
        matches = self.searches[pattern]
        return matches is not None and matches(key)

    def lose(self, word: str, effect: Effect, reason: str, name: str | None = None) -> None:
        self.losses.append(Loss(name, word, effect, reason))


def import_json_schema(text: str, path: str, today: date) -> tuple[dict[str, Any], list[Loss]]:
    """The document of a property schema that says what the JSON Schema `text`, the content of `path`, says of records, and what
    it does not say.

    Raises UsageError for what is no JSON Schema of records.
    """
    root = read_json(text, path)
    record = _Record(References(root, path), path)
    for part in record.references.opened(root, "#"):
        if isinstance(part, str):
            raise UsageError(
                f"{path}: {visible(excerpt(part))} lies outside of the file, and is not followed; give the whole schema"
            )
        _take(record, part)
    return _document(record, today)


def _take(record: _Record, part: dict[str, Any]) -> None:
    kinds = part.get("type", "object")
    if "object" not in (kinds if isinstance(kinds, list) else [kinds]):
        raise UsageError(
            f"{record.path} describes no objects, so it is no JSON Schema of records; is it the right file?"
        )
    record.title = record.title or _text(part.get("title"))
    record.description = record.description or _text(part.get("description"))
    own = _mapping(record, part, "properties")
    patterns = _mapping(record, part, "patternProperties")
    for name, schema in own.items():
        record.properties.setdefault(name, []).append((schema, f"#/properties/{name}"))
    for pattern, schema in patterns.items():
        record.patterns.setdefault(pattern, []).append((schema, f"#/patternProperties/{pattern}"))
    _take_others(record, part, frozenset(own), tuple(patterns))
    if len(record.patterns) > MOST_PATTERNS or len(record.closed_by) > MOST_PATTERNS:
        raise UsageError(
            f"{record.path} describes keys in more than {MOST_PATTERNS} ways, which is no schema of records; is it the right file?"
        )
    if "propertyNames" in part:
        record.names.append(part["propertyNames"])
    _take_requirements(record, part)
    if "maxProperties" in part:
        most = part["maxProperties"]
        if not isinstance(most, int) or isinstance(most, bool) or most < 0:
            raise record.references.wrong("#/maxProperties", "a whole number", most)
        record.most = most if record.most is None else min(record.most, most)
    for word in part:
        if word not in _KNOWN:
            record.lose(word, "accepts more", "a property schema has no word for it")


def _take_requirements(record: _Record, part: dict[str, Any]) -> None:
    record.required += _names(record, part.get("required", []), "#/required")
    for word in ("dependentRequired", "dependencies"):
        for name, needed in _mapping(record, part, word).items():
            if isinstance(needed, list):
                record.requires.setdefault(name, []).extend(_names(record, needed, f"#/{word}/{name}"))
            else:
                record.lose(word, "accepts more", "a property can require others, and no whole schema", name)
    if "if" in part:
        _take_condition(record, part)


def _take_others(record: _Record, part: dict[str, Any], own: frozenset[str], patterns: tuple[str, ...]) -> None:
    """What is said of the keys of which nothing is said by name."""
    for word in ("additionalProperties", "unevaluatedProperties"):
        others = part.get(word, True)
        if word not in part and word.startswith("unevaluated"):
            continue
        if not isinstance(others, bool | dict):
            raise record.references.wrong(f"#/{word}", "an object or a boolean", others)
        if others is False or others == {"not": {}}:
            record.is_open = False
            if word == "additionalProperties":
                record.closed_by.add((own, patterns))
        elif others in (True, {}):
            record.takes_others.append(True)
        elif others == {"type": "string"}:
            record.takes_others.append(False)
        else:
            record.lose(word, "accepts more", "nothing can be said of the values of keys that are not declared")


def _take_condition(record: _Record, part: dict[str, Any]) -> None:
    """That some key of a namespace requires others, as our own export says it; no other condition."""
    try:
        pattern = part["if"]["not"]["propertyNames"]["not"]["pattern"]
        needed = part["then"]["required"]
    except (KeyError, TypeError):
        pattern, needed = None, None
    said = {"if": {"not": {"propertyNames": {"not": {"pattern": pattern}}}}, "then": {"required": needed}}
    if (
        isinstance(pattern, str)
        and isinstance(needed, list)
        and {word: part.get(word) for word in ("if", "then")} == said
        and "else" not in part
    ):
        record.requires_by_pattern.setdefault(pattern, []).extend(_names(record, needed, "#/then/required"))
    else:
        record.lose("if", "accepts more", "a property schema has no conditions")


def _document(record: _Record, today: date) -> tuple[dict[str, Any], list[Loss]]:
    properties, refused = _properties(record)
    namespaces = _namespaces(record, properties, today)
    for name in dict.fromkeys((*record.required, *record.requires)):
        said = _said_of(record, name)
        if name not in properties and name not in refused and (record.is_open or said):
            fields = _declared(record, name, said or [({}, "#")])
            if fields is not None:
                properties[name] = fields
    for name in set(record.required) & set(properties):
        properties[name]["required"] = True
    prefixes = tuple(name[:-1] for name in namespaces.values())
    for name, needed in record.requires.items():
        _require(record, properties, prefixes, name, needed)
    for pattern, needed in record.requires_by_pattern.items():
        _require(record, properties, prefixes, namespaces.get(pattern), needed)
    document = _head(record, properties)
    losses = settled(document)
    for name in dict.fromkeys(record.required):
        if not document["properties"].get(name, {}).get("required"):
            record.lose("required", "accepts more", "it cannot be declared", name)
    record.losses += [*losses, *_still_accepted(document, refused, today)]
    return document, record.losses


def _require(
    record: _Record,
    properties: dict[str, dict[str, Any]],
    prefixes: tuple[str, ...],
    name: str | None,
    needed: list[str],
) -> None:
    known = [key for key in dict.fromkeys(needed) if key in properties or key.startswith(prefixes)]
    if name in properties and known:
        properties[name]["requires"] = known
    if name not in properties or len(known) < len(set(needed)):
        record.lose("requires", "accepts more", "only declared properties can be required, and by such only", name)


def _properties(record: _Record) -> tuple[dict[str, dict[str, Any]], list[str]]:
    """The fields of each property that can be declared, and the keys that are refused whatever their value."""
    properties: dict[str, dict[str, Any]] = {}
    refused: list[str] = []
    for name in record.properties:
        if any(
            name not in own and not any(record.finds(each, name) for each in patterns)
            for own, patterns in record.closed_by
        ):
            refused.append(name)
            continue
        fields = _declared(record, name, _said_of(record, name))
        problem = problem_of(name) or ("a star ends it" if name.endswith("*") else None)
        if fields is None:
            refused.append(name)
        elif problem is not None or is_system_key(name):
            why = f"it cannot be a key: {problem}" if problem is not None else "it belongs to the platform"
            record.lose("properties", "refuses more", why, name)
        else:
            properties[name] = fields
    return properties, refused


def _declared(record: _Record, name: str, schemas: list[tuple[object, str]]) -> dict[str, Any] | None:
    values = Values(name, record.references, schemas[0][1])
    for schema, where in schemas:
        values.where = where
        values.take(schema)
    fields = fields_of(values)
    record.losses += values.losses
    return fields


def _over(today: date) -> dict[str, str]:
    return {"reason": "obsolete", "note": "no key may begin like that", "sunset": today.isoformat()}


def _namespaces(record: _Record, properties: dict[str, dict[str, Any]], today: date) -> dict[str, str]:
    """By pattern the namespaces that could be declared, which are put among `properties`."""
    found, also_alone = namespaces_of(record.patterns, properties, record.properties)
    by_name: dict[str, list[tuple[object, str]]] = {}
    for pattern, schemas in record.patterns.items():
        if pattern in found:
            by_name.setdefault(f"{found[pattern]}*", []).extend(schemas)
        else:
            shown = visible(excerpt(pattern))
            record.lose(
                "patternProperties",
                _undeclared(record),
                f"`{shown}` is no beginning of keys, and others cannot be declared together",
            )
    for pattern in also_alone:
        record.lose("patternProperties", _undeclared(record), "a namespace holds longer keys only", found[pattern])
    for name, schemas in by_name.items():
        fields = _declared(record, name, schemas)
        # No key of it may be written; that a namespace is over is the only way to say so.
        properties[name] = fields if fields is not None else {"deprecated": _over(today)}
    return {pattern: f"{prefix}*" for pattern, prefix in found.items()}


def _undeclared(record: _Record) -> Effect:
    """What becomes of keys that cannot be declared."""
    return "accepts more" if record.is_open else "refuses more"


def _said_of(record: _Record, name: str) -> list[tuple[object, str]]:
    """Every schema that holds of the values of one key: its own, and those of the patterns that find something in it."""
    schemas = list(record.properties.get(name, ()))
    for pattern, others in record.patterns.items():
        if record.finds(pattern, name):
            schemas += others
    return schemas


def _head(record: _Record, properties: dict[str, dict[str, Any]]) -> dict[str, Any]:
    keys = [keys_of(schema) for schema in record.names]
    told = next((each for each in keys if each.naming is not None), None)
    if record.names and (told is None or len(keys) > 1 or not told.is_exact):
        record.lose(
            "propertyNames",
            "accepts more",
            "of what keys look like, only a case style, a length and names that are taken can be said",
        )
        record.lose("propertyNames", "refuses more", "of what keys look like, single exceptions cannot be said")
    is_loose = record.is_open or any(name.endswith("*") for name in properties)
    if record.is_open and all(record.takes_others):
        record.lose("additionalProperties", "refuses more", "what is no text, as values of properties are")
    if is_loose and told is None:
        record.lose("additionalProperties", "refuses more", _UNFIT)
    naming = told.naming if told is not None else "any" if is_loose else style_of(properties)
    document: dict[str, Any] = {
        "file_format": FILE_FORMAT,
        "name": record.title.strip() or "imported",
        "version": "0.1.0",
    }
    if record.description:
        document["description"] = record.description
    if naming != "snake_case":
        document["naming"] = naming
    if record.is_open:
        document["unknown_properties"] = "allow"
    longest = max((len(name) for name in properties), default=0)
    limit = told.key_length if told is not None and told.key_length is not None else max(longest, STANDARD_KEY_LENGTH)
    limits: dict[str, Any] = {"key_length": limit} if limit != STANDARD_KEY_LENGTH else {}
    if record.most is not None:
        record.lose("maxProperties", "accepts more", "too many properties are a warning")
        limits |= {"properties_per_request": record.most} if record.most else {}
    if limits:
        document["limits"] = limits
    if told is not None and told.reserved:
        document["reserved"] = list(told.reserved)
    document["properties"] = properties
    return document


def _still_accepted(document: dict[str, Any], refused: list[str], today: date) -> list[Loss]:
    """Reserve what the schema refuses and the document would not; tell of keys of which that cannot be said."""
    schema = from_document(document)
    names = Names(schema, "api")
    accepted = [key for key in refused if judge_key(schema, names, key, today) is None]
    taken = {name.lower() for name in schema.properties}
    reserved = [key for key in accepted if key.lower() not in taken and problem_of(key) is None]
    if reserved:
        document["reserved"] = list(dict.fromkeys([*document.get("reserved", []), *reserved]))
        document["properties"] = document.pop("properties")  # which stand last
    return [
        Loss(key, "properties", "refuses more", "it is reserved now, in whatever case it is written")
        for key in reserved
    ] + [
        Loss(
            key,
            "properties",
            "accepts more",
            "that a key may not be written can be said of names only, in whatever case",
        )
        for key in accepted
        if key not in reserved
    ]


def _mapping(record: _Record, part: dict[str, Any], word: str) -> dict[str, Any]:
    found = part.get(word, {})
    if not isinstance(found, dict):
        raise record.references.wrong(f"#/{word}", "an object", found)
    return found


def _names(record: _Record, found: object, where: str) -> list[str]:
    if not isinstance(found, list) or not all(isinstance(name, str) for name in found):
        raise record.references.wrong(where, "a list of keys", found)
    return found


def _text(found: object) -> str:
    return found if isinstance(found, str) else ""
