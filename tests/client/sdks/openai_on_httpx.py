"""The last openai on httpx through the guard: `python openai_on_httpx.py SCHEMA URL` prints a JSON object of what happened."""

from __future__ import annotations

import asyncio
import json
import sys
from typing import Any

import httpx
import openai

from propguard import AsyncGuardTransport, GuardTransport, load_schema

schema, url = load_schema(sys.argv[1]), sys.argv[2]
GOOD, BAD = {"Helicone-Property-Environment": "staging"}, {"Helicone-Property-Environment": "qa"}
ASKED: Any = {"model": "m", "messages": [{"role": "user", "content": "Hi"}]}
outcome: dict[str, object] = {"without httpx2": "httpx2" not in sys.modules}

guard = GuardTransport(schema, httpx.HTTPTransport())
http = httpx.Client(transport=guard)
with openai.OpenAI(api_key="sk-x", base_url=f"{url}/v1", default_headers=GOOD, http_client=http) as client:
    answer = client.chat.completions.create(**ASKED, extra_headers={"Helicone-Property-customer_id": "cust_1"})
    outcome["whole"] = answer.choices[0].message.content
    parts = client.chat.completions.create(**ASKED, stream=True)
    outcome["stream"] = "".join(part.choices[0].delta.content or "" for part in parts)
    for kind, headers in (("refused", BAD), ("repeated", {"Helicone-Property-ENVIRONMENT": "production"})):
        try:
            client.chat.completions.create(**ASKED, extra_headers=headers)
        except openai.BadRequestError as error:
            outcome[kind] = error.message
    outcome["refusals"] = guard.stats.refused


async def asynchronously() -> None:
    http = httpx.AsyncClient(transport=AsyncGuardTransport(schema, httpx.AsyncHTTPTransport(), on_violation="fix"))
    async with openai.AsyncOpenAI(api_key="sk-x", base_url=f"{url}/v1", http_client=http) as client:
        answer = await client.chat.completions.create(**ASKED, extra_headers={"Helicone-Property-Env": "prod"})
        outcome["fixed"] = answer.choices[0].message.content
        parts = await client.chat.completions.create(**ASKED, stream=True, extra_headers=GOOD)
        outcome["fixed stream"] = "".join([part.choices[0].delta.content or "" async for part in parts])
        try:
            await client.chat.completions.create(**ASKED, extra_headers=BAD)
        except openai.BadRequestError as error:
            outcome["refused async"] = error.message


asyncio.run(asynchronously())
json.dump(outcome, sys.stdout)
