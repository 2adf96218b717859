from __future__ import annotations

import asyncio
import json
import urllib.request
from dataclasses import asdict, dataclass, field, fields

import aiohttp

from . import names

GATEWAY = "https://oai.helicone.ai/v1/chat/completions"
PROPERTY_URL = "https://api.helicone.ai/v1/request/{}/property"


@dataclass(frozen=True)
class Meta:
    survey_id: str
    cohort: str = "all"
    extra: dict[str, object] = field(default_factory=dict)


def _headers(meta: Meta, key: str) -> dict[str, str]:
    headers = {"helicone-auth": f"Bearer {key}"}
    headers[names.HEADER % names.SURVEY] = meta.survey_id
    headers[names.HEADER % names.COHORT] = meta.cohort
    for k in meta.extra:
        headers[names.HEADER % k] = str(meta.extra[k])
    return headers


async def ask(prompt: str, meta: Meta, *, key: str) -> dict:
    async with aiohttp.ClientSession(headers=_headers(meta, key)) as session:
        async with session.post(GATEWAY, json={"model": "gpt-4o-mini", "messages": [{"role": "user", "content": prompt}]}) as answer:
            body = await answer.json()
            return {"id": answer.headers["helicone-id"], "text": body["choices"][0]["message"]["content"]}


async def ask_all(prompts: list[str], meta: Meta, *, key: str) -> list[dict]:
    return await asyncio.gather(*(ask(prompt, meta, key=key) for prompt in prompts))


def note(request_id: str, /, *, key: str, **properties: object) -> None:
    """Properties that are known afterwards."""
    for name, value in properties.items():
        body = json.dumps({"key": name, "value": str(value)}).encode()
        request = urllib.request.Request(PROPERTY_URL.format(request_id), data=body, method="PUT")
        request.add_header("Authorization", f"Bearer {key}")
        urllib.request.urlopen(request, timeout=10).close()


def describe(meta: Meta) -> str:
    return ", ".join(f"{f.name}={asdict(meta)[f.name]}" for f in fields(meta))
