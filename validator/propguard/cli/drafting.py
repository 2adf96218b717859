"""A first schema from what code already does: every key that is used, with where, and nothing guessed beyond that."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from propguard.model.naming import fold, in_style, is_in_style
from propguard.model.stored_key import is_system_key
from propguard.model.text import visible
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


def draft(usages: Sequence[Usage], schema: str) -> tuple[str, int]:
    """The text of a schema of this name for code with these usages, and how many properties it declares."""
    standard = load_schema(standard_schema_path())
    known = {fold(name) for name in standard.properties}
    known |= {fold(alias) for declared in standard.properties.values() for alias in declared.aliases}
    prefixes = [name[:-1] for name in standard.properties if name.endswith("*")]
    found: dict[str, list[Usage]] = {}
    for usage in usages:
        name = _name(usage)
        if name is not None and fold(name) not in known and not name.startswith(tuple(prefixes)):
            found.setdefault(name, []).append(usage)
    if not found:
        return _HEAD.format(name=schema) + _NOTHING, 0
    return _HEAD.format(name=schema) + "properties:\n" + "".join(map(_property, found, found.values())), len(found)


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
    lines = [f"  {name}:", f"    description: {_quoted(f'Used at {first.path}:{first.span.line}{more}.')}"]
    values = [
        value.text
        for usage in usages
        for value in usage.values
        if value.json_type == "string" and 0 < len(value.text) <= 60
    ]
    distinct = list(dict.fromkeys(values))[:_MOST_EXAMPLES]
    plain = [value for value in distinct if re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_.:/-]{0,11}", value)]
    if plain:
        lines.append(f"    examples: [{', '.join(map(_quoted, plain))}]")
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    """A YAML scalar that is this text, whatever it holds."""
    return "'" + visible(text).replace("'", "''") + "'"
