"""header-key-mismatch: a header whose stored key is nearly, but not, a declared name."""

from __future__ import annotations

from propguard.rules.rule import Example, Found, KeyRule, KeySubject


def find(subject: KeySubject) -> Found | None:
    if subject.declared is not None or not subject.names.is_headers(subject.stored):
        return None
    name = subject.names.folded(subject.stored)
    if name is None:
        return None
    return Found(
        f"`{subject.shown}` is stored as `{subject.stored}`, which is another property than the declared `{name}`; "
        f"write `Helicone-Property-{name}`",
        suggestion=name,
        context={"written_key": subject.written, "stored_key": subject.stored, "property": name},
    )


RULE = KeyRule(
    id="header-key-mismatch",
    summary="The header is stored under a key that is not declared, but is a declared one with other separators.",
    why="The platform lower-cases what follows `Helicone-Property-` and leaves dashes alone: `Customer-Id` becomes "
    '`customer-id`, which no query for `customer_id` finds. With `header_separator: "-"` the schema accepts that spelling.',
    fix="safe",
    example=Example(
        schema="properties: {customer_id: {pattern: '^cust_[a-z0-9]+$'}}",
        bad='headers = {"Helicone-Property-Customer-Id": "cust_456"}',
        good='headers = {"Helicone-Property-customer_id": "cust_456"}',
    ),
    find=find,
)
