"""deprecated-property: declared, but on its way out."""

from __future__ import annotations

from propguard.model.finding import Severity
from propguard.rules.rule import Example, Found, KeyRule, KeySubject, StoredKeys
from propguard.rules.sql import is_property


def find(subject: KeySubject) -> Found | None:
    if subject.declared is None or subject.declared.deprecated is None:
        return None
    deprecation = subject.declared.deprecated
    over = deprecation.sunset is not None and subject.today >= deprecation.sunset
    parts = [f"`{subject.stored}` is deprecated"]
    if deprecation.sunset is not None:
        parts[0] += f" and refused {'since' if over else 'from'} {deprecation.sunset}"
    if deprecation.renamed_to is not None:
        parts.append(f"write `{deprecation.renamed_to}`")
    if deprecation.note:
        parts.append(deprecation.note)
    return Found(
        "; ".join(parts),
        suggestion=deprecation.renamed_to,
        context={
            "reason": deprecation.reason,
            "renamed_to": deprecation.renamed_to,
            "note": deprecation.note,
            "sunset": deprecation.sunset.isoformat() if deprecation.sunset else None,
        },
        severity=Severity.ERROR if over else Severity.WARNING,
    )


def sql(stored: StoredKeys) -> str:
    return is_property(stored.names, lambda declared: declared.deprecated is not None)


RULE = KeyRule(
    id="deprecated-property",
    summary="The property is deprecated; an error from its `sunset` on.",
    why="A rename lasts as long as its last writer: the old name must stop growing before its dashboards can go.",
    severity=Severity.WARNING,
    fix="safe",
    example=Example(
        schema="properties:\n  user_tier: {enum: [free, pro]}\n"
        "  customer_tier: {deprecated: {reason: renamed, renamed_to: user_tier, sunset: 2999-01-01}}",
        bad='headers = {"Helicone-Property-customer_tier": "pro"}',
        good='headers = {"Helicone-Property-user_tier": "pro"}',
    ),
    find=find,
    sql=sql,
)
