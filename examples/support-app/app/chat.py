"""What goes wrong in practice: each of these was accepted by the platform without a word."""

import httpx
from openai import OpenAI

API = "https://api.helicone.ai"

client = OpenAI(
    base_url="https://oai.helicone.ai/v1",
    default_headers={
        "Helicone-Property-Env": "prod",
        "Helicone-Property-Conversation-Id": "conv_123",
        "Helicone-Property-Squad": "suport",
    },
)


def answer(user: dict[str, str], text: str) -> str:
    headers = {"Helicone-Property-user_id": "ada@example.com"}
    headers["Helicone-Property-Billable"] = True
    headers[f"Helicone-Property-{user['kind']}"] = user["id"]
    reply = client.chat.completions.create(model="gpt-5-mini", messages=[{"role": "user", "content": text}], extra_headers=headers)
    return reply.choices[0].message.content or ""


def review(request_id: str) -> None:
    httpx.put(f"{API}/v1/request/{request_id}/property", json={"key": "reviewStatus", "value": "approved"})
    httpx.put(f"{API}/v1/request/{request_id}/property", json={"environment": "production"})
