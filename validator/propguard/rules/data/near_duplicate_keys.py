"""near-duplicate-keys: one concept under several undeclared keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from propguard.model.naming import in_style, is_in_style
from propguard.model.profile import earliest_and_latest
from propguard.model.text import excerpt
from propguard.rules.rule import DataRule, Example, Found, FoundInData
from propguard.rules.spellings import folded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from propguard.model.profile import KeyProfile
    from propguard.model.schema import PropertySchema
    from propguard.rules.rule import DataSubject

_MOST_TOLD = 5


def find(subject: DataSubject) -> Iterator[FoundInData]:
    clusters: dict[str, list[KeyProfile]] = {}
    for profile in subject.profiles:
        if _is_nobodys(subject, profile):
            clusters.setdefault(folded(profile.key), []).append(profile)
    for members in clusters.values():
        if len(members) > 1:
            yield _found(subject.schema, sorted(members, key=lambda profile: (-profile.requests, profile.key)))


def _is_nobodys(subject: DataSubject, profile: KeyProfile) -> bool:
    """Whether nothing declared is meant by it: else the rules about keys say what."""
    names, key = subject.names, profile.key
    declared = names.declared(key) is not None or key in names.aliases or names.folded(key) is not None
    return not declared and any(character.isalpha() for character in key)


def _found(schema: PropertySchema, members: list[KeyProfile]) -> FoundInData:
    keys = [profile.key for profile in members]
    name = next((key for key in keys if is_in_style(key, schema.naming)), in_style(keys[0], schema.naming))
    shown = ", ".join(f"`{excerpt(key, 40)}`" for key in keys[:_MOST_TOLD]) + (", …" if len(keys) > _MOST_TOLD else "")
    found = Found(
        f"{shown} are {len(keys)} keys for what is probably one property; declare it as `{name}`, and the others as its "
        "`aliases`",
        suggestion=name,
        context={"spellings": keys[:_MOST_TOLD], "number": len(keys)},
    )
    requests = sum(profile.requests for profile in members)
    return FoundInData(keys[0], found, requests, earliest_and_latest(profile.seen for profile in members))


RULE = DataRule(
    id="near-duplicate-keys",
    summary="Undeclared keys differ only in case and separators.",
    why="They are one property that several programs spell in their own way, and none of them finds the others' requests. Told once, "
    "at the key that most requests have; a spelling of a declared property is told as `header-key-mismatch` or `key-case`.",
    example=Example(
        schema="unknown_properties: allow\nnaming: any\nproperties: {app: {max_length: 40}}",
        bad='{"key": "customer-tier", "values": {"gold": 900}}\n{"key": "customerTier", "values": {"gold": 80}}\n{"key": "app", "values": {"chat": 900}}',
        good='{"key": "customer-tier", "values": {"gold": 980}}\n{"key": "app", "values": {"chat": 900}}',
        language="keys",
    ),
    find=find,
)
