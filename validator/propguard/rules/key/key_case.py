"""key-case: the key is not in the schema's case style."""

from __future__ import annotations

from propguard.model.naming import in_style, is_in_style
from propguard.rules.rule import Example, Found, KeyRule, KeySubject


def find(subject: KeySubject) -> Found | None:
    naming = subject.schema.naming
    if subject.names.is_exact(subject.stored):
        return None
    if is_in_style(subject.names.canonical(subject.stored), naming, lower_cased=subject.names.is_headers(subject.stored)):
        return None
    converted = in_style(subject.written, naming)
    suggestion = (
        converted
        if converted != subject.stored and subject.names.declared(subject.names.met_as(converted)) is not None
        else None
    )
    mend = f"; write `{converted}`" if suggestion else ""
    return Found(
        f"`{subject.stored}` is not in {naming}{mend}",
        suggestion=suggestion,
        context={"naming": naming, "converted": converted},
    )


RULE = KeyRule(
    id="key-case",
    summary="The key is not spelled in the schema's `naming`.",
    why="Keys are compared letter by letter: `userTier` and `user_tier` are two properties.",
    fix="safe",
    example=Example(
        schema="properties: {user_tier: {enum: [free, pro]}}",
        bad='{"userTier": "pro"}',
        good='{"user_tier": "pro"}',
        language="json",
    ),
    find=find,
)
