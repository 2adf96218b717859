"""breaking-version: the version was not raised as far as the changes ask for."""

from __future__ import annotations

from propguard.rules.rule import Found, SchemaRule
from propguard.rules.schema_change import change_example


def lowered(before: str, after: str) -> Found:
    """The new version comes before the old one."""
    return Found(
        f"the version is {before} before and {after} now; versions only grow",
        context={"before": before, "after": after},
    )


def not_raised(before: str, after: str, needed: str, level: str) -> Found:
    """The changes are of a higher `level` than the version tells."""
    return Found(
        f"the changes ask for a new {level} version by SemVer: {before} to at least {needed}, and not {after}",
        suggestion=needed,
        context={"before": before, "after": after, "needed": needed, "level": level},
    )


RULE = SchemaRule(
    id="breaking-version",
    summary="The version of the schema is not raised as Semantic Versioning asks for its changes, or is lowered.",
    why="Whoever extends the schema or deploys it reads from the version alone whether something of theirs breaks.",
    example=change_example(
        "properties: {team: {}}\n",
        bad="properties: {team: {}, region: {}}\n",
        good="properties: {team: {}}\n",
        next_version="1.0.0",
    ),
)
