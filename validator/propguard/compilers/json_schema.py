"""A schema compiled for everything that reads JSON Schema: one record of stored keys, as it is written through the API.

A record is refused by the export where `Checker` reports an error, and only there, but for what JSON Schema has no words for:
`unsaid` lists that, and so does a `$comment` at each place. The keywords are those of draft-07 but for two of 2019-09,
`dependentRequired` and `deprecated`, which draft-07 is given as `dependencies` and as a comment; patterns keep to what RE2 and
ECMA-262 with its `u` flag read alike.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal, get_args

from propguard.compilers.list_pattern import list_pattern
from propguard.compilers.namespace_pattern import namespace_pattern
from propguard.model.finding import Severity
from propguard.model.names import Names
from propguard.model.naming import STYLES, is_in_style
from propguard.model.schema import Naming
from propguard.model.stored_key import HEADER_PREFIX, SYSTEM_KEY_PREFIX, SYSTEM_KEYS
from propguard.rules.automaton import CannotTell, Work, find_word, of_pattern
from propguard.rules.formats import FORMATS, NUMERIC_TYPES, TYPES
from propguard.rules.judgement import judge_key, judge_value
from propguard.rules.linear_pattern import escaped, portable
from propguard.rules.pattern_language import is_open

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from propguard.model.schema import Property, PropertySchema

Draft = Literal["2020-12", "draft-07"]

DIALECTS: dict[Draft, str] = {
    "2020-12": "https://json-schema.org/draft/2020-12/schema",
    "draft-07": "http://json-schema.org/draft-07/schema#",
}

_NOTHING: dict[str, Any] = {"not": {}}
_TEXT: dict[str, Any] = {"type": "string"}
FINAL_LINE_FEED: dict[str, Any] = {"pattern": r"\n$"}
"""What is excluded beside a pattern that takes no such text, as `$` lets one line feed pass where Python reads it."""

_END = r"\Z"
_LONGEST, _STEPS = 1 << 20, 50_000
TAKEN_PREFIXES = (SYSTEM_KEY_PREFIX, HEADER_PREFIX.lower())
"""With what no key may begin, in lower case."""

_CARRIED = re.compile(r"[!-.0-9;-~]+\Z")
"""What `key-characters` lets pass."""

KEY_PATTERNS: dict[Naming, str] = {
    naming: f"^{STYLES.get(naming, _CARRIED).pattern.removesuffix(_END)}$" for naming in get_args(Naming)
}
"""What a key looks like in each case style, as the export says it."""


def json_schema(schema: PropertySchema, *, today: date | None = None, draft: Draft = "2020-12") -> dict[str, Any]:
    """`schema` as a JSON Schema of that draft, judged by the day `today` (UTC; null for the present one)."""
    return _Export.of(schema, today, draft).document()


def unsaid(schema: PropertySchema, *, today: date | None = None) -> frozenset[tuple[str | None, str]]:
    """The errors that the export cannot tell: the declared name, null for keys that are not declared, and the rule.

    All but one make the export accept more than the checker. `(None, "key-case")` makes it refuse more: a key in the wrong case
    that stands for a property whose enforcement does not block yet.
    """
    export = _Export.of(schema, today, "2020-12")
    export.document()
    return frozenset(export.unsaid)


@dataclass(slots=True)
class _Export:
    schema: PropertySchema
    names: Names
    today: date
    draft: Draft
    regions: dict[str, str]
    unsaid: set[tuple[str | None, str]] = field(default_factory=set)

    @classmethod
    def of(cls, schema: PropertySchema, today: date | None, draft: Draft) -> _Export:
        names = Names(schema, "api")
        prefixes = [name[:-1] for name, declared in schema.properties.items() if declared.is_namespace]
        regions = {f"{prefix}*": namespace_pattern(prefix, names.exact, prefixes) for prefix in prefixes}
        return cls(schema, names, today or datetime.now(UTC).date(), draft, regions)

    def document(self) -> dict[str, Any]:
        """The whole export; fields that would say nothing are left out."""
        open_to_others = self.schema.unknown_properties != "error"
        exact = [declared for declared in self.schema.properties.values() if not declared.is_namespace]
        required = [declared.name for declared in exact if declared.required and self._blocks(declared)]
        parts: dict[str, Any] = {
            "$schema": DIALECTS[self.draft],
            "title": self.schema.name,
            "description": self.schema.description,
            "type": "object",
            "properties": {declared.name: self._property(declared) for declared in exact} | self._aliases(),
            "patternProperties": {
                pattern: self._property(self.schema.properties[name]) for name, pattern in self.regions.items()
            },
            "additionalProperties": _TEXT if open_to_others else False,
            "propertyNames": self._property_names() if open_to_others or self.regions else {},
            "required": required,
            "dependencies" if self.draft == "draft-07" else "dependentRequired": {
                declared.name: list(declared.requires)
                for declared in exact
                if declared.requires and self._blocks(declared)
            },
            "allOf": [
                {"if": self._holds_one_of(name), "then": {"required": list(self.schema.properties[name].requires)}}
                for name in self.regions
                if self.schema.properties[name].requires and self._blocks(self.schema.properties[name])
            ],
        }
        comment = self._comment_on_keys()
        filled = {word: part for word, part in parts.items() if part is False or part}
        return {"$schema": filled.pop("$schema"), "$comment": comment, **filled}

    def _comment_on_keys(self) -> str:
        made_from = f"Made from version {self.schema.version} of the property schema {self.schema.name}."
        lenient = any(
            not self._blocks(declared) for declared in self.schema.properties.values() if not declared.is_namespace
        )
        left_out = {
            "key-case is a warning where the key meant is one whose errors are warnings": lenient
            and self.schema.naming != "any",
            "value-sensitive of keys that are not declared": lenient or self.schema.unknown_properties != "error",
        }
        self.unsaid.update((None, words.split()[0]) for words, holds in left_out.items() if holds)
        said = "; ".join(words for words, holds in left_out.items() if holds)
        return f"{made_from} Not said here: {said}." if said else made_from

    def _blocks(self, declared: Property) -> bool:
        return declared.enforcement.blocks(self.today)

    def _is_refused(self, key: str) -> bool:
        violation = judge_key(self.schema, self.names, key, self.today)
        return violation is not None and violation.severity is Severity.ERROR

    def _holds_one_of(self, namespace: str) -> dict[str, Any]:
        """That some key of the namespace is there."""
        return {"not": {"propertyNames": {"not": {"pattern": self.regions[namespace]}}}}

    def _aliases(self) -> dict[str, Any]:
        """Every alias, as refused; or where no more than a warning is said of it, as one whose values are text."""
        said: dict[str, Any] = {}
        for alias, declared in self.names.aliases.items():
            if self._is_refused(alias):
                said[alias] = {"$comment": f"key-alias: write {declared.name}", **_NOTHING}
            elif self.names.declared(alias) is None:
                said[alias] = {"$comment": f"key-alias: better write {declared.name}", **_TEXT}
        return said

    def _property(self, declared: Property) -> dict[str, Any]:
        """What the values of one property, or of all keys of a namespace, must be, and what is said about it."""
        said: dict[str, Any] = {}
        comments = []
        if declared.description:
            said["description"] = declared.description
        if declared.examples:
            said["examples"] = list(declared.examples)
        if declared.deprecated is not None and self.draft == "draft-07":
            comments.append("Deprecated.")
        elif declared.deprecated is not None:
            said["deprecated"] = True
        if not self._blocks(declared):
            until = declared.enforcement.block_from
            comments.append(f"Errors are warnings until {until}." if until else "Errors are warnings.")
        elif self._is_refused_whole(declared):
            said |= _NOTHING
        else:
            constraints, left_out = _values(declared, self.today)
            said |= constraints
            self.unsaid.update((declared.name, rule) for rule in left_out)
            if left_out:
                comments.append(f"Not said here: {', '.join(left_out)}.")
        return {"$comment": " ".join(comments), **said} if comments else said

    def _is_refused_whole(self, declared: Property) -> bool:
        """Whether no key of the property may be written, as its sunset is over."""
        if not declared.is_namespace:
            return self._is_refused(declared.name)
        sunset = declared.deprecated.sunset if declared.deprecated is not None else None
        return sunset is not None and self.today >= sunset

    def _property_names(self) -> dict[str, Any]:
        """What every key must look like: as all may, or one of those of which no more than a warning is said."""
        limit = self.schema.limits.key_length
        looks = STYLES.get(self.schema.naming, _CARRIED)
        rules: dict[str, Any] = {"pattern": KEY_PATTERNS[self.schema.naming], "maxLength": limit}
        refused = taken_keys_pattern(self.names.reserved, self.schema.naming)
        rules |= _without(*([{"pattern": refused}] if refused else []), FINAL_LINE_FEED)
        listed = [
            key
            for key in (*self.names.exact, *self.names.aliases)
            if not (looks.match(key) and len(key) <= limit) and not self._is_refused(key)
        ]
        ways: list[dict[str, Any]] = [{"enum": listed}] if listed else []
        ways += [
            {"pattern": pattern, **_without(*([FINAL_LINE_FEED] if _takes_no_final_line_feed(pattern) else []))}
            for name, pattern in self.regions.items()
            if not self._blocks(self.schema.properties[name])
        ]
        return {"anyOf": [rules, *ways]} if ways else rules


def taken_keys_pattern(reserved: Iterable[str], naming: Naming) -> str:
    """A pattern of the platform's keys, of the `reserved` ones, and of those that begin with a prefix that is taken, all in
    lower case, as far as the case style lets a key come so far; empty where it lets none."""
    ways = [
        f"{_any_case(key, naming)}$"
        for key in sorted({*SYSTEM_KEYS, *reserved})
        if key.isascii() and is_in_style(key, naming, lower_cased=True)
    ]
    ways += [
        _any_case(prefix, naming) for prefix in TAKEN_PREFIXES if is_in_style(f"{prefix}x", naming, lower_cased=True)
    ]
    return f"^(?:{'|'.join(ways)})" if ways else ""


def _any_case(lowered: str, naming: Naming) -> str:
    if naming in ("snake_case", "kebab-case"):
        return escaped(lowered)
    return "".join(
        f"[{character.upper()}{character}]" if character.isalpha() else escaped(character) for character in lowered
    )


def _values(declared: Property, today: date) -> tuple[dict[str, Any], list[str]]:
    """The constraints on the values of a property that blocks, and the rules that they do not say."""
    if declared.enum is not None:
        allowed = [value for value in declared.enum if not _has_error(declared, value, today)]
        return ({**_TEXT, "enum": allowed} if allowed else _NOTHING), []
    patterns, left_out = _patterns(declared)
    if declared.type in NUMERIC_TYPES and (declared.minimum is not None or declared.maximum is not None):
        left_out.append("value-range")
    if is_open(declared) and declared.sensitive == "forbid":
        left_out.append("value-sensitive")
    said: dict[str, Any] = {**_TEXT, "minLength": declared.min_length, "maxLength": declared.max_length}
    if patterns:
        said["pattern"] = patterns[0]
    if patterns[1:]:
        said["allOf"] = [{"pattern": pattern} for pattern in patterns[1:]]
    excluded = [{"enum": list(declared.value_aliases)}] if declared.value_aliases else []
    excluded += [FINAL_LINE_FEED] if any(map(_takes_no_final_line_feed, patterns)) else []
    said |= _without(*excluded)
    return said, sorted(set(left_out))


def _without(*excluded: dict[str, Any]) -> dict[str, Any]:
    """That none of these holds."""
    if len(excluded) > 1:
        return {"not": {"anyOf": list(excluded)}}
    return {"not": excluded[0]} if excluded else {}


@lru_cache(maxsize=4096)
def _takes_no_final_line_feed(pattern: str) -> bool:
    """Whether no text that ends in a line feed is right, which is then safe to say once more; no where it cannot be told."""
    try:
        return (
            find_word([of_pattern(pattern), of_pattern(FINAL_LINE_FEED["pattern"])], [], 1, _LONGEST, Work(_STEPS))
            is None
        )
    except CannotTell:
        return False


def _patterns(declared: Property) -> tuple[list[str], list[str]]:
    """The patterns that a value must all match, and the rules that would need one that cannot be written."""
    patterns = [TYPES[declared.type]] if declared.type in TYPES else []
    if declared.format is not None:
        patterns.append(FORMATS[declared.format])
    left_out: list[str] = []
    if declared.pattern is not None:
        shared = portable(declared.pattern)
        patterns += [shared] if shared is not None else []
        left_out += [] if shared is not None else ["value-pattern"]
    if declared.type == "list":
        items, left_out_of_items = list_pattern(declared)
        patterns += [items] if items is not None else []
        left_out += left_out_of_items
    return patterns, left_out


def _has_error(declared: Property, value: str, today: date) -> bool:
    found = judge_value(declared, declared.name, value, "api", today)
    return any(violation.severity is Severity.ERROR for violation in found)
