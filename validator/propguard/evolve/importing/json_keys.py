"""What a JSON Schema says of the keys of a record: case style, length, reserved names, namespaces."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, get_args

from propguard.compilers.json_schema import FINAL_LINE_FEED, KEY_PATTERNS, TAKEN_PREFIXES, taken_keys_pattern
from propguard.compilers.namespace_pattern import namespace_pattern
from propguard.model.naming import is_in_style
from propguard.model.schema import Naming
from propguard.model.stored_key import SYSTEM_KEYS
from propguard.rules.pattern_language import PatternInvalid, search

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

_BEGINNING = re.compile(r"\^((?:[A-Za-z0-9_-]|\\[-._/])+)")
_LONGER, _ALSO_ALONE = (".", ".+", ".+$"), ("", ".*", ".*$")
"""What may follow the beginning of the keys of a namespace, and where the beginning alone is such a key, too."""
_ONE_OF = re.compile(r"\^\(\?:(.*)\)\Z", re.DOTALL)
_LETTER = re.compile(r"\[[A-Z]([a-z])\]")


@dataclass(frozen=True, slots=True)
class Keys:
    """What is said of every key; `naming` is null where nothing is that a property schema could say."""

    naming: Naming | None = None
    key_length: int | None = None
    reserved: tuple[str, ...] = ()
    is_exact: bool = True


def keys_of(schema: object) -> Keys:
    """What the schema in `propertyNames` says; not `is_exact` where that is not all."""
    said = schema if isinstance(schema, dict) else {}
    exact = isinstance(schema, dict)
    ways = said.get("anyOf")
    if set(said) == {"anyOf"} and isinstance(ways, list) and ways and isinstance(ways[0], dict):
        said, exact = ways[0], len(ways) == 1  # the others are single keys, as our own export says them
    naming = next((name for name, pattern in KEY_PATTERNS.items() if pattern == said.get("pattern")), None)
    length = said.get("maxLength")
    known = isinstance(length, int) and not isinstance(length, bool) and length > 0
    refused = _refused(said.get("not"))
    reserved = _reserved(refused, naming) if isinstance(refused, str) and naming is not None else ()
    exact = exact and set(said) <= {"pattern", "maxLength", "not", "type"} and said.get("type", "string") == "string"
    exact = (
        exact
        and naming is not None
        and known
        and (reserved is not None if refused is not None else said.get("not", FINAL_LINE_FEED) == FINAL_LINE_FEED)
    )
    return Keys(naming, length if known else None, reserved or (), exact)


def _refused(said: object) -> str | None:
    """The pattern of the keys that are excluded, beside those that end in a line feed, which no case style has anyway."""
    excluded = said.get("anyOf", [said]) if isinstance(said, dict) else []
    patterns = [part.get("pattern") for part in excluded if isinstance(part, dict) and part != FINAL_LINE_FEED]
    return patterns[0] if len(patterns) == 1 and isinstance(patterns[0], str) else None


def _reserved(pattern: str, naming: Naming) -> tuple[str, ...] | None:
    """The keys that the schema itself reserves, from a pattern of our own export; null for any other pattern."""
    match = _ONE_OF.match(pattern)
    if match is None:
        return None
    spelled = [_LETTER.sub(r"\1", way).replace("\\", "") for way in re.split(r"(?<!\\)\|", match[1])]
    keys = [way.removesuffix("$") for way in spelled if way not in TAKEN_PREFIXES]
    reserved = tuple(key for key in keys if key not in SYSTEM_KEYS)
    return reserved if taken_keys_pattern(reserved, naming) == pattern else None


def style_of(names: Iterable[str]) -> Naming:
    """The narrowest case style that all of `names` are in, the star of a namespace left out."""
    stems = [name[:-1].rstrip("_-") or name if name.endswith("*") else name for name in names]
    styles: tuple[Naming, ...] = get_args(Naming)
    return next(style for style in styles if all(is_in_style(stem, style) for stem in stems))  # the last one is any


def namespaces_of(
    patterns: Collection[str], names: Collection[str], others: Collection[str]
) -> tuple[dict[str, str], list[str]]:
    """By pattern the prefix of the namespace that it stands for, and those of them that find the prefix alone as well.

    `names` are the exact names that may be written, `others` all that something is said of: those of them that a pattern of our
    own export leaves out are declared inside.
    """
    beginnings = {pattern: _prefix(pattern) for pattern in patterns}
    prefixes = [prefix for prefix in beginnings.values() if prefix]
    found: dict[str, str] = {}
    also_alone: list[str] = []
    for pattern, prefix in beginnings.items():
        if not prefix:
            continue
        rest = pattern[len(_BEGINNING.match(pattern)[0]) :]  # type: ignore[index]  # it has a prefix
        if any(
            pattern == namespace_pattern(prefix, inside, prefixes)
            for inside in (names, _left_out(pattern, prefix, others))
        ):
            found[pattern] = prefix
        elif rest in _LONGER or rest in _ALSO_ALONE:
            found[pattern] = prefix
            also_alone += [pattern] if rest in _ALSO_ALONE else []
    return found, also_alone


def _prefix(pattern: str) -> str:
    match = _BEGINNING.match(pattern)
    return match[1].replace("\\", "") if match is not None else ""


def _left_out(pattern: str, prefix: str, names: Collection[str]) -> list[str]:
    try:
        matches = search(pattern)
    except PatternInvalid:
        return []
    return [name for name in names if name.startswith(prefix) and not matches(name)]
