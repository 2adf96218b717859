"""LiteLLM through the guard: `python through_litellm.py SCHEMA URL` prints a JSON object of what happened."""

from __future__ import annotations

import asyncio
import json
import sys
from typing import Any

import httpx
import litellm

from propguard import AsyncGuardTransport, GuardTransport, load_schema

schema, url = load_schema(sys.argv[1]), sys.argv[2]
GOOD, BAD = {"Helicone-Property-Environment": "staging"}, {"Helicone-Property-Environment": "qa"}
ASKED: Any = {
    "model": "openai/m",
    "api_base": f"{url}/v1",
    "api_key": "sk-x",
    "messages": [{"role": "user", "content": "Hi"}],
}
outcome: dict[str, object] = {}

guard = GuardTransport(schema, httpx.HTTPTransport())
async_guard = AsyncGuardTransport(schema, httpx.AsyncHTTPTransport(), on_violation="fix")
litellm.client_session = httpx.Client(transport=guard)
litellm.aclient_session = httpx.AsyncClient(transport=async_guard)

outcome["whole"] = litellm.completion(**ASKED, extra_headers=GOOD).choices[0].message.content
parts = litellm.completion(**ASKED, extra_headers=GOOD, stream=True)
outcome["stream"] = "".join(part.choices[0].delta.content or "" for part in parts)
try:
    litellm.completion(**ASKED, extra_headers=BAD)
except litellm.BadRequestError as error:
    outcome["refused"] = error.message
outcome["refusals"] = guard.stats.refused


async def asynchronously() -> None:
    answer = await litellm.acompletion(**ASKED, extra_headers={"Helicone-Property-Env": "prod"})
    outcome["fixed"] = answer.choices[0].message.content
    parts = await litellm.acompletion(**ASKED, extra_headers=GOOD, stream=True)
    outcome["fixed stream"] = "".join([part.choices[0].delta.content or "" async for part in parts])
    try:
        await litellm.acompletion(**ASKED, extra_headers=BAD)
    except litellm.BadRequestError as error:
        outcome["refused async"] = error.message


asyncio.run(asynchronously())
json.dump(outcome, sys.stdout)
