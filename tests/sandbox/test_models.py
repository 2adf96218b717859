"""LLM calls through the sandbox: what of their headers is stored, and that real clients understand the answers."""

from __future__ import annotations

import json
import time
import uuid
from typing import TYPE_CHECKING

import httpx
import openai
import pytest

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from propguard.sandbox import Sandbox

BODY = {"model": "m", "messages": [{"role": "user", "content": "hello"}]}


def complete(client: httpx.Client, headers: Mapping[str, str] | Sequence[tuple[str, str]]) -> httpx.Response:
    answer = client.post("/v1/chat/completions", json=BODY, headers=headers)
    assert answer.status_code == 200, answer.text
    return answer


@pytest.mark.parametrize(
    ("headers", "stored"),
    [
        ([("Helicone-Property-Customer-Id", "1")], {"customer-id": "1"}),  # lower-cased; nothing maps - to _
        ([("Helicone-Property-customer_id", "1")], {"customer_id": "1"}),
        ([("Helicone-Property-UserId", "1"), ("Helicone-Property-User-Id", "2")], {"userid": "1", "user-id": "2"}),
        ([("Helicone-Property-App", "mobile"), ("Helicone-Property-APP", "web")], {"app": "mobile, web"}),
        ([("Helicone-Property-", "1")], {}),  # empty name: dropped
        ([("Helicone-Property-a", "")], {"a": ""}),  # empty value: kept
        ([("Helicone-Property-a", "x" * 5000)], {"a": "x" * 5000}),  # no length limit
        ([("Helicone-Property-a", "\xe9")], {"a": "\xe9"}),  # latin-1 at most
        (
            [("Helicone-Session-Id", "s"), ("Helicone-Session-Path", "/p")],
            {"Helicone-Session-Id": "s", "Helicone-Session-Path": "/p"},
        ),
        ([("helicone-prompt-id", "p")], {"Helicone-Prompt-Id": "p"}),
        ([("Helicone-User-Id", "u")], {}),  # a column, not a property
        ([("X-Property-a", "1"), ("Helicone-Cache-Control", "max-age=1")], {}),
    ],
)
def test_headers(
    client: httpx.Client, sandbox: Sandbox, headers: list[tuple[str, str]], stored: dict[str, str]
) -> None:
    """The key is what follows `helicone-property-`, lower-cased; system keys live in the same map."""
    raw = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers]
    answer = client.post("/v1/chat/completions", json=BODY, headers=httpx.Headers(raw))
    assert answer.status_code == 200
    (request,) = sandbox.requests()
    assert request["properties"] == stored
    assert request["request_id"] == answer.headers["helicone-id"]
    assert request["user_id"] == dict(headers).get("Helicone-User-Id", "")


def test_a_chosen_id(client: httpx.Client, sandbox: Sandbox) -> None:
    """Helicone-Request-Id chooses the id of a request."""
    chosen = str(uuid.uuid4())
    assert complete(client, {"Helicone-Request-Id": chosen}).headers["helicone-id"] == chosen


def test_ingestion_takes_time(other_client: httpx.Client, other: Sandbox) -> None:
    """A request is queued before it is stored: a PUT right after the LLM call gets 500 "Request not found"."""
    request_id = complete(other_client, {}).headers["helicone-id"]
    path, body = f"/v1/request/{request_id}/property", {"key": "a", "value": "b"}
    assert other_client.put(path, json=body).json()["error"] == "Request not found"
    assert list(other.requests()) == []
    time.sleep(0.6)
    assert other_client.put(path, json=body).status_code == 201


def test_the_real_client_of_openai(sandbox: Sandbox) -> None:
    """OpenAI's own client reads whole answers and streams, usage included."""
    client = openai.OpenAI(api_key=sandbox.api_key, base_url=sandbox.openai_base_url, max_retries=0)
    headers = {"Helicone-Property-App": "search"}
    messages = [{"role": "user", "content": "hello"}]
    with client:
        whole = client.chat.completions.create(model="m", messages=messages, extra_headers=headers)  # type: ignore[arg-type]  # the types of messages are many
        chunks = list(
            client.chat.completions.create(  # type: ignore[call-overload]  # the same
                model="m", messages=messages, stream=True, stream_options={"include_usage": True}, extra_headers=headers
            )
        )
    streamed = "".join(chunk.choices[0].delta.content or "" for chunk in chunks if chunk.choices)
    assert whole.choices[0].message.content == streamed == "Hello from the sandbox."
    assert chunks[-1].usage == whole.usage
    assert [request["properties"] for request in sandbox.requests()] == [{"app": "search"}] * 2


def test_the_shapes_of_anthropic(client: httpx.Client, sandbox: Sandbox) -> None:
    """/v1/messages answers as Anthropic does, whole and in events; the key may come as x-api-key."""
    headers = {"x-api-key": sandbox.api_key, "Helicone-Property-App": "search"}
    del client.headers["Authorization"]
    whole = client.post("/v1/messages", json=BODY, headers=headers).json()
    events = client.post("/v1/messages", json={**BODY, "stream": True}, headers=headers).text.split("\n\n")[:-1]
    parsed = [json.loads(event.partition("\ndata: ")[2]) for event in events]
    streamed = "".join(event["delta"]["text"] for event in parsed if event["type"] == "content_block_delta")
    assert whole["content"] == [{"type": "text", "text": streamed}]
    assert [event["type"] for event in (parsed[0], parsed[-1])] == ["message_start", "message_stop"]
    assert [(r["provider"], r["properties"]) for r in sandbox.requests()] == [("ANTHROPIC", {"app": "search"})] * 2


def test_what_is_no_request(client: httpx.Client) -> None:
    """A body without a model gets 400 in the provider's own shape."""
    for path in ("/v1/chat/completions", "/v1/messages"):
        answer = client.post(path, json=[])
        assert (answer.status_code, answer.json()["error"]["type"]) == (400, "invalid_request_error")
