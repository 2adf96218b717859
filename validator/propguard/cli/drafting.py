"""A first schema from what code already does: every key that is used, with where, and nothing guessed beyond that."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from propguard.model.naming import fold, in_style, is_in_style
from propguard.model.stored_key import is_system_key
from propguard.model.text import visible
from propguard.rules.near import misspelled
from propguard.schemafile import load_schema, standard_schema_path

if TYPE_CHECKING:
    from collections.abc import Sequence

    from propguard.model.usage import Usage

_HEAD = """\
# yaml-language-server: $schema=./property-schema.json
file_format: property-schema/1
name: {name}
version: 0.1.0
description: The properties of our LLM requests.
extends: [standard]  # `propguard schema show` prints the whole
"""
_NOTHING = """\
# Declare here what the standard schema lacks, or says otherwise, for example:
#   team:
#     description: Who answers for the request.
#     enum: [search, support]
properties: {}
"""
_MOST_EXAMPLES = 3


class NearMiss(NamedTuple):
    """A key of the code that is not declared, as it looks like a typing error of `meant`."""

    usage: Usage
    meant: str


class Draft(NamedTuple):
    """The text of a schema, how many properties it declares, and the keys that it leaves to `lint` to report."""

    text: str
    declared: int
    near_misses: tuple[NearMiss, ...]


def draft(usages: Sequence[Usage], schema: str) -> Draft:
    """A schema of this name for code with these usages.

    A key that looks like a typing error of a declared name, of one of the standard or of one that the code writes more often,
    is not declared: the schema would make the error right.
    """
    standard = load_schema(standard_schema_path())
    names = {name: name for name in standard.properties if not name.endswith("*")}
    names |= {alias: declared.name for declared in standard.properties.values() for alias in declared.aliases}
    known = set(map(fold, names))
    prefixes = [name[:-1] for name in standard.properties if name.endswith("*")]
    used: dict[str, list[Usage]] = {}
    for usage in usages:
        name = _name(usage)
        if name is not None and fold(name) not in known and not name.startswith(tuple(prefixes)):
            used.setdefault(name, []).append(usage)
    found: dict[str, list[Usage]] = {}
    near_misses: list[NearMiss] = []
    for name in sorted(used, key=lambda name: -len(used[name])):  # what is written more often is what is meant
        near = misspelled(name, (*names, *found))
        if near is None:
            found[name] = used[name]
        else:
            near_misses += [NearMiss(usage, names.get(near, near)) for usage in used[name]]
    in_order = [name for name in used if name in found]
    properties = "properties:\n" + "".join(_property(name, found[name]) for name in in_order) if found else _NOTHING
    return Draft(_HEAD.format(name=schema) + properties, len(found), tuple(near_misses))


def _name(usage: Usage) -> str | None:
    """The name in snake_case under which the schema would declare the key of a usage."""
    if usage.written_key is None or usage.key_kind == "partial":
        return None
    name = in_style(usage.written_key, "snake_case")
    return (
        name if is_in_style(name, "snake_case") and not is_system_key(usage.written_key) and len(name) <= 100 else None
    )


def _property(name: str, usages: list[Usage]) -> str:
    first = usages[0]
    more = f" and {len(usages) - 1} more" if len(usages) > 1 else ""
    where = visible(f"{first.path}:{first.span.line}")
    values = [
        value.text
        for usage in usages
        for value in usage.values
        if value.json_type == "string" and 0 < len(value.text) <= 60
    ]
    distinct = list(dict.fromkeys(values))[:_MOST_EXAMPLES]
    plain = [value for value in distinct if re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_.:/-]{0,11}", value)]
    said = f"examples: [{', '.join(map(_quoted, plain))}]" if plain else ""
    return f"  # used at {where}{more}\n  {name}: {{{said}}}\n"


def _quoted(text: str) -> str:
    """A YAML scalar that is this text, whatever it holds."""
    return "'" + visible(text).replace("'", "''") + "'"
