"""unknown-property: the key is not declared."""

from __future__ import annotations

from propguard.model.finding import Severity
from propguard.rules.near import nearest
from propguard.rules.rule import Example, Found, KeyRule, KeySubject, StoredKeys
from propguard.rules.sql import NEVER, is_declared


def find(subject: KeySubject) -> Found | None:
    if subject.declared is not None or subject.schema.unknown_properties == "allow":
        return None
    names = (name for name in subject.schema.properties if not name.endswith("*"))
    near = nearest(subject.stored, names) if subject.advise else None
    advice = f"did you mean `{near}`?" if near else "declare it there, or use a declared property"
    return Found(
        f"`{subject.stored}` is not declared in the schema {subject.schema.name}; {advice}",
        suggestion=near,
        context={"schema_name": subject.schema.name, "naming": subject.schema.naming},
        severity=Severity.WARNING if subject.schema.unknown_properties == "warning" else Severity.ERROR,
    )


def sql(stored: StoredKeys) -> str:
    allowed = stored.schema.unknown_properties == "allow"
    return NEVER if allowed else f"NOT ({is_declared(stored.names)})"


RULE = KeyRule(
    id="unknown-property",
    summary="The key is not declared in the schema.",
    why="A key that nobody declared is a typing error or a decision that nobody knows of. `unknown_properties` sets how much it weighs.",
    fix="unsafe",
    example=Example(
        schema="properties: {environment: {enum: [production]}}",
        bad='headers = {"Helicone-Property-Enviroment": "production"}',
        good='headers = {"Helicone-Property-Environment": "production"}',
    ),
    find=find,
    sql=sql,
)
