"""put-map-body: a PUT whose body is a map of properties instead of one key and one value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from propguard.rules.rule import CodeRule, Example, Found

if TYPE_CHECKING:
    from propguard.model.usage import Usage

SHAPE = "put-map-body"
"""The shape of a usage of this kind."""


def find(usage: Usage) -> Found | None:
    if usage.shape != SHAPE:
        return None
    return Found(
        'the body must be {"key": …, "value": …}, one property a call: the platform answers 422 to a map',
        context={"shape": usage.shape},
    )


RULE = CodeRule(
    id="put-map-body",
    summary="The body of `PUT /v1/request/{id}/property` is a map of properties.",
    why='The public documentation shows both forms; the platform takes only `{"key": …, "value": …}` and answers 422 to the other.',
    doors="C",
    example=Example(
        schema="properties: {environment: {enum: [production]}}",
        bad='httpx.put(f"{api}/v1/request/{request_id}/property", json={"environment": "production"})',
        good='httpx.put(f"{api}/v1/request/{request_id}/property", json={"key": "environment", "value": "production"})',
    ),
    find=find,
)
