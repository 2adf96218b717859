"""Clients that are guarded after they were built: no proxy and no mount leads around the guard."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import anthropic
import httpx
import httpx2
import openai
import pytest

from propguard import AsyncGuardTransport, GuardTransport, UsageError, guard_client
from propguard.model.schema import Property
from tests.subjects import schema_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from propguard.client.policy import Event

SCHEMA = schema_of(Property("environment", enum=("production",)))
GOOD = {"Helicone-Property-Environment": "production"}
BAD = {"Helicone-Property-Environment": "moon"}

LIBRARIES = pytest.mark.parametrize("library", [httpx, httpx2], ids=lambda library: str(library.__name__))


def statuses(client: Any, *urls: str) -> list[int]:
    """What a good and a bad request to each address are answered."""
    given = [(url, headers) for url in urls for headers in (GOOD, BAD)]
    if not hasattr(client, "aclose"):
        return [client.post(url, headers=headers).status_code for url, headers in given]

    async def ask() -> list[int]:
        return [(await client.post(url, headers=headers)).status_code for url, headers in given]

    return asyncio.run(ask())


def answering(library: Any, status: int) -> Any:
    return library.MockTransport(lambda _: library.Response(status))


@LIBRARIES
@pytest.mark.parametrize("kind", ["Client", "AsyncClient"])
def test_every_transport_of_a_client_is_guarded(library: Any, kind: str) -> None:
    """Mounts as well as the default, by one guard; a mount of nothing goes on meaning the default."""
    events: list[Event] = []
    client = getattr(library, kind)(
        transport=answering(library, 201),
        mounts={"all://a.example": answering(library, 202), "all://b.example": None},
    )
    assert guard_client(SCHEMA, client, listener=events.append) is client
    found = statuses(client, "https://a.example", "https://b.example", "https://c.example")
    assert found == [202, 400, 201, 400, 201, 400]
    assert client._transport.stats.refused == len(events) == 3


@LIBRARIES
def test_a_second_call_changes_nothing(library: Any) -> None:
    """No request is judged twice, and what was guarded by hand stays as it is."""
    by_hand = GuardTransport(SCHEMA, answering(library, 201), on_violation="warn")
    client = library.Client(transport=by_hand, mounts={"all://a.example": answering(library, 202)})
    guard_client(SCHEMA, client)
    before = [client._transport, *client._mounts.values()]
    guard_client(SCHEMA, client)
    assert [client._transport, *client._mounts.values()] == before
    assert before[0] is by_hand
    assert statuses(client, "https://a.example", "https://c.example") == [202, 400, 201, 201]


@LIBRARIES
def test_proxies_do_not_lead_around_the_guard(library: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither one that is given beside a guarded transport, nor those of the environment."""
    given = library.Client(transport=GuardTransport(SCHEMA, answering(library, 201)), proxy="http://localhost:1")
    with pytest.raises(library.ConnectError):  # it was passed on, unseen
        given.post("https://c.example", headers=BAD)
    monkeypatch.setenv("ALL_PROXY", "http://localhost:1")
    for client in (given, library.Client()):
        assert guard_client(SCHEMA, client).post("https://c.example", headers=BAD).status_code == 400


CLIENTS: dict[str, Callable[[], Any]] = {
    "openai": lambda: openai.OpenAI(api_key="sk-x", base_url="http://localhost:1"),
    "openai, built upon": lambda: openai.OpenAI(
        api_key="sk-x", http_client=openai.DefaultHttpxClient(proxy="http://localhost:1")
    ),
    "openai, asynchronous": lambda: openai.AsyncOpenAI(api_key="sk-x", base_url="http://localhost:1"),
    "anthropic": lambda: anthropic.Anthropic(api_key="sk-x", base_url="http://localhost:1"),
    "anthropic, asynchronous": lambda: anthropic.AsyncAnthropic(api_key="sk-x", base_url="http://localhost:1"),
}


@pytest.mark.parametrize("name", CLIENTS)
def test_clients_of_models_are_guarded(name: str) -> None:
    """With the transport that they made themselves; copies of them share it."""
    client = guard_client(SCHEMA, CLIENTS[name]()).with_options(default_headers=BAD)
    with pytest.raises((openai.BadRequestError, anthropic.BadRequestError), match="propguard did not send"):
        ask(client)


def ask(client: Any) -> None:
    arguments: Any = {"model": "m", "messages": [{"role": "user", "content": "Hi"}]}
    if isinstance(client, anthropic.Anthropic | anthropic.AsyncAnthropic):
        answer = client.messages.create(max_tokens=5, **arguments)
    else:
        answer = client.chat.completions.create(**arguments)
    if asyncio.iscoroutine(answer):
        asyncio.run(answer)


@pytest.mark.parametrize("wrong", [None, "https://llm.example", httpx.HTTPTransport(), SimpleNamespace(_client=3)])
def test_what_is_no_client_is_refused(wrong: object) -> None:
    """In a sentence that says what is expected."""
    with pytest.raises(UsageError, match="a client of httpx, httpx2, openai or anthropic is expected"):
        guard_client(SCHEMA, wrong)


def test_guards_of_both_kinds_are_chosen_by_the_client() -> None:
    """A transport of a test can be used by both."""
    transport = answering(httpx, 200)
    assert isinstance(guard_client(SCHEMA, httpx.Client(transport=transport))._transport, GuardTransport)
    assert isinstance(guard_client(SCHEMA, httpx.AsyncClient(transport=transport))._transport, AsyncGuardTransport)
