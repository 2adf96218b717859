"""reserved-key: the key belongs to the platform, or the schema says that it must not come back."""

from __future__ import annotations

from propguard.model.stored_key import is_system_key
from propguard.rules.rule import Example, Found, KeyRule, KeySubject, StoredKeys
from propguard.rules.sql import is_one_of


def find(subject: KeySubject) -> Found | None:
    if is_system_key(subject.stored):
        return Found(
            f"`{subject.stored}` is a key that the platform keeps for itself; choose another name",
            context={"reserved_by": "platform"},
        )
    if subject.stored.lower() in subject.names.reserved:
        return Found(
            f"`{subject.stored}` is reserved by the schema: the name must not come back; use a declared property",
            context={"reserved_by": "schema"},
        )
    return None


def sql(stored: StoredKeys) -> str:
    return is_one_of("lowerUTF8(k)", stored.names.reserved)  # the platform's own are passed over in data


RULE = KeyRule(
    id="reserved-key",
    summary="The key is one of the platform's own, or listed under `reserved` in the schema.",
    why="System keys live in the same map as yours: writing one changes sessions, caching or billing. Names under "
    "`reserved` meant something else once, and old rows still say so.",
    example=Example(
        schema="reserved: [tmp]\nproperties: {environment: {enum: [production]}}",
        bad='headers = {"Helicone-Property-Tmp": "1"}',
        good='headers = {"Helicone-Property-Environment": "production"}',
    ),
    find=find,
    sql=sql,
)
