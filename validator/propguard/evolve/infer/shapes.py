"""What values look like: a type, a format, a list, or a common beginning, each said as RE2 patterns that can be held against all."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from propguard.rules.formats import FORMATS, TYPES, matcher
from propguard.rules.linear_pattern import escaped

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

FEWEST_OF_A_KIND = 5
"""Different values that a common beginning is read from."""

_FORMATS = ("date", "date-time", "uuid", "semver", "email", "uri", "ipv4", "ipv6", "duration")
_ITEM = "[A-Za-z0-9][A-Za-z0-9._-]*"
_LIST = f"^{_ITEM}(?:,{_ITEM})*$"
_BEGINNING = re.compile(r"(?:[A-Za-z][A-Za-z0-9]*[-_.:/|#])+|[A-Za-z]+(?=[0-9])")
_HEXADECIMAL = re.compile(r"(?:[0-9a-f]+|[0-9A-F]+)\Z")
_CLASSES = ("a-z", "A-Z", "0-9")
_MARKS = "._:/|+@~=#-"
_ANY_IDENTIFIER = "[A-Za-z0-9._:/|+@~=#-]"
_LONGEST_FIXED = 64


class Shape(NamedTuple):
    """What all values match `pattern` in a schema: `fields` of the property, in `words` for a comment."""

    pattern: str
    fields: dict[str, Any]
    words: str


def shapes(values: Sequence[str]) -> list[Shape]:
    """What `values` may all be, the narrowest first; each takes in all that those before it do. None where they are nothing in common."""
    texts = list(dict.fromkeys(value for value in values if value))
    if not texts:
        return []
    for chain in (_typed(texts), _formatted(texts), _listed(texts)):
        if chain:
            return chain
    return _beginning_alike(texts)


def patterns_of(_: str, values: Sequence[str]) -> list[str]:
    """The patterns of what the values of a key may be."""
    return [shape.pattern for shape in shapes(values)]


def _typed(texts: list[str]) -> list[Shape]:
    number = Shape(TYPES["number"], {"type": "number"}, "are numbers")
    integer = Shape(TYPES["integer"], {"type": "integer"}, "are integers")
    if _all(TYPES["integer"], texts):
        return [integer, number]
    return [number] if _all(TYPES["number"], texts) else []


def _formatted(texts: list[str]) -> list[Shape]:
    for name in _FORMATS:
        if _all(FORMATS[name], texts) and (name != "uri" or all("://" in text for text in texts)):
            return [Shape(FORMATS[name], {"format": name}, f"are of the format {name}")]
    return []


def _listed(texts: list[str]) -> list[Shape]:
    """Names with commas between them, where several values have some of the same names."""
    several = [text.split(",") for text in texts if "," in text]
    if len(several) < 2 or not _all(_LIST, texts):
        return []
    items = {item for text in texts for item in text.split(",")}
    if len(items) * 2 > sum(len(text.split(",")) for text in texts):
        return []
    return [
        Shape(
            _LIST, {"type": "list", "items": {"pattern": f"^{_ITEM}$"}}, "are lists of names with commas between them"
        )
    ]


def _beginning_alike(texts: list[str]) -> list[Shape]:
    if len(texts) < FEWEST_OF_A_KIND:
        return []
    common = _common_beginning(min(texts), max(texts))
    found = _BEGINNING.match(texts[0][: len(common) + 1])
    beginning = found[0] if found is not None and 1 < len(found[0]) <= len(common) else ""
    rests = [text[len(beginning) :] for text in texts]
    members = _members(rests)
    if members is None:
        return []
    if not beginning:  # then only what a machine has made can be told from what could be anything next time
        return _of_one_length("", rests, members, "are hexadecimal") if _is_hexadecimal(rests) else []
    words = f"begin with {beginning}"
    start, sign = escaped(beginning), "+" if all(rests) else "*"
    wider = [f"^{start}{members}{sign}$", f"^{start}{_ANY_IDENTIFIER}*$"]
    fixed = _of_one_length(start, rests, members, words)
    return [*fixed, *(Shape(text, {"pattern": text}, words) for text in dict.fromkeys(wider))]


def _common_beginning(first: str, last: str) -> str:
    """What two texts begin with, and with the first and the last in the alphabet all that are between them."""
    length = next((at for at, (one, other) in enumerate(zip(first, last, strict=False)) if one != other), len(first))
    return first[:length]


def _is_hexadecimal(rests: list[str]) -> bool:
    """Whether all are, with letters and digits among them."""
    return all(_HEXADECIMAL.match(rest) for rest in rests) and _members(rests) in {"[a-z0-9]", "[A-Z0-9]"}


def _of_one_length(start: str, rests: list[str], members: str, words: str) -> list[Shape]:
    """Where what follows is of one length, as identifiers are that a machine has made."""
    length = len(rests[0])
    if (
        not 8 <= length <= _LONGEST_FIXED
        or len(rests) < 2 * FEWEST_OF_A_KIND
        or any(len(rest) != length for rest in rests)
    ):
        return []
    if _is_hexadecimal(rests):
        members = "[0-9a-f]" if members == "[a-z0-9]" else "[0-9A-F]"
    pattern = f"^{start}{members}{{{length}}}$"
    return [Shape(pattern, {"pattern": pattern}, f"{words}, and are of one length")]


def _members(rests: list[str]) -> str | None:
    """The class of all characters, letters and digits taken by their kinds; null where there is one that identifiers seldom have."""
    met = set().union(*rests)
    marks = "".join(mark for mark in _MARKS if mark in met)
    kinds = {"a-z": str.islower, "A-Z": str.isupper, "0-9": str.isdigit}
    if not all(character.isascii() and (character.isalnum() or character in _MARKS) for character in met):
        return None
    names = "".join(name for name in _CLASSES if any(kinds[name](character) for character in met))
    return f"[{names or '0-9'}{marks}]"


def _all(pattern: str, texts: list[str]) -> bool:
    test = matcher(pattern).match
    return all(test(text) for text in texts)
