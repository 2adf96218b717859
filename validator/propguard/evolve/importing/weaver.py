"""An OpenTelemetry Weaver registry file, in the fields of a property schema.

Both syntaxes are read: `groups:` (`schemas/semconv-syntax.md` of https://github.com/open-telemetry/weaver at 08c60cbf) and
`attributes:` with keys (`schemas/semconv-syntax.v2.md` at 00c68ea3). Under the annotation `propguard`, which the export writes,
stand the fields that Weaver has no words for.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from propguard.errors import UsageError
from propguard.evolve.export.weaver import ANNOTATION, GROUP_PREFIX, NO_DESCRIPTION, SIMPLE_TYPES, STABILITIES
from propguard.evolve.importing.json_keys import style_of
from propguard.evolve.importing.settling import settled
from propguard.evolve.losses import Loss
from propguard.evolve.texts import text_of
from propguard.model.schema import Property
from propguard.model.text import excerpt, visible
from propguard.rules.schema.schema_key_characters import problem_of
from propguard.schemafile import FILE_FORMAT, read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

    from propguard.evolve.losses import Effect

_TOP = ("name", "version", "may_loosen", "naming", "header_separator", "unknown_properties", "limits", "reserved")
_ORDER = [name for name in Property.__dataclass_fields__ if name != "name"]
_TYPES = {theirs: ours for ours, theirs in SIMPLE_TYPES.items()}
_STABILITIES = {theirs: ours for ours, theirs in STABILITIES.items()}
_TEMPLATE = re.compile(r"template\[(.*)\]\Z")
_READ = frozenset(
    {
        "id",
        "key",
        "ref",
        "type",
        "brief",
        "note",
        "stability",
        "examples",
        "requirement_level",
        "deprecated",
        "annotations",
    }
)
_OPEN = (
    "values and attributes that the file does not list: Weaver takes what it lists for what is known, here it is all"
)
_LENGTHS = "empty texts and long ones, unless the property says otherwise"


def import_weaver(text: str, path: str) -> tuple[dict[str, Any], list[Loss]]:
    """The document of a property schema that says what the registry file `text`, the content of `path`, says of its attributes,
    and what it does not say.

    Raises UsageError for what is no registry file.
    """
    root = read_yaml(path, text.encode())
    reading = _Reading(path)
    head = reading.head(root)
    found = list(reading.attributes(root))
    ours = bool(head)
    names = {each["id"]: reading.name_of(each) for each in found}
    properties: dict[str, Any] = {}
    for attribute in found:
        name = reading.name_of(attribute)
        problem = problem_of(name)
        if problem is not None:
            reading.lose(name, "id", "refuses more", f"it cannot be a key: {problem}")
        elif name in properties:
            reading.lose(name, "id", "says less", "it is defined more than once, and the first time counts")
        else:
            fields = reading.fields(attribute, name, names)
            properties[name] = {field: fields[field] for field in (*_ORDER, *fields) if field in fields}
    if not ours:
        reading.lose(None, "attributes", "refuses more", _OPEN)
        reading.lose(None, "attributes", "refuses more", _LENGTHS)
    document = {"file_format": FILE_FORMAT, **_named(root), **head}
    if "naming" not in head and not ours:
        naming = style_of(properties)
        document |= {"naming": naming} if naming != "snake_case" else {}
    document["properties"] = properties
    return document, [*reading.losses, *settled(document)]


def _named(root: dict[str, Any]) -> dict[str, Any]:
    """What the first group is called and is about."""
    groups = root.get("groups")
    first = groups[0] if isinstance(groups, list) and groups and isinstance(groups[0], dict) else {}
    name = text_of(first.get("id")) or "imported"
    said = first.get("brief")
    brief = said.strip() if isinstance(said, str) and not said.startswith(NO_DESCRIPTION) else ""
    return {
        "name": name.removeprefix(GROUP_PREFIX) or name,
        "version": "0.1.0",
        **({"description": brief} if brief else {}),
    }


class _Reading:
    """What came of reading a registry file so far."""

    def __init__(self, path: str) -> None:
        self._path = path
        self.losses: list[Loss] = []

    def lose(self, name: str | None, word: str, effect: Effect, reason: str) -> None:
        self.losses.append(Loss(name, word, effect, reason))

    def wrong(self, where: str, wanted: str) -> UsageError:
        return UsageError(f"{self._path}: {visible(excerpt(where, 100))} is not {wanted}, as Weaver has it; mend it")

    def head(self, root: dict[str, Any]) -> dict[str, Any]:
        """The fields of the schema itself, from the first group that has our annotation."""
        for group in self._list(root, "groups", "the file"):
            said = self._annotation(group, f"group {group.get('id')}")
            if said:
                return {field: said[field] for field in _TOP if field in said}
        return {}

    def attributes(self, root: dict[str, Any]) -> Iterator[dict[str, Any]]:
        """Every attribute that the file defines, with what refers to it in the file laid over it."""
        if "groups" not in root and "attributes" not in root:
            raise UsageError(
                f"{self._path} has neither `groups` nor `attributes`, so it is no registry file of Weaver; is it the right file?"
            )
        for word in root:
            if word not in {"groups", "attributes", "file_format", "version"}:
                self.lose(None, word, "says less", "only attributes can become properties")
        entries = list(self._list(root, "attributes", "the file"))
        for group in self._list(root, "groups", "the file"):
            shown = f"group {group.get('id')}"
            if "extends" in group:
                self.lose(
                    None,
                    "extends",
                    "accepts more",
                    f"what {visible(excerpt(shown))} takes from another group is left out",
                )
            entries += self._list(group, "attributes", shown)
        yield from self._defined(entries)

    def _defined(self, entries: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        defined: dict[str, dict[str, Any]] = {}
        repeated: list[dict[str, Any]] = []
        for entry in entries:
            if "id" not in entry and "key" not in entry:
                continue
            text = text_of(entry.get("id", entry.get("key")))
            if not text:
                raise self.wrong("the id of an attribute", "a text")
            if text in defined:
                repeated.append({**entry, "id": text})
            else:
                defined[text] = {**entry, "id": text}
        for entry in entries:
            if "ref" in entry and "id" not in entry and "key" not in entry:
                self._lay_over(entry, defined)
        yield from (*defined.values(), *repeated)

    def _lay_over(self, entry: dict[str, Any], defined: dict[str, dict[str, Any]]) -> None:
        target = text_of(entry["ref"]) or ""
        if target in defined:
            defined[target] |= {word: value for word, value in entry.items() if word != "ref"}
        else:
            self.lose(
                target or None, "ref", "refuses more", "it is defined in another file, and references are not followed"
            )

    def name_of(self, attribute: dict[str, Any]) -> str:
        name = str(attribute["id"])
        kind = attribute.get("type")
        if not (isinstance(kind, str) and _TEMPLATE.match(kind)):
            return name
        key = self._annotation(attribute, name).get("key")
        return key if isinstance(key, str) and key.endswith("*") else f"{name}.*"

    def fields(self, attribute: dict[str, Any], name: str, names: dict[str, str]) -> dict[str, Any]:
        """The fields of the property that `attribute` becomes; `names` are those of all properties by the ids of theirs."""
        annotation = {word: value for word, value in self._annotation(attribute, name).items() if word != "key"}
        sunset = annotation.pop("sunset", None)
        fields: dict[str, Any] = self._typed(attribute, name)
        told = [
            text.strip() for word in ("brief", "note") if isinstance(text := attribute.get(word), str) and text.strip()
        ]
        if told:
            fields["description"] = "\n\n".join(told)
        fields |= self._lifecycle(attribute, name, names)
        if "deprecated" in fields and sunset is not None:
            fields["deprecated"]["sunset"] = sunset
        fields |= annotation
        if "examples" in attribute and "examples" not in annotation:
            fields |= self._examples(attribute["examples"], name, fields)
        for word in attribute:
            if word not in _READ:
                self.lose(name, word, "says less", "a property schema has no word for it")
        return fields

    def _lifecycle(self, attribute: dict[str, Any], name: str, names: dict[str, str]) -> dict[str, Any]:
        """How stable it is, whether it must be there, and whether it still should."""
        fields: dict[str, Any] = {}
        stability = attribute.get("stability", "stable")
        if not isinstance(stability, str) or stability not in _STABILITIES:
            self.lose(name, "stability", "says less", "all that is not stable is experimental")
        if stability != "stable":
            fields["stability"] = "experimental"
        level = attribute.get("requirement_level", "recommended")
        if level == "required":
            fields["required"] = True
        elif level not in ("recommended", "opt_in"):
            self.lose(name, "requirement_level", "accepts more", "it can be required always or never")
        if "deprecated" in attribute:
            fields["deprecated"] = self._deprecation(attribute["deprecated"], name, names)
        return fields

    def _typed(self, attribute: dict[str, Any], name: str) -> dict[str, Any]:
        kind = attribute.get("type")
        if isinstance(kind, dict):
            return self._members(kind, name)
        if not isinstance(kind, str):
            raise self.wrong(f"the type of {name}", "the name of a type or a mapping with members")
        template = _TEMPLATE.match(kind)
        plain = template[1] if template is not None else kind
        ours = _TYPES.get(plain.removesuffix("[]"))
        if ours is None:
            self.lose(
                name, "type", "says less", f"`{visible(excerpt(kind))}` is text here, as the values of properties are"
            )
            ours = "string"
        if plain.endswith("[]"):
            return {"type": "list"} | ({"items": {"type": ours}} if ours != "string" else {})
        return {"type": ours} if ours != "string" else {}

    def _members(self, kind: dict[str, Any], name: str) -> dict[str, Any]:
        values: list[str] = []
        gone: dict[str, str] = {}
        for member in self._list(kind, "members", name):
            text = text_of(member.get("value"))
            if text is None:
                raise self.wrong(f"a member of {name}", "an entry with a value")
            values.append(text)
            if "deprecated" in member:
                said = member["deprecated"]
                note = said.get("note") or said.get("renamed_to") if isinstance(said, dict) else said
                gone[text] = note if isinstance(note, str) else "deprecated"
        if not values:
            self.lose(name, "type", "accepts more", "it has no members")
            return {}
        closed: dict[str, Any] = {"enum": list(dict.fromkeys(values))}
        return closed | ({"min_length": 0} if "" in values else {}) | ({"deprecated_values": gone} if gone else {})

    def _deprecation(self, said: Any, name: str, names: dict[str, str]) -> dict[str, Any]:
        if isinstance(said, str):
            return {"reason": "obsolete", **({"note": said.strip()} if said.strip() else {})}
        if not isinstance(said, dict):
            raise self.wrong(f"`deprecated` of {name}", "a mapping or a text")
        note, target = said.get("note"), said.get("renamed_to")
        kept = {"note": note.strip()} if isinstance(note, str) and note.strip() else {}
        if said.get("reason") == "renamed" and isinstance(target, str) and names.get(target, target) in names.values():
            return {"reason": "renamed", "renamed_to": names.get(target, target), **kept}
        if said.get("reason") == "renamed":
            self.lose(name, "deprecated", "says less", "what it was renamed to is no attribute of the file")
            return {"reason": "obsolete", **({"note": f"renamed to {text_of(target)}"} | kept)}
        if said.get("reason") != "obsoleted":
            self.lose(name, "deprecated", "says less", "what is not renamed is obsolete")
        return {"reason": "obsolete", **kept}

    def _examples(self, said: Any, name: str, fields: dict[str, Any]) -> dict[str, Any]:
        separator = fields.get("separator", ",")
        examples: list[str] = []
        for each in said if isinstance(said, list) else [said]:
            parts = [text_of(part) for part in (each if isinstance(each, list) else [each])]
            if None in parts or not isinstance(separator, str):
                self.lose(name, "examples", "says less", "examples are texts, numbers, or lists of such")
            else:
                examples.append(separator.join(filter(None, parts)) if len(parts) != 1 else str(parts[0]))
        return {"examples": list(dict.fromkeys(examples))} if examples else {}

    def _annotation(self, holder: dict[str, Any], name: str) -> dict[str, Any]:
        annotations = holder.get("annotations", {})
        if not isinstance(annotations, dict):
            raise self.wrong(f"`annotations` of {name}", "a mapping")
        said = annotations.get(ANNOTATION, {})
        if not isinstance(said, dict):
            raise self.wrong(f"the annotation `{ANNOTATION}` of {name}", "a mapping")
        return said

    def _list(self, holder: dict[str, Any], word: str, owner: str) -> list[dict[str, Any]]:
        entries = holder.get(word) or []
        if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
            raise self.wrong(f"`{word}` of {owner}", "a list of mappings")
        return entries
