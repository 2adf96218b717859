"""What is declared of a property, said in the words of a reader: for the catalogue and for the comments of generated code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from propguard.model.schema import STANDARD_VALUE_LENGTH
from propguard.model.stored_key import HEADER_PREFIX

if TYPE_CHECKING:
    from collections.abc import Iterator

    from propguard.model.names import Names
    from propguard.model.schema import Property

_TYPES = {
    "integer": "an integer such as 42",
    "number": "a number such as 0.5",
    "boolean": "true or false",
}
_FORMATS = {
    "date": "a date such as 2026-01-31",
    "date-time": "a time with its zone such as 2026-01-31T09:30:00Z (RFC 3339)",
    "uuid": "a UUID",
    "semver": "a version such as 1.4.0 (SemVer 2)",
    "email": "an e-mail address",
    "uri": "a URI with its scheme",
    "ipv4": "an IPv4 address",
    "ipv6": "an IPv6 address",
    "duration": "a duration such as PT30S (RFC 3339)",
}


def kind_of_value(declared: Property) -> str:
    """What a value is, in a few words: by its type, its format, or as text."""
    if declared.enum is not None:
        return "one of a closed set"
    if declared.type == "list":
        items = kind_of_value(declared.items) if declared.items is not None else "text"
        return f"a list, each item {items}"
    if declared.format is not None:
        return _FORMATS[declared.format]
    return _TYPES.get(declared.type, "text")


def limits(declared: Property, longest: int = STANDARD_VALUE_LENGTH) -> Iterator[str]:
    """Each limit of the values in a few words, but for those that all properties of the schema have; `longest` is that of
    the schema."""
    if declared.minimum is not None:
        yield f"at least {number(declared.minimum)}"
    if declared.maximum is not None:
        yield f"at most {number(declared.maximum)}"
    if declared.min_length == 0:
        yield "may be empty"
    elif declared.min_length > 1:
        yield f"at least {declared.min_length} characters"
    if declared.max_length != longest:
        yield f"at most {declared.max_length} characters"
    if isinstance(declared.cardinality, int):
        yield f"at most {declared.cardinality} different values"
    elif declared.cardinality is not None:
        yield f"{'few' if declared.cardinality == 'low' else 'many'} different values"


def number(value: float) -> str:
    """A bound as a person writes it."""
    return str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(value)


def deprecation(declared: Property) -> str | None:
    """Why the property goes, what to write instead and until when, in one sentence without its full stop; null for one
    that stays."""
    gone = declared.deprecated
    if gone is None:
        return None
    reason = f"renamed to {gone.renamed_to}" if gone.renamed_to is not None else gone.reason
    note = f"; {gone.note.rstrip('. ')}" if gone.note else ""
    sunset = f"; an error from {gone.sunset.isoformat()}" if gone.sunset is not None else ""
    return f"{reason}{note}{sunset}"


def enforcement(declared: Property) -> str | None:
    """Since when, or that never, errors block; null where they simply do."""
    if declared.enforcement.mode == "block":
        return None
    until = declared.enforcement.block_from
    return f"errors are warnings until {until.isoformat()} (UTC)" if until is not None else "errors are warnings"


def sample(declared: Property) -> str | None:
    """A value that shows what is meant: the first example, else the first value of a closed set that is not on its way out."""
    if declared.examples:
        return declared.examples[0]
    allowed = [value for value in declared.enum or () if value not in declared.deprecated_values]
    return allowed[0] if allowed else "true" if declared.type == "boolean" else None


def header_name(names: Names, name: str) -> str:
    """The name of the header that writes the declared `name`, capitals where they change nothing."""
    stem = name.removesuffix("*")
    return HEADER_PREFIX + names.header_spelling(stem, stem[:1].upper())
