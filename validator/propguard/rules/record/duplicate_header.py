"""duplicate-header: header names of one request that differ only in case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from propguard.rules.rule import Example, Found, RecordRule, RecordSubject

if TYPE_CHECKING:
    from collections.abc import Iterator


def find(subject: RecordSubject) -> Iterator[tuple[str | None, Found]]:
    if subject.names.door != "header" or len(subject.written) == len(subject.stored):
        return
    spellings: dict[str, list[str]] = {}
    for written in subject.written:
        spellings.setdefault(subject.names.met_as(written), []).append(written)
    for stored, same in spellings.items():
        if len(same) > 1:
            names = ", ".join(f"`Helicone-Property-{name}`" for name in same)
            yield (
                stored,
                Found(
                    f"{names} are one header: the platform joins their values with a comma",
                    context={"written_keys": same},
                ),
            )


RULE = RecordRule(
    id="duplicate-header",
    summary="Two header names of one request, or of one literal in code, differ only in case.",
    why='Both are sent, and stored as one value: `"mobile, web"`.',
    doors="CW",
    example=Example(
        schema="properties: {app: {max_length: 40}}",
        bad='headers = {"Helicone-Property-App": "mobile", "Helicone-Property-APP": "web"}',
        good='headers = {"Helicone-Property-App": "mobile"}',
    ),
    find=find,
)
