"""The fields of a property, from all that a JSON Schema says of its values."""

from __future__ import annotations

from typing import Any

from propguard.evolve.importing.json_values import Values
from propguard.model.schema import STANDARD_VALUE_LENGTH, Property
from propguard.rules.formats import NUMERIC_TYPES
from propguard.rules.judgement import broken_by
from propguard.rules.pattern_language import is_open

_NO_LENGTH = f"texts of more than {STANDARD_VALUE_LENGTH} characters, as nothing is said of their length"
_NO_TYPE = "what is no text, as nothing is said of its type"
_NO_TEXT = "no text is what it asks for, so that it is not declared"
_SECRETS = "texts with secrets or personal data in them; say `sensitive: allow` where they may hold some"
_SEVERAL = "of several types only text is kept"
_NO_ITEMS = "what the items are cannot be said"
_LISTS = "a list is one text, its items with commas between them"
_NUMBERS = ("integer", "number")
_LONGEST = 1 << 30


def fields_of(values: Values) -> dict[str, Any] | None:
    """What a property schema says of the property; null where no text is right. Adds to the losses of `values`."""
    if values.refused:
        return None
    kind = _kind(values)
    if kind is None:
        values.lose("properties", "refuses more", _NO_TEXT)
        return None
    fields: dict[str, Any] = {}
    if values.description:
        fields["description"] = values.description
    if values.examples:
        fields["examples"] = list(dict.fromkeys(values.examples))
    said = (
        _of_text(values, kind)
        if values.types in (None, {"string"}) or "string" in values.types
        else _of_others(values, kind)
    )
    if said is None:
        return None
    fields |= said
    if values.excludes_line_feeds and not {"type", "format", "pattern", "enum"} & said.keys():
        values.lose("not", "accepts more", "that values are not something cannot be said")
    if values.deprecated:
        fields["deprecated"] = {"reason": "obsolete"}
    return fields


def _kind(values: Values) -> str | None:
    """The type of the property; null where what the schema takes cannot be written as one."""
    types = values.types
    if types is None:
        values.lose("type", "refuses more", _NO_TYPE)
        return values.kind or "string"
    if types == {"string"}:
        return values.kind or "string"
    if not types:
        return None
    values.lose_for_text("type")
    if types == {"integer", "number"}:
        return "number"
    if len(types) == 1:
        return next(iter(types))
    if "string" not in types:
        values.lose("type", "accepts more", _SEVERAL)
        values.types = {"string"}
    return "string"


def _of_text(values: Values, kind: str) -> dict[str, Any] | None:
    shortest, longest = values.lengths[0] or 0, values.lengths[1]
    if longest == 0 and values.enum is None:
        values.enum = [""]
    declared = _declared(values, kind, shortest, _LONGEST if longest is None else max(longest, 1))
    if values.enum is not None:
        return _closed([text for text in values.enum if text not in values.excluded and _is_right(declared, text)])
    if longest is not None and shortest > longest:
        return None
    fields: dict[str, Any] = {
        name: value for name, value in (("type", kind), ("format", values.format), ("pattern", values.pattern)) if value
    }
    if kind == "string":
        del fields["type"]
    if shortest > 1 or (shortest == 0 and _is_right(declared, "")):
        fields["min_length"] = shortest
    if longest is None:
        values.lose("maxLength", "refuses more", _NO_LENGTH)
    elif longest != STANDARD_VALUE_LENGTH:
        fields["max_length"] = longest
    if is_open(declared):
        values.lose("type", "refuses more", _SECRETS)
    if any(_is_right(declared, text) for text in values.excluded):
        values.lose(
            "not",
            "accepts more",
            "single values cannot be taken out of an open set without saying what to write instead",
        )
    return fields


def _closed(members: list[str]) -> dict[str, Any] | None:
    if not members:
        return None
    fields: dict[str, Any] = {"enum": list(dict.fromkeys(members))}
    if "" in members:
        fields["min_length"] = 0
    longest = max(map(len, members))
    return fields | ({"max_length": longest} if longest > STANDARD_VALUE_LENGTH else {})


def _of_others(values: Values, kind: str) -> dict[str, Any] | None:
    """Of numbers, booleans and lists, of which patterns and lengths say nothing."""
    least, most = values.range
    judged = {"minimum": least, "maximum": most} if kind in NUMERIC_TYPES else {}
    if values.enum is not None:
        declared = Property("", type=kind, max_length=_LONGEST, sensitive="allow", **judged)  # type: ignore[arg-type]  # one of them
        return _closed([text for text in values.enum if text not in values.excluded and _is_right(declared, text)])
    fields: dict[str, Any] = {"type": kind}
    if kind in NUMERIC_TYPES:
        if least is not None and most is not None and least > most:
            return None
        fields |= {name: value for name, value in judged.items() if value is not None}
    if kind == "list":
        values.lose("items", "says less", _LISTS)
        fields |= _items(values)
    return fields


def _items(values: Values) -> dict[str, Any]:
    inner = Values(values.name, values.references, f"{values.where}/items")
    for schema in values.items:
        inner.take(schema)
    fields = fields_of(inner) if values.items else {}
    values.losses += inner.losses
    if fields is None or fields.get("type") == "list":
        values.lose("items", "accepts more", _NO_ITEMS)
        return {}
    fields.pop("deprecated", None)
    return {"items": fields} if fields else {}


def _declared(values: Values, kind: str, shortest: int, longest: int) -> Property:
    return Property(
        "",
        type=kind,  # type: ignore[arg-type]  # one of them
        format=values.format,  # type: ignore[arg-type]  # likewise
        pattern=values.pattern,
        min_length=shortest,
        max_length=longest,
    )


def _is_right(declared: Property, text: str) -> bool:
    return set(broken_by(declared, text)) <= {"value-sensitive"}
