"""The guard under the real clients of OpenAI and Anthropic: they work through it unchanged, and refusals reach their caller."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, NamedTuple

import anthropic
import httpx2
import openai
import pytest

from propguard import AsyncGuardTransport, GuardTransport, property_headers
from propguard.model.schema import Property
from tests.client.llm_server import llm_server
from tests.subjects import schema_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

    from tests.client.llm_server import LLMServer

SCHEMA = schema_of(
    Property("environment", enum=("production", "staging"), aliases=("env",), value_aliases={"prod": "production"}),
    Property("customer_id", pattern="^cust_[0-9]+$"),
)
HI: Any = [{"role": "user", "content": "Hi"}]


@pytest.fixture
def server() -> Iterator[LLMServer]:
    with llm_server() as running:
        yield running


class SDK(NamedTuple):
    """How to ask one thing of a client library."""

    module: ModuleType
    client: str
    path: str
    stream: bool

    def ask(self, server: LLMServer, kind: str, default: dict[str, str], extra: dict[str, str], **options: Any) -> str:
        """The text that comes back through a guarded client with these headers of its own and of this request."""
        return (
            asyncio.run(self._ask_async(server, default, extra, options))
            if kind == "async"
            else self._ask(server, default, extra, options)
        )

    def _arguments(self, extra: dict[str, str]) -> dict[str, Any]:
        limit = {"max_tokens": 5} if self.client == "Anthropic" else {}
        return {"model": "m", "messages": HI, "extra_headers": extra, "stream": self.stream} | limit

    def _options(self, server: LLMServer, default: dict[str, str]) -> dict[str, Any]:
        base = server.url if self.client == "Anthropic" else f"{server.url}/v1"
        return {"api_key": "sk-x", "base_url": base, "default_headers": default}

    def _create(self, client: Any) -> Any:
        return client.messages.create if self.client == "Anthropic" else client.chat.completions.create

    def _ask(self, server: LLMServer, default: dict[str, str], extra: dict[str, str], options: dict[str, Any]) -> str:
        http = httpx2.Client(transport=GuardTransport(SCHEMA, httpx2.HTTPTransport(), **options))
        with getattr(self.module, self.client)(**self._options(server, default), http_client=http) as client:
            answer = self._create(client)(**self._arguments(extra))
            return "".join(map(text_of, answer)) if self.stream else text_of(answer)

    async def _ask_async(
        self, server: LLMServer, default: dict[str, str], extra: dict[str, str], options: dict[str, Any]
    ) -> str:
        http = httpx2.AsyncClient(transport=AsyncGuardTransport(SCHEMA, httpx2.AsyncHTTPTransport(), **options))
        async with getattr(self.module, f"Async{self.client}")(
            **self._options(server, default), http_client=http
        ) as client:
            answer = await self._create(client)(**self._arguments(extra))
            return "".join([text_of(part) async for part in answer]) if self.stream else text_of(answer)


def text_of(part: Any) -> str:
    """The text in an answer, or in a part of one, of either library."""
    if hasattr(part, "choices"):
        choice = part.choices[0]
        return (choice.delta if hasattr(choice, "delta") else choice.message).content or ""  # the last piece has none
    if hasattr(part, "content"):
        return str(part.content[0].text)
    return str(part.delta.text) if part.type == "content_block_delta" else ""


SDKS = [
    pytest.param(SDK(module, client, path, stream), id=f"{client}-{'stream' if stream else 'whole'}")
    for module, client, path in (
        (openai, "OpenAI", "/v1/chat/completions"),
        (anthropic, "Anthropic", "/v1/messages"),
    )
    for stream in (False, True)
]


@pytest.mark.parametrize("kind", ["sync", "async"])
@pytest.mark.parametrize("sdk", SDKS)
class TestSDKs:
    """Synchronous and asynchronous, whole and streamed."""

    def test_what_is_accepted_arrives_unchanged(self, sdk: SDK, kind: str, server: LLMServer) -> None:
        extra = property_headers(SCHEMA, {"customer_id": "cust_1"})
        assert sdk.ask(server, kind, {"Helicone-Property-Environment": "staging"}, extra) == "Hello"
        ((path, properties),) = server.received
        assert path == sdk.path
        # openai 3 lower-cases the names of headers, which changes nothing for the platform
        assert {name.lower(): value for name, value in properties} == {
            "environment": "staging",
            "customer_id": "cust_1",
        }

    def test_what_is_refused_is_a_bad_request_at_once(self, sdk: SDK, kind: str, server: LLMServer) -> None:
        with pytest.raises(sdk.module.BadRequestError) as caught:
            sdk.ask(server, kind, {"Helicone-Property-Environment": "qa"}, {"Helicone-Property-customer_id": "cust_1"})
        message = str(caught.value)
        assert "`qa` is not an allowed value of `environment` (production, staging)" in message
        assert caught.value.status_code == 400
        assert server.received == []

    def test_nothing_is_tried_again(self, sdk: SDK, kind: str, server: LLMServer) -> None:
        """Each attempt would be one more refusal."""
        seen: list[object] = []
        with pytest.raises(sdk.module.BadRequestError):
            sdk.ask(server, kind, {}, {"Helicone-Property-Environment": "qa"}, listener=seen.append)
        assert len(seen) == 1

    def test_what_is_fixed_arrives_fixed(self, sdk: SDK, kind: str, server: LLMServer) -> None:
        wrong = {"Helicone-Property-Env": "prod", "Helicone-Property-Customer-Id": "cust_1"}
        assert sdk.ask(server, kind, {}, wrong, on_violation="fix") == "Hello"
        ((_, properties),) = server.received
        assert {name.lower(): value for name, value in properties} == {
            "environment": "production",
            "customer_id": "cust_1",
        }

    def test_what_is_dropped_does_not_arrive(self, sdk: SDK, kind: str, server: LLMServer) -> None:
        wrong = {"Helicone-Property-Environment": "qa", "Helicone-Property-Nobody": "x"}
        assert sdk.ask(server, kind, wrong, {"Helicone-Property-customer_id": "cust_1"}, on_violation="drop") == "Hello"
        assert [properties for _, properties in server.received] == [[("customer_id", "cust_1")]]


def test_the_error_of_openai_names_the_header_and_the_code(server: LLMServer) -> None:
    """As with errors of OpenAI itself, programs can tell what was wrong without reading the message."""
    sdk = SDK(openai, "OpenAI", "/v1/chat/completions", stream=False)
    with pytest.raises(openai.BadRequestError) as caught:
        sdk.ask(server, "sync", {}, {"Helicone-Property-Environment": "qa"})
    error = caught.value
    assert (error.code, error.type) == ("property_rejected", "invalid_request_error")
    assert str(error.param).lower() == "helicone-property-environment"
    body: Any = error.body
    assert [violation["rule"] for violation in body["violations"]] == ["value-not-allowed"]
