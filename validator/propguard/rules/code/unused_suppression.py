"""unused-suppression: a comment that suppresses nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from propguard.model.finding import Severity
from propguard.model.text import excerpt, one_of
from propguard.rules.near import nearest
from propguard.rules.rule import Example, Found, SuppressionRule

if TYPE_CHECKING:
    from propguard.rules.rule import SuppressionSubject


def find(subject: SuppressionSubject) -> Found | None:
    suppression, where = subject.suppression, "in this file" if subject.suppression.is_of_file else "here"
    if suppression.fault is not None:
        return Found(f"this comment suppresses nothing: {suppression.fault}", context={"fault": suppression.fault})
    if subject.is_expired or not (subject.is_unused or subject.unused):
        return None
    if not suppression.rules:
        return Found(f"this comment suppresses nothing, as nothing is found {where}", context={"rules": []})
    unknown = {name: nearest(name, subject.known) for name in subject.unused if name not in subject.known}
    idle = [f"`{name}`" for name in subject.unused if name in subject.known]
    clauses = [
        f"there is no rule `{excerpt(name)}`{f' (did you mean `{near}`?)' if near else ''}"
        for name, near in unknown.items()
    ]
    if idle:
        clauses.append(f"{one_of(idle)} {'is' if len(idle) == 1 else 'are'} not found {where}")
    suffix = "" if len(subject.unused) < len(suppression.rules) else ", so that this comment suppresses nothing"
    return Found(
        " and ".join(clauses) + suffix,
        suggestion=next(iter(unknown.values())) if len(unknown) == 1 and not idle else None,
        context={"rules": list(subject.unused), "unknown": unknown},
    )


RULE = SuppressionRule(
    id="unused-suppression",
    summary="A comment suppresses rules that are not broken there.",
    why="What was mended keeps its comment, and the comment then hides the next fault that comes to stand there.",
    severity=Severity.WARNING,
    doors="C",
    fix="safe",
    example=Example(
        schema="properties: {environment: {enum: [production]}}",
        bad='headers = {"Helicone-Property-Environment": "production"}  # propguard: ignore[value-not-allowed]',
        good='headers = {"Helicone-Property-Environment": "mars"}  # propguard: ignore[value-not-allowed]',
    ),
    find=find,
)
