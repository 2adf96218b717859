"""What we want to know about a request afterwards."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass
class LLMContext:
    feature_name: str
    user_id: str | None = None
    tenant: str | None = None
    custom_properties: dict[str, Any] = field(default_factory=dict)

    def to_headers(self) -> dict[str, str]:
        headers = {"Helicone-Property-Feature": self.feature_name}
        if self.user_id:
            headers["Helicone-User-Id"] = self.user_id
        if self.tenant is not None:
            headers["Helicone-Property-Tenant"] = self.tenant
        for name, value in self.custom_properties.items():
            # Helicone only keeps strings
            headers[f"Helicone-Property-{name}"] = str(value)
        return headers
