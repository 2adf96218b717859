"""expired-suppression: a comment whose last day is over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from propguard.model.finding import Severity
from propguard.model.text import excerpt
from propguard.rules.rule import Example, Found, SuppressionRule

if TYPE_CHECKING:
    from propguard.rules.rule import SuppressionSubject


def find(subject: SuppressionSubject) -> Found | None:
    until, reason = subject.suppression.until, subject.suppression.reason
    if until is None or not subject.is_expired:
        return None
    told = f" (`{excerpt(reason)}`)" if reason else ""
    return Found(
        f"this comment{told} suppressed until {until} and does not any more; mend what it hid, or give it another day",
        context={"until": until.isoformat(), "reason": reason},
    )


RULE = SuppressionRule(
    id="expired-suppression",
    summary="The day until which a comment suppresses is over.",
    why="A suppression for the time of a migration that nobody ends is one for ever.",
    severity=Severity.WARNING,
    doors="C",
    example=Example(
        schema="properties: {environment: {enum: [production]}}",
        bad='headers = {"Helicone-Property-Environment": "production"}  # propguard: ignore until 2020-01-31 -- renaming',
        good='headers = {"Helicone-Property-Environment": "mars"}  # propguard: ignore until 9999-12-31 -- renaming',
    ),
    find=find,
)
