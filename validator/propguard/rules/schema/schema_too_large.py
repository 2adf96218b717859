"""schema-too-large: the file is longer, deeper or, with its aliases, wider than a schema can be."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from propguard.rules.pattern_language import PatternInvalid, program_size
from propguard.rules.rule import Example, Found, SchemaRule
from propguard.rules.schema.schema_pattern import patterns_of
from propguard.rules.schema_draft import Spotted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from propguard.rules.schema_draft import SchemaDraft

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


MOST_INSTRUCTIONS = 4_000_000
"""Of the programs of all patterns together: some seconds to compile, some hundred MB to hold."""


def find(draft: SchemaDraft) -> Iterator[Spotted]:
    """The first pattern that takes those before it and itself beyond what all may take; none after it is compiled."""
    left = MOST_INSTRUCTIONS
    for entry in draft.properties:
        for path, pattern in patterns_of(entry):
            with contextlib.suppress(PatternInvalid):  # which another rule reports
                left -= program_size(pattern)
            if left < 0:
                message = (
                    "the patterns up to this one are together larger than those of any property schema; "
                    "write smaller counts in braces, or say with `max_length` how long a value may be"
                )
                yield Spotted(path, Found(message, context={"instructions": MOST_INSTRUCTIONS}))
                return


RULE = SchemaRule(
    id="schema-too-large",
    summary="The file, or all its patterns together, is larger, deeper nested or, with its aliases, wider than any property schema.",
    why="A schema is read at every commit and at every start: one that takes all memory, or crashes the parser, takes those down with it.",
    example=Example(
        schema="",
        bad="file_format: property-schema/1\nname: acme\nversion: 1.0.0\nproperties: " + "[" * 40 + "]" * 40 + "\n",
        good="file_format: property-schema/1\nname: acme\nversion: 1.0.0\nproperties: {}\n",
        language="yaml",
    ),
)
