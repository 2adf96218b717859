"""near-duplicate-values: one value in several spellings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from propguard.model.profile import ValueCount
from propguard.model.secrets import secret_in
from propguard.model.text import excerpt
from propguard.rules.judgement import judge_value
from propguard.rules.pattern_language import is_open
from propguard.rules.rule import DataRule, Example, Found, FoundInData
from propguard.rules.spellings import meanings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from propguard.model.profile import KeyProfile
    from propguard.model.schema import Property
    from propguard.rules.rule import DataSubject

MOST_COMPARED = 200
"""The most frequent values of a key; the rest of them is not looked at."""

MOST_DISTINCT = 1_000
"""A key with more different values holds names or texts, of which many are near to each other and mean different things:
there only case and separators are looked at."""


def find(subject: DataSubject) -> Iterator[FoundInData]:
    for profile in subject.profiles:
        declared = subject.declared(profile)
        if not _is_compared(subject, profile, declared):
            continue
        ranked = sorted(profile.top_values, key=lambda top: (-top.count, top.value))[:MOST_COMPARED]
        counts = {top.value: top.count for top in ranked if _is_sound(subject, declared, profile.key, top.value)}
        meant = meanings(counts, by_likeness=profile.distinct <= MOST_DISTINCT)
        others = [ValueCount(value, count, meant[value]) for value, count in counts.items() if value in meant]
        if others:
            yield _found(profile, others)


def _is_compared(subject: DataSubject, profile: KeyProfile, declared: Property | None) -> bool:
    """Whether its values are names that somebody chose, and no rule about the key says that it should not be there."""
    if declared is None:
        return subject.schema.unknown_properties == "allow" and profile.key not in subject.names.aliases
    return is_open(declared) and declared.cardinality != "high"


def _is_sound(subject: DataSubject, declared: Property | None, key: str, value: str) -> bool:
    """Whether no other rule is broken by it, which would say what to write in its place."""
    if declared is None:
        return not secret_in(value)
    return not judge_value(declared, key, value, "data", subject.today)


def _found(profile: KeyProfile, others: list[ValueCount]) -> FoundInData:
    first, rest = others[0], len(others) - 1
    more = f"; {rest} more {'value is' if rest == 1 else 'values are'} like that" if rest else ""
    found = Found(
        f"`{excerpt(first.value)}` at `{profile.key}` is probably `{excerpt(first.suggestion or '')}`, which more requests "
        f"have{more}; write one of them, and declare the other in `value_aliases`",
        suggestion=first.suggestion,
        context={"property": profile.key, "value": first.value, "more": rest},
    )
    return FoundInData(profile.key, found, sum(other.count for other in others), profile.seen, tuple(others))


RULE = DataRule(
    id="near-duplicate-values",
    summary="Values of an open property differ only in case, separators, an abbreviation or a typing error.",
    why="What one program writes as `prod` and another as `Production` is two rows in every table. The spelling that most requests "
    f"have is suggested. The {MOST_COMPARED} most frequent values that break no other rule are compared; numbers in them must be the "
    "same; what is one or two letters away must also be ten times as rare. Of `cardinality: high` nothing is compared.",
    example=Example(
        schema="properties: {stage: {max_length: 40}}",
        bad='{"key": "stage", "values": {"Production": 900, "prod": 80, "beta": 20}}',
        good='{"key": "stage", "values": {"Production": 980, "beta": 20}}',
        language="keys",
    ),
    find=find,
)
