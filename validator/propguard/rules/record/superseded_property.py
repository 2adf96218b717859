"""superseded-property: a wrong key beside its correction, which is all that can be done about stored data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from propguard.model.finding import Severity
from propguard.rules.pattern_language import is_open
from propguard.rules.rule import Example, Found, RecordRule, RecordSubject, StoredKeys
from propguard.rules.sql import either, first, is_one_of, literal
from propguard.rules.value.value_whitespace import BLANK, WHITESPACE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from propguard.model.schema import Property


def find(subject: RecordSubject) -> Iterator[tuple[str | None, Found]]:
    for stored, name in subject.corrections.items():
        value = subject.values[stored]
        beside = [subject.values[key] for key in subject.names.spellings(name) if key in subject.values]
        if beside and (not value or not {value, _corrected(subject, stored, name, value)}.isdisjoint(beside)):
            yield (
                stored,
                Found(
                    f"`{stored}` stands beside `{name}`, which has its value, so that nothing is left to correct; the platform "
                    "deletes no key, it can only be hidden",
                    context={"property": name},
                ),
            )


def _corrected(subject: RecordSubject, stored: str, name: str, value: str) -> str:
    """What the value is after the safe fixes of the property that the wrong key is, and of the one that it should be."""
    for declared in (subject.names.declared(stored), subject.names.declared(name)):
        if declared is None:
            continue
        if is_open(declared):
            value = value.strip(WHITESPACE)
        value = declared.value_aliases.get(value, value)
    return value


def sql(stored: StoredKeys) -> str | None:
    if not stored.corrections:
        return None
    by_name: dict[str, list[str]] = {}
    for key, name in stored.corrections.items():
        by_name.setdefault(name, []).append(key)
    cases = [(is_one_of("k", keys), _stands_beside(stored, keys, name)) for name, keys in by_name.items()]
    return f"arrayFilter(k -> {first(cases)}, ks)"


def _stands_beside(stored: StoredKeys, keys: list[str], name: str) -> str:
    """Whether `name` is in the record with the value of `k`, which is one of `keys`."""
    value = "toValidUTF8(arrayElement(whole, k))"
    corrected = first(
        [
            (is_one_of("k", [key]), _corrected_sql(declared, value))
            for key in keys
            if (declared := stored.names.declared(key)) is not None
        ],
        value,
    )
    target = stored.names.declared(name)
    if target is not None:
        corrected = _corrected_sql(target, corrected)
    return either(
        f"has(ks, {literal(key)}) AND ({value} = '' OR toValidUTF8(arrayElement(whole, {literal(key)})) IN ({value}, {corrected}))"
        for key in sorted(stored.names.spellings(name))
    )


def _corrected_sql(declared: Property, value: str) -> str:
    if is_open(declared):
        value = f"extract({value}, {literal(f'^(?s){BLANK}*(.*?){BLANK}*$')})"
    if not declared.value_aliases:
        return value
    aliases, targets = (", ".join(map(literal, texts)) for texts in zip(*declared.value_aliases.items(), strict=True))
    return f"transform({value}, array({aliases}), array({targets}), {value})"


RULE = RecordRule(
    id="superseded-property",
    summary="A wrong key stands beside its correction in the same request.",
    why="The platform cannot delete a key, so a correction is written beside the wrong one. What was corrected is counted apart "
    "and does not lower the score; nothing else is reported of such a key. Its value must be that of the correction, by the safe "
    "fixes of the schema, or empty; where it is another one, somebody has to decide which is right, and the key is still an error. "
    "`propguard repair --hide-list` lists the keys that can be hidden on the platform.",
    severity=Severity.INFO,
    doors="D",
    example=Example(
        schema="properties: {environment: {enum: [production], aliases: [env], value_aliases: {prod: production}}}",
        bad='{"env": "prod", "environment": "production"}',
        good='{"environment": "production"}',
        language="json",
    ),
    find=find,
    sql=sql,
)
