"""schema-pattern: a pattern that RE2 does not take."""

from __future__ import annotations

from typing import TYPE_CHECKING

from propguard.model.text import visible
from propguard.rules.pattern_language import PatternInvalid, search
from propguard.rules.rule import Found, SchemaRule
from propguard.rules.schema_draft import Spotted, schema_example

if TYPE_CHECKING:
    from collections.abc import Iterator

    from propguard.rules.schema_draft import PropertyDraft, SchemaDraft, SchemaPath


def find(draft: SchemaDraft) -> Iterator[Spotted]:
    for entry in draft.properties:
        for path, pattern in patterns_of(entry):
            reason = refusal(pattern)
            if reason is not None:
                message = f"the pattern `{visible(pattern[:60])}` is not one that RE2 takes: {visible(reason)}"
                if any(opening in pattern for opening in ("(?=", "(?!", "(?<=", "(?<!")):
                    message += "; RE2 has no look-around, say what is allowed instead"
                yield Spotted(path, Found(message, context={"pattern": pattern, "reason": reason}))


def patterns_of(entry: PropertyDraft) -> list[tuple[SchemaPath, str]]:
    """The patterns of a property and of its items, each with its place."""
    declared = entry.declared
    found = [
        ((*entry.path, "pattern"), declared.pattern),
        ((*entry.path, "items", "pattern"), declared.items and declared.items.pattern),
    ]
    return [(path, pattern) for path, pattern in found if pattern]


def is_judgeable(entry: PropertyDraft) -> bool:
    """Whether all that is declared of the values could be read, so that a value can be judged by it."""
    return entry.knows("type") and is_judgeable_but_for_type(entry)


def is_judgeable_but_for_type(entry: PropertyDraft) -> bool:
    """The same, whatever the type is."""
    fields = (
        "enum",
        "format",
        "pattern",
        "min_length",
        "max_length",
        "minimum",
        "maximum",
        "separator",
        "items",
        "value_aliases",
    )
    return entry.knows(*fields) and all(refusal(pattern) is None for _, pattern in patterns_of(entry))


def refusal(pattern: str) -> str | None:
    """Why RE2 does not take `pattern`; null where it does."""
    try:
        search(pattern)
    except PatternInvalid as error:
        return str(error)
    return None


RULE = SchemaRule(
    id="schema-pattern",
    summary="A pattern that RE2 does not take.",
    why="RE2 is what the platform's database matches with, so that a pattern means the same in code and in stored data; it is linear, "
    "and therefore has no look-around and no back-references.",
    example=schema_example(
        "properties: {customer_id: {pattern: '^(?!tmp)[a-z0-9]+$'}}\n",
        "properties: {customer_id: {pattern: '^cust_[a-z0-9]+$'}}\n",
    ),
)
