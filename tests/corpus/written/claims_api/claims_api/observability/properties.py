"""Properties that are only known after the model has answered."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import httpx
from tenacity import retry, stop_after_attempt, wait_exponential

from ..settings import get_settings

if TYPE_CHECKING:
    from collections.abc import Mapping

logger = logging.getLogger("claims.observability")


@retry(stop=stop_after_attempt(4), wait=wait_exponential(min=1, max=8))
def add_property(request_id: str, key: str, value: str) -> None:
    settings = get_settings()
    response = httpx.put(
        f"{settings.helicone_api_url}/v1/request/{request_id}/property",
        headers={"Authorization": f"Bearer {settings.helicone_api_key}"},
        json={"key": key, "value": value},
        timeout=10,
    )
    response.raise_for_status()
    error = response.json().get("error")
    if error:
        raise RuntimeError(f"property {key} was not stored: {error}")


def add_properties(request_id: str, properties: Mapping[str, object]) -> None:
    for key, value in properties.items():
        add_property(request_id, key, str(value))


class RequestTagger:
    """All properties of one request."""

    def __init__(self, request_id: str) -> None:
        self.request_id = request_id
        self._written: dict[str, str] = {}

    def tag(self, key: str, value: object) -> "RequestTagger":
        text = str(value)
        if self._written.get(key) != text:
            add_property(self.request_id, key, text)
            self._written[key] = text
        return self

    def failed(self, reason: str) -> None:
        logger.warning("request %s failed: %s", self.request_id, reason)
        self.tag("error_message", reason).tag("needs_review", "true")
