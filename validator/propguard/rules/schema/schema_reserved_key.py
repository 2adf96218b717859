"""schema-reserved-key: a declared name or alias that is the platform's own, or that the schema reserves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from propguard.model.stored_key import HEADER_PREFIX, has_header_prefix, is_system_key
from propguard.rules.rule import Found, SchemaRule
from propguard.rules.schema_draft import Spotted, schema_example

if TYPE_CHECKING:
    from collections.abc import Iterator

    from propguard.rules.schema_draft import SchemaDraft


def find(draft: SchemaDraft) -> Iterator[Spotted]:
    reserved = {name.lower() for name in draft.schema.reserved}
    for entry in draft.properties:
        declared = entry.declared
        named = [(declared.name, entry.path, True)]
        named += [(alias, (*entry.path, "aliases", number), False) for number, alias in enumerate(declared.aliases)]
        for name, path, at_key in named:
            if is_system_key(name):
                message = f"`{name}` belongs to the platform, which writes it by itself; choose another name"
                yield Spotted(path, Found(message, context={"name": name, "reserved_by": "platform"}), at_key=at_key)
            elif has_header_prefix(name):
                message = f"`{name}` begins with `{HEADER_PREFIX}`, which only headers have; declare what follows it"
                yield Spotted(path, Found(message, context={"name": name, "reserved_by": "platform"}), at_key=at_key)
            elif name.lower() in reserved:
                message = f"`{name}` is declared and listed in `reserved`; remove one of the two"
                found = Found(message, context={"name": name, "reserved_by": "schema"})
                if declared.name in draft.own:
                    yield Spotted(path, found, at_key=at_key)
                else:  # the name is inherited, so that it is the reservation which is to be mended
                    yield Spotted(("reserved",), found)


RULE = SchemaRule(
    id="schema-reserved-key",
    summary="A declared name or alias is a system key of the platform, or listed in `reserved`.",
    why="A reserved key is refused before anything else is asked, so what is declared of it would never hold.",
    example=schema_example(
        "reserved: [tmp]\nproperties: {tmp: {max_length: 40}}\n",
        "reserved: [tmp]\nproperties: {note: {max_length: 40}}\n",
    ),
)
