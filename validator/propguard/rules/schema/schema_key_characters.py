"""schema-key-characters: a declared name that no key can have."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from propguard.model.text import excerpt, visible
from propguard.rules.key.key_characters import FORBIDDEN
from propguard.rules.rule import Found, SchemaRule
from propguard.rules.schema_draft import Spotted, schema_example

if TYPE_CHECKING:
    from collections.abc import Iterator

    from propguard.rules.schema_draft import SchemaDraft

_FORBIDDEN = re.compile(FORBIDDEN)


def find(draft: SchemaDraft) -> Iterator[Spotted]:
    for entry in draft.properties:
        name = entry.declared.name
        problem = problem_of(name)
        if problem is not None:
            found = Found(
                f"`{visible(excerpt(name))}` cannot be a key: {problem}", context={"name": name, "problem": problem}
            )
            yield Spotted(entry.path, found, at_key=True)


def problem_of(name: str) -> str | None:
    """What is wrong with the characters of a declared name, and what to do; null for a sound one."""
    stem = name.removesuffix("*")
    if not stem:
        return "it is empty; name it" if not name else "a namespace needs something before its star, as in `feature_*`"
    if "*" in stem:
        return "a star may only end it, as in `feature_*`"
    match = _FORBIDDEN.search(stem)
    if match is None:
        return None
    character = (
        "a space"
        if match[0] == " "
        else f"`{match[0]}`"
        if match[0] in ":/"
        else f"the character U+{ord(match[0]):04X}"
    )
    return f"it holds {character}, which a header name cannot carry; use letters, digits, `_` and `-`"


RULE = SchemaRule(
    id="schema-key-characters",
    summary="A declared name is empty, has a star before its end, or holds a character that no header name can carry.",
    why="Such a property could be declared and never be written.",
    example=schema_example(
        "properties: {cost center: {max_length: 40}}\nnaming: any\n",
        "properties: {cost_center: {max_length: 40}}\nnaming: any\n",
    ),
)
