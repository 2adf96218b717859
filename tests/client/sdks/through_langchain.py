"""langchain-openai through the guard: `python through_langchain.py SCHEMA URL` prints a JSON object of what happened."""

from __future__ import annotations

import asyncio
import json
import sys

import httpx2
import openai
from langchain_openai import ChatOpenAI

from propguard import AsyncGuardTransport, GuardTransport, load_schema

schema, url = load_schema(sys.argv[1]), sys.argv[2]
GOOD, BAD = {"Helicone-Property-Environment": "staging"}, {"Helicone-Property-Environment": "qa"}
outcome: dict[str, object] = {}

guard = GuardTransport(schema, httpx2.HTTPTransport())
async_guard = AsyncGuardTransport(schema, httpx2.AsyncHTTPTransport(), on_violation="fix")
model = ChatOpenAI(
    model="m",
    api_key="sk-x",
    base_url=f"{url}/v1",
    default_headers=GOOD,
    http_client=httpx2.Client(transport=guard),
    http_async_client=httpx2.AsyncClient(transport=async_guard),
)

outcome["whole"] = model.invoke("Hi").text
outcome["stream"] = "".join(part.text for part in model.stream("Hi"))
try:
    model.bind(extra_headers=BAD).invoke("Hi")
except openai.BadRequestError as error:
    outcome["refused"] = error.message
outcome["refusals"] = guard.stats.refused


async def asynchronously() -> None:
    outcome["fixed"] = (await model.bind(extra_headers={"Helicone-Property-Environment": "prod"}).ainvoke("Hi")).text
    outcome["fixed stream"] = "".join([part.text async for part in model.astream("Hi")])
    try:
        await model.bind(extra_headers=BAD).ainvoke("Hi")
    except openai.BadRequestError as error:
        outcome["refused async"] = error.message


asyncio.run(asynchronously())
json.dump(outcome, sys.stdout)
