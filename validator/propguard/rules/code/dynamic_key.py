"""dynamic-key: a key that the linter cannot know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from propguard.model.finding import Severity
from propguard.rules.rule import CodeRule, Example, Found

if TYPE_CHECKING:
    from propguard.model.usage import Usage


def find(usage: Usage) -> Found | None:
    if usage.handed:
        return None  # it is judged where the wrapper is called
    if usage.key_kind == "dynamic":
        message = "the key is computed, so that it cannot be judged here; `Checker` can judge it when the program runs"
    elif usage.key_kind == "partial":
        message = f"only a part of the key is known (`{usage.stored_key}`), so that it cannot be judged here; `Checker` can judge it when the program runs"
    else:
        return None
    return Found(message, context={"stored_key": usage.stored_key, "shape": usage.shape})


RULE = CodeRule(
    id="dynamic-key",
    summary="The key of a usage cannot be resolved from the source.",
    why="What was not checked is reported rather than passed in silence.",
    severity=Severity.INFO,
    doors="C",
    example=Example(
        schema="properties: {environment: {enum: [production]}}",
        bad='headers = {f"Helicone-Property-{key}": value for key, value in properties.items()}',
        good='headers = {"Helicone-Property-Environment": "production"}',
    ),
    find=find,
)
