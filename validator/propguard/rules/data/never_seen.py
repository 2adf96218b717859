"""never-seen: a declared property, or a namespace, that no request has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from propguard.model.finding import Severity
from propguard.model.profile import NEVER_SEEN
from propguard.rules.rule import DataRule, Example, Found, FoundInData

if TYPE_CHECKING:
    from collections.abc import Iterator

    from propguard.rules.rule import DataSubject


def find(subject: DataSubject) -> Iterator[FoundInData]:
    met = {declared.name for declared in map(subject.declared, subject.profiles) if declared is not None}
    if subject.window == NEVER_SEEN and not subject.profiles:
        return  # there is no data, which says nothing of any property
    for name, declared in subject.schema.properties.items():
        if name in met or not (subject.own is None or name in subject.own):
            continue
        what = f"a key of the namespace `{name}`" if declared.is_namespace else f"`{name}`"
        advice = (
            "it is deprecated, and nothing is in the way of taking it out of the schema"
            if declared.deprecated is not None
            else "write it, or take it out of the schema"
        )
        found = Found(f"no request has {what}; {advice}", context={"property": name})
        yield FoundInData(name, found, 0, NEVER_SEEN)


RULE = DataRule(
    id="never-seen",
    summary="A property that the schema itself declares is absent from the data.",
    why="It is a wish that nobody fulfils, or a name that programs spell in another way. A deprecated property that nobody writes has "
    "done its time. What is only inherited is nobody's wish here, and is left out. A namespace is absent where no key of it is there.",
    severity=Severity.INFO,
    example=Example(
        schema="properties: {environment: {enum: [production]}, feature_*: {enum: [enabled, disabled]}}",
        bad='{"key": "environment", "values": {"production": 900}}',
        good='{"key": "environment", "values": {"production": 900}}\n{"key": "feature_cache", "values": {"enabled": 900}}',
        language="keys",
    ),
    find=find,
)
