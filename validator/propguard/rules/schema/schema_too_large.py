"""schema-too-large: the file is longer, deeper or, with its aliases, wider than a schema can be."""

from __future__ import annotations

from propguard.rules.rule import Example, Found, SchemaRule

_ADVICE = "cut it into several files that `extends` joins"


def in_bytes(most: int) -> Found:
    return Found(f"the file is larger than {most >> 10} KiB; {_ADVICE}", context={"bytes": most})


def in_nodes(most: int) -> Found:
    return Found(
        f"the file holds more than {most} values, each `*alias` counted as what it stands for; {_ADVICE}",
        context={"values": most},
    )


def in_depth(most: int) -> Found:
    return Found(
        f"the file is nested deeper than {most} levels; a property schema needs fewer than ten",
        context={"levels": most},
    )


RULE = SchemaRule(
    id="schema-too-large",
    summary="The file is larger, deeper nested or, with its aliases, wider than any property schema.",
    why="A schema is read at every commit and at every start: one that takes all memory, or crashes the parser, takes those down with it.",
    example=Example(
        schema="",
        bad="file_format: property-schema/1\nname: acme\nversion: 1.0.0\nproperties: " + "[" * 40 + "]" * 40 + "\n",
        good="file_format: property-schema/1\nname: acme\nversion: 1.0.0\nproperties: {}\n",
        language="yaml",
    ),
)
