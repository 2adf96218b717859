"""Product analytics. Nothing here goes to the LLM gateway."""

from __future__ import annotations

from dataclasses import dataclass, field

import posthog


@dataclass
class Context:
    feature_name: str
    custom_properties: dict[str, object] = field(default_factory=dict)


def capture(event: str, context: Context) -> None:
    properties = {f"$feature/{context.feature_name}": True}
    for key, value in context.custom_properties.items():
        properties[f"prop_{key}"] = value
    posthog.capture("server", event, properties=properties)
