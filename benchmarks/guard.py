"""What the guard adds to a request over the bare transport: with no property header, and with ten.

The headers are those that the openai client really sends. Every request is a new one, as in a program, and every one of
ten properties names another customer and another conversation. The transport within answers at once.
"""

from __future__ import annotations

import asyncio
import itertools
import statistics
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import httpx
import httpx2

from benchmarks.check import VALID, schema
from propguard import AsyncGuardTransport, GuardTransport

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine
    from types import ModuleType

    from propguard import PropertySchema

_ROUNDS = 15
_REQUESTS = 1000
_AIMS = {0: 5.0, 10: 15.0}
"""Microseconds that the guard may add at the median, by the number of properties."""


def headers_of_openai() -> list[tuple[str, str]]:
    """The headers of one chat completion, as the openai client hands them to its transport."""
    import openai

    sent: list[httpx2.Request] = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        sent.append(request)
        choice = {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": "Hello"}}
        body = {"id": "c", "object": "chat.completion", "created": 1, "model": "m", "choices": [choice]}
        return httpx2.Response(200, json=body)

    http = httpx2.Client(transport=httpx2.MockTransport(answer))
    of_helicone = {"Helicone-Auth": "Bearer sk-helicone-x", "Helicone-User-Id": "u-1", "Helicone-Session-Id": "s-1"}
    with openai.OpenAI(api_key="sk-x", default_headers=of_helicone, http_client=http) as client:
        client.chat.completions.create(model="m", messages=[{"role": "user", "content": "Hi"}])
    return [(name.decode(), value.decode()) for name, value in sent[0].headers.raw]


class Requests:
    """New requests of `library` with `number` properties, no two of them alike where there are any."""

    def __init__(self, library: ModuleType, number: int, headers: list[tuple[str, str]]) -> None:
        self._library: Any = library
        self._number = number
        self._headers = headers
        self._count = itertools.count()

    def __call__(self) -> list[Any]:
        return [self._one(next(self._count)) for _ in range(_REQUESTS)]

    def _one(self, count: int) -> Any:
        changing = {"customer_id": f"cust_{count:06}", "conversation_id": f"conv_{count * 7919:08x}"}
        properties = list((VALID | changing).items())[: self._number]
        headers = [*self._headers, *((f"Helicone-Property-{key}", value) for key, value in properties)]
        return self._library.Request("POST", "https://oai.helicone.ai/v1/chat/completions", headers=headers)


class Bare:
    """A transport that answers at once, both ways."""

    def handle_request(self, request: Any) -> Any:
        return request

    async def handle_async_request(self, request: Any) -> Any:
        return request


def timed(handle: Callable[[Any], object], requests: list[Any]) -> float:
    """Microseconds per request."""
    start = time.perf_counter()
    for request in requests:
        handle(request)
    return (time.perf_counter() - start) / len(requests) * 1e6


def timed_async(handle: Callable[[Any], Coroutine[Any, Any, object]], requests: list[Any]) -> float:
    """Microseconds per request, awaited one after the other."""

    async def run() -> float:
        start = time.perf_counter()
        for request in requests:
            await handle(request)
        return (time.perf_counter() - start) / len(requests) * 1e6

    return asyncio.run(run())


def overhead(schema_: PropertySchema, requests: Requests, *, is_async: bool) -> tuple[float, float]:
    """Microseconds of the bare transport, and what the guard adds to them, medians of rounds in which both take turns."""
    bare, guard, guard_async = Bare(), GuardTransport(schema_, Bare()), AsyncGuardTransport(schema_, Bare())
    alone, added = [], []
    for _ in range(_ROUNDS):
        round_ = requests()
        if is_async:
            before, after = (timed_async(each.handle_async_request, round_) for each in (bare, guard_async))
        else:
            before, after = (timed(each.handle_request, round_) for each in (bare, guard))
        alone.append(before)
        added.append(after - before)
    stats = guard_async.stats if is_async else guard.stats
    assert stats.refused == 0, "every request is valid"
    return statistics.median(alone), statistics.median(added)


def main() -> None:
    headers = headers_of_openai()
    declared = schema().properties
    optional = replace(schema(), properties={name: replace(of, required=False) for name, of in declared.items()})
    title = f"a request with {len(headers)} headers, and properties"
    print(title.ljust(45), "bare, µs".rjust(10), "guard adds".rjust(12), "may add".rjust(9))
    for library, is_async, number in itertools.product((httpx, httpx2), (False, True), _AIMS):
        bare, added = overhead(optional, Requests(library, number, headers), is_async=is_async)
        name = f"{library.__name__}, {'async' if is_async else 'sync'}, {number} properties"
        print(f"{name:45} {bare:10.2f} {added:12.2f} {_AIMS[number]:9.0f}")


if __name__ == "__main__":
    main()
