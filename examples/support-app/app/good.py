"""How properties are written here: every key is declared, every value is one of those that the schema allows."""

import os

import httpx
from openai import OpenAI

API = "https://api.helicone.ai"
ENVIRONMENT = "Helicone-Property-Environment"


def client() -> OpenAI:
    return OpenAI(
        base_url="https://oai.helicone.ai/v1",
        default_headers={
            ENVIRONMENT: "production" if os.environ.get("LIVE") else "development",
            "Helicone-Property-Team": "support",
        },
    )


def answer(conversation_id: str, text: str) -> str:
    reply = client().chat.completions.create(
        model="gpt-5-mini",
        messages=[{"role": "user", "content": text}],
        extra_headers={"Helicone-Property-conversation_id": conversation_id},
    )
    return reply.choices[0].message.content or ""


def flag(request_id: str) -> None:
    httpx.put(f"{API}/v1/request/{request_id}/property", json={"key": "review_status", "value": "flagged"})
