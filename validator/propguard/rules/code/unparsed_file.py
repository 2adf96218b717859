"""unparsed-file: a file that could not be judged, or not all of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from propguard.model.finding import Severity
from propguard.rules.rule import CodeRule, Example, Found

if TYPE_CHECKING:
    from propguard.model.usage import Usage

SHAPE = "unparsed"
"""The shape of a usage that stands where the syntax is broken."""


def find(usage: Usage) -> Found | None:
    return (
        broken("the syntax is broken here, so that this property could not be judged") if usage.shape == SHAPE else None
    )


def broken(reason: str) -> Found:
    """What could not be judged, and `reason`: a clause that says why."""
    return Found(reason, context={"reason": reason})


RULE = CodeRule(
    id="unparsed-file",
    summary="The file, or a part of it that writes a property, could not be read.",
    why="What was not checked is reported rather than passed in silence.",
    severity=Severity.WARNING,
    doors="C",
    example=Example(
        schema="properties: {environment: {enum: [production]}}",
        bad='headers = {"Helicone-Property-Environment" = = "production"',
        good='headers = {"Helicone-Property-Environment": "production"}',
    ),
    find=find,
)
