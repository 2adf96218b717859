"""What a JSON Schema says of the values of one property, in the fields of a property."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from propguard.compilers.json_schema import FINAL_LINE_FEED
from propguard.evolve.importing.ecma import from_ecma
from propguard.evolve.losses import Loss
from propguard.evolve.texts import text_of
from propguard.model.text import excerpt, visible
from propguard.rules.formats import FORMATS, TYPES

if TYPE_CHECKING:
    from collections.abc import Callable

    from propguard.evolve.importing.references import References
    from propguard.evolve.losses import Effect

_TYPES = {"string": "string", "integer": "integer", "number": "number", "boolean": "boolean", "array": "list"}
_ANNOTATIONS = frozenset({"$comment", "$schema", "$id", "id", "$anchor", "$defs", "definitions", "$vocabulary"})
_SAID_NOWHERE = frozenset({"default", "readOnly", "writeOnly", "contentMediaType", "contentEncoding", "contentSchema"})
_OF_OTHERS = {
    "string": frozenset({"items", "prefixItems", "minItems", "maxItems", "uniqueItems", "contains", "additionalItems"})
    | {"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"}
    | {
        "properties",
        "required",
        "additionalProperties",
        "patternProperties",
        "propertyNames",
        "minProperties",
        "maxProperties",
    },
    "number": frozenset({"minLength", "maxLength", "pattern", "format"}),
}
"""Keywords that say nothing of a value of that type."""

OTHERS_AS_TEXT = 'the text "5", as it stands for the number 5'
TEXT_OF_OTHERS = 'the values of properties are texts, so that the number 5 is written "5"'


@dataclass(slots=True)
class Values:
    """What the parts of a schema say together of the values of `name`."""

    name: str | None
    references: References
    where: str
    types: set[str] | None = None
    enum: list[str] | None = None
    excluded: set[str] = field(default_factory=set)
    kind: str | None = None
    format: str | None = None
    pattern: str | None = None
    lengths: list[int | None] = field(default_factory=lambda: [None, None])
    range: list[float | None] = field(default_factory=lambda: [None, None])
    items: list[Any] = field(default_factory=list)
    description: str = ""
    examples: list[str] = field(default_factory=list)
    deprecated: bool = False
    refused: bool = False
    excludes_line_feeds: bool = False
    losses: list[Loss] = field(default_factory=list)

    def lose(self, word: str, effect: Effect, reason: str) -> None:
        self.losses.append(Loss(self.name, word, effect, reason))

    def lose_for_text(self, word: str) -> None:
        """Tell that something else than text is written as text here."""
        self.lose(word, "refuses more", TEXT_OF_OTHERS)
        self.lose(word, "accepts more", OTHERS_AS_TEXT)

    def take(self, schema: object) -> None:
        """Add what `schema` says. Raises UsageError for what is no schema."""
        for part in self.references.opened(schema, self.where):
            if isinstance(part, str):
                shown = visible(excerpt(part))
                self.lose("$ref", "accepts more", f"{shown} lies outside of the file, and is not followed")
                continue
            for word, value in part.items():
                read = _READERS.get(word)
                if read is not None:
                    read(self, word, value)
                elif word in _SAID_NOWHERE:
                    self.lose(word, "says less", "a property schema has no word for it")
                elif word not in _ANNOTATIONS and word != "title":
                    self._unknown(word)
            if not self.description and isinstance(part.get("title"), str):
                self.description = part["title"]

    def _unknown(self, word: str) -> None:
        known = any(word in words for words in _OF_OTHERS.values()) or word in _UNSUPPORTED
        self.lose(word, "accepts more" if known else "says less", "a property schema has no word for it")


def _wrong(values: Values, word: str, wanted: str, found: object) -> Exception:
    return values.references.wrong(f"{values.where}/{word}", wanted, found)


def _type(values: Values, word: str, found: Any) -> None:
    names = [found] if isinstance(found, str) else found
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise _wrong(values, word, "the name of a type or a list of such", found)
    taken = {_TYPES[name] for name in names if name in _TYPES}
    if "number" in taken:  # which every integer is
        taken |= {"integer"}
    values.types = taken if values.types is None else taken & values.types
    if set(names) - set(_TYPES):
        values.lose(word, "refuses more", "null and objects cannot be written as a property")


def _enum(values: Values, word: str, found: Any) -> None:
    members = [found] if word == "const" else found
    if not isinstance(members, list):
        raise _wrong(values, word, "a list", found)
    texts = [text for member in members if (text := text_of(member)) is not None]
    if not all(isinstance(member, str) for member in members):
        values.lose_for_text(word)
    allowed = set(texts)
    values.enum = texts if values.enum is None else [text for text in values.enum if text in allowed]


def _one_of(values: Values, word: str, found: Any) -> None:
    """A choice between constants is a closed set; any other choice is lost."""
    if not isinstance(found, list):
        raise _wrong(values, word, "a list", found)
    members: list[Any] = []
    for part in found:
        if not isinstance(part, dict) or not ({"const", "enum"} & set(part)) or set(part) - _OF_CONSTANTS:
            values.lose(
                word, "accepts more", "a choice between schemas cannot be said, unless it is one between constants"
            )
            return
        listed = [part["const"]] if "const" in part else part["enum"]
        members += listed if isinstance(listed, list) else [listed]
    _enum(values, "enum", members)


_OF_CONSTANTS = {"const", "enum", "title", "description", "type", "$comment", "deprecated"}


def _not(values: Values, word: str, found: Any) -> None:
    if found == {} or found is True:
        values.refused = True
    elif isinstance(found, dict) and set(found) == {"anyOf"} and isinstance(found["anyOf"], list):
        for part in found["anyOf"]:
            _not(values, word, part)
    elif found == FINAL_LINE_FEED:
        values.excludes_line_feeds = True
    elif isinstance(found, dict) and set(found) == {"enum"} and isinstance(found["enum"], list):
        values.excluded.update(text for member in found["enum"] if (text := text_of(member)) is not None)
    elif isinstance(found, dict) and set(found) == {"const"} and (text := text_of(found["const"])) is not None:
        values.excluded.add(text)
    elif found is not False:
        values.lose(word, "accepts more", "that values are not something cannot be said")


def _pattern(values: Values, word: str, found: Any) -> None:
    if not isinstance(found, str):
        raise _wrong(values, word, "a text", found)
    kind = next((name for name, pattern in TYPES.items() if pattern == found), None)
    known = next((name for name, pattern in FORMATS.items() if pattern == found), None)
    if kind is not None and values.kind in {None, kind}:
        values.kind = kind
    elif known is not None and values.format in {None, known}:
        values.format = known
    elif (shared := from_ecma(found)) is None:
        values.lose(
            word,
            "accepts more",
            f"`{visible(excerpt(found))}` says something that RE2 has no words for, or is too long",
        )
    elif values.pattern is None or values.pattern == shared:
        values.pattern = shared
    else:
        values.lose(word, "accepts more", "of several patterns only the first is kept")


def _format(values: Values, word: str, found: Any) -> None:
    if not isinstance(found, str):
        raise _wrong(values, word, "a text", found)
    if found in FORMATS and values.format in {None, found}:
        values.format = found
        values.lose(word, "refuses more", "for most readers of JSON Schema a format is a hint, here it is checked")
    else:
        values.lose(word, "accepts more", f"there is no format `{visible(excerpt(found))}`, or more than one")


def _length(values: Values, word: str, found: Any) -> None:
    if not isinstance(found, int | float) or isinstance(found, bool) or found < 0 or found != int(found):
        raise _wrong(values, word, "a whole number from 0", found)
    at = 0 if word == "minLength" else 1
    bound = values.lengths[at]
    values.lengths[at] = int(found) if bound is None else (max if at == 0 else min)(bound, int(found))


def _range(values: Values, word: str, found: Any) -> None:
    if isinstance(found, bool) and word.startswith("exclusive"):  # draft-04
        values.lose(word, "accepts more", "the bound itself counts as allowed")
        return
    if not isinstance(found, int | float) or isinstance(found, bool) or not math.isfinite(found):
        raise _wrong(values, word, "a number", found)
    at = 0 if word.lower().endswith("minimum") else 1
    if word.startswith("exclusive"):
        values.lose(word, "accepts more", "the bound itself counts as allowed")
    bound = values.range[at]
    values.range[at] = found if bound is None else (max if at == 0 else min)(bound, found)


def _items(values: Values, word: str, found: Any) -> None:
    if isinstance(found, list):
        values.lose(word, "accepts more", "what the items are cannot depend on their position")
    else:
        values.items.append(found)


def _description(values: Values, _: str, found: Any) -> None:
    if isinstance(found, str):
        values.description = found


def _examples(values: Values, _: str, found: Any) -> None:
    if isinstance(found, list):
        values.examples += [text for member in found if (text := text_of(member)) is not None]


def _deprecated(values: Values, _: str, found: Any) -> None:
    values.deprecated = values.deprecated or found is True


_READERS: dict[str, Callable[[Values, str, Any], None]] = {
    "type": _type,
    "enum": _enum,
    "const": _enum,
    "oneOf": _one_of,
    "anyOf": _one_of,
    "not": _not,
    "pattern": _pattern,
    "format": _format,
    "minLength": _length,
    "maxLength": _length,
    "minimum": _range,
    "maximum": _range,
    "exclusiveMinimum": _range,
    "exclusiveMaximum": _range,
    "items": _items,
    "description": _description,
    "examples": _examples,
    "deprecated": _deprecated,
}
_UNSUPPORTED = frozenset(
    {"if", "then", "else", "$dynamicRef", "$recursiveRef", "dependentSchemas", "unevaluatedProperties"}
)
