from __future__ import annotations

import logging
import os

from openai import AsyncOpenAI, OpenAI

from ticket_triage.llm.context import LLMContext

log = logging.getLogger(__name__)

HELICONE_BASE_URL = "https://oai.helicone.ai/v1"
DEFAULT_MODEL = os.getenv("TRIAGE_MODEL", "gpt-4o-mini")


def _client_options() -> dict:
    return {
        "base_url": HELICONE_BASE_URL,
        "default_headers": {
            "Helicone-Auth": f"Bearer {os.environ['HELICONE_API_KEY']}",
            "Helicone-Property-App": "ticket-triage",
            "Helicone-Property-Environment": os.getenv("APP_ENV", "development"),
        },
    }


_sync: OpenAI | None = None
_async: AsyncOpenAI | None = None


def _get_sync() -> OpenAI:
    global _sync
    if _sync is None:
        _sync = OpenAI(**_client_options())
    return _sync


def complete(messages: list[dict], *, context: LLMContext, model: str = DEFAULT_MODEL, **kwargs) -> str:
    log.debug("feature=%s properties=%s", context.feature_name, context.custom_properties)
    response = _get_sync().chat.completions.create(
        model=model,
        messages=messages,
        extra_headers=context.to_headers(),
        **kwargs,
    )
    return response.choices[0].message.content or ""


async def acomplete(messages: list[dict], *, context: LLMContext, model: str = DEFAULT_MODEL, **kwargs) -> str:
    global _async
    if _async is None:
        _async = AsyncOpenAI(**_client_options())
    response = await _async.chat.completions.create(
        model=model, messages=messages, extra_headers=context.to_headers(), **kwargs
    )
    return response.choices[0].message.content or ""
