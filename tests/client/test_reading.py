"""Reading stored requests: each once, none missed, and an empty answer is not believed at once."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from propguard.client.helicone import AsyncHelicone, Helicone
from propguard.errors import AuthenticationFailed, PropertyRejected, Unreachable, UsageError
from propguard.helicone.filters import P
from propguard.helicone.stored_request import StoredRequest
from propguard.model.schema import Property, PropertySchema
from tests.client.platform import IDS, NOW, Platform
from tests.helicone import server

SCHEMA = PropertySchema(
    "shop",
    "1.0.0",
    {"environment": Property("environment", enum=("production", "staging")), "status": Property("status")},
)
KEY = "sk-helicone-secret"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def client(platform: Platform) -> Helicone:
    return Helicone(SCHEMA, api_key=KEY, transport=platform.transport, clock=platform.clock)


def read(platform: Platform, *arguments: Any, **bounds: Any) -> list[StoredRequest]:
    """What both clients read, which must be the same."""
    with client(platform) as helicone:
        found = list(helicone.requests(*arguments, **bounds))

    async def again() -> list[StoredRequest]:
        async with AsyncHelicone(SCHEMA, api_key=KEY, transport=platform.transport, clock=platform.clock) as other:
            return [request async for request in other.requests(*arguments, **bounds)]

    if not platform.seconds and not platform.faults:
        assert asyncio.run(again()) == found
    return found


def ids(requests: list[StoredRequest]) -> list[str]:
    return [request.request_id for request in requests]


def test_requests_come_newest_first_and_whole() -> None:
    """With what is needed to judge them, and without bodies."""
    platform = Platform()
    platform.store(IDS[0], NOW - 3 * DAY, environment="production")
    platform.store(IDS[1], NOW - HOUR, environment="staging")
    newest, oldest = read(platform)
    assert ids([newest, oldest]) == [IDS[1], IDS[0]]
    assert newest == StoredRequest(
        IDS[1], NOW - HOUR, {"environment": "staging"}, "gpt-4o", "OPENAI", 200, NOW - HOUR, {}
    )


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        (P("environment") == "production", {0, 2}),
        ({"properties": {"environment": {"equals": "production"}}}, {0, 2}),
        ((P("environment") == "production") & (P("status") == "done"), {2}),
        (P("status").exists(), {2, 3}),
        (P("status") == "", {0, 1, 3}),
        (P("environment").contains("STAG"), {1}),
        (P.created_at >= NOW - 2 * HOUR, {1, 0}),
        ((P.created_at < NOW - 2 * HOUR) & (P("status").exists()), {2, 3}),
        ("all", {0, 1, 2, 3}),
        ({}, {0, 1, 2, 3}),
        (None, {0, 1, 2, 3}),
    ],
)
def test_a_filter_says_which(where: Any, expected: set[int]) -> None:
    """Made with P or as documented."""
    platform = Platform()
    platform.store(IDS[0], NOW - HOUR, environment="production")
    platform.store(IDS[1], NOW - 2 * HOUR, environment="staging")
    platform.store(IDS[2], NOW - 3 * HOUR, environment="production", status="done")
    platform.store(IDS[3], NOW - 4 * HOUR, status="")
    assert set(ids(read(platform, where))) == {IDS[number] for number in expected}


@pytest.mark.parametrize(
    ("bounds", "expected"),
    [
        ({"since": NOW - HOUR}, [1, 0]),
        ({"since": NOW - HOUR, "until": NOW}, [0]),  # the end is not included
        ({"until": "2026-06-01T11:00:00Z"}, []),
        ({"since": "2026-06-01"}, [1, 0]),
        ({"since": (NOW - HOUR).date()}, [1, 0]),
        ({"since": NOW - HOUR + timedelta(microseconds=1)}, [1]),
        ({"since": NOW + DAY}, []),
        ({"since": NOW, "until": NOW - DAY}, []),
    ],
)
def test_bounds_are_half_open(bounds: Any, expected: list[int]) -> None:
    """And exact, though the platform compares whole seconds."""
    platform = Platform()
    platform.store(IDS[0], NOW - HOUR)
    platform.store(IDS[1], NOW)
    assert ids(read(platform, **bounds)) == [IDS[number] for number in expected]


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"where": P("environment") == "prod"}, PropertyRejected),
        ({"where": P("nope").exists()}, PropertyRejected),
        ({"where": {"properties": {"a": {"equals": "1"}, "b": {"equals": "2"}}}}, UsageError),
        ({"where": "environment = production"}, UsageError),
        ({"where": P("environment")}, UsageError),
        ({"since": "yesterday"}, UsageError),
        ({"until": 5}, UsageError),
    ],
)
def test_what_cannot_be_asked_is_refused_before_anything_is(arguments: Any, error: type[Exception]) -> None:
    """At the call, not when the first request is taken."""
    platform = Platform()
    with pytest.raises(error):
        client(platform).requests(**arguments)
    with pytest.raises(error):
        AsyncHelicone(SCHEMA, api_key=KEY, transport=platform.transport).requests(**arguments)
    assert platform.queries == []


@pytest.mark.slow
def test_many_requests_of_many_seconds_are_read_page_by_page() -> None:
    """Pages grow, windows follow each other, and nothing comes twice."""
    platform = Platform()
    for number, request_id in enumerate(IDS):
        platform.store(request_id, NOW - timedelta(seconds=number * 7))
    assert ids(read(platform, since=NOW - DAY)) == IDS
    assert max(query["limit"] for query in platform.queries) == 1000


@pytest.mark.slow
def test_many_requests_of_one_second_are_read_page_by_page() -> None:
    """A second cannot be halved."""
    platform = Platform()
    for number, request_id in enumerate(IDS[:2500]):
        platform.store(request_id, NOW + timedelta(milliseconds=number % 900))
    assert sorted(ids(read(platform, since=NOW - HOUR))) == IDS[:2500]


def test_a_request_comes_once_in_its_newest_version() -> None:
    """However many versions are not merged yet, on however many pages."""
    platform = Platform()
    platform.store(IDS[0], NOW - HOUR, status="0")
    for number in range(1, 700):
        platform._insert(IDS[0], NOW - HOUR, {"status": str(number)}, NOW - HOUR + timedelta(seconds=number))
    [only] = read(platform)
    assert only.properties == {"status": "699"}


def test_a_version_that_does_not_fit_any_more_is_left_out() -> None:
    """Where the platform shows one all the same."""
    platform = Platform()
    platform.store(IDS[0], NOW - HOUR, status="new")
    query = platform._query

    def merged(body: dict[str, Any]) -> list[dict[str, Any]]:
        return [{**row, "properties": {"status": "old"}} for row in query(body)]

    platform._query = merged  # type: ignore[method-assign]  # filtered first, merged afterwards
    assert read(platform, P("status") == "new") == []


def test_a_request_is_not_found_by_what_it_was() -> None:
    """The platform compares every version that is not merged yet; only the newest counts."""
    platform = Platform()
    for number, request_id in enumerate(IDS[:250]):
        at = NOW - timedelta(minutes=number)
        platform.store(request_id, at, status="new")
        if number % 2:
            platform._insert(request_id, at, {"status": "done"}, NOW)
    assert ids(read(platform, P("status") == "new", since=NOW - DAY)) == IDS[:250:2]
    assert ids(read(platform, P("status") == "done", since=NOW - DAY)) == IDS[1:250:2]


def test_requests_that_vanish_are_not_left_out_in_silence() -> None:
    """Versions that cannot be read are asked for in smaller numbers, and then that is an error."""
    platform = Platform()
    for number, request_id in enumerate(IDS[:40]):
        platform.store(request_id, NOW - timedelta(minutes=number), status="new")

    def many(query: dict[str, Any], most: int) -> bool:
        return json.dumps(query).count("request_id") > most

    platform.blind = lambda query: many(query, 10)
    assert ids(read(platform, P("status") == "new", since=NOW - DAY)) == IDS[:40]
    platform.blind = lambda query: many(query, 0)
    with pytest.raises(Unreachable, match="contradicts itself"):
        read(platform, P("status") == "new", since=NOW - DAY)


@pytest.mark.slow
def test_changing_requests_while_walking_over_them_misses_none() -> None:
    """Those that do not fit any more leave their pages, which shifts what is counted by number."""
    platform = Platform()
    for number, request_id in enumerate(IDS[:1200]):
        platform.store(request_id, NOW - timedelta(seconds=number), status="new")
    seen = []
    for request in client(platform).requests(P("status") == "new", since=NOW - DAY):
        seen.append(request.request_id)
        for version in platform.versions:
            if version["request_id"] == request.request_id:
                version["properties"] = {"status": "done"}
    assert seen == IDS[:1200]


def span(query: dict[str, Any]) -> timedelta:
    """How long the window of a query is."""

    def times(node: Any) -> list[tuple[str, datetime]]:
        if "left" in node:
            return times(node["left"]) + times(node["right"])
        leaf = node["request_response_rmt"]
        return [(op, server.moment(at)) for op, at in leaf.get("request_created_at", {}).items()]

    bounds = times(query["filter"])
    return min(at for op, at in bounds if op == "lt") - max(at for op, at in bounds if op == "gte")


def test_a_query_that_fails_in_silence_is_found_out() -> None:
    """Windows longer than half an hour are answered as if they were empty; all requests come all the same."""
    platform = Platform()
    for number, request_id in enumerate(IDS[:50]):
        platform.store(request_id, NOW - timedelta(minutes=number * 7))
    platform.blind = lambda query: span(query) > HOUR / 2
    assert ids(read(platform, since=NOW - DAY)) == IDS[:50]


def test_an_answer_that_takes_too_long_is_not_taken_for_nothing() -> None:
    """Windows are halved until an answer comes in time; where none does, that is an error."""
    platform = Platform()
    platform.seconds = 60.0
    with pytest.raises(Unreachable, match="takes so long"):
        read(platform, since=NOW - DAY)


def test_a_platform_that_contradicts_itself_is_not_believed() -> None:
    """Nothing is left out in silence."""
    platform = Platform()
    platform.store(IDS[0], NOW - HOUR)
    platform.blind = lambda query: span(query) != timedelta(seconds=2)
    with pytest.raises(Unreachable, match="contradicts itself"):
        read(platform, since=NOW - HOUR, until=NOW - HOUR + timedelta(seconds=1))


def test_requests_of_another_time_are_not_believed() -> None:
    """A server that ignores the filter would be walked for ever."""
    platform = Platform()
    platform.store(IDS[0], NOW - 5 * DAY)
    query = platform._query
    platform._query = lambda body: query({**body, "filter": "all"})  # type: ignore[method-assign]  # such a server
    with pytest.raises(Unreachable, match="another time"):
        read(platform, since=NOW - DAY)


def test_failures_that_pass_are_asked_again_and_others_are_told() -> None:
    """As with writes; a page that cannot be read counts among them."""
    platform = Platform()
    platform.store(IDS[0], NOW - HOUR)
    platform.faults = [
        httpx.ReadTimeout("late"),
        httpx.Response(201, content=b'{"data": ['),
        httpx.Response(429, json={}, headers={"Retry-After": "3"}),
    ]
    assert ids(read(platform)) == [IDS[0]]
    platform.faults = [httpx.Response(401, json={"error": "read-only"})]
    with pytest.raises(AuthenticationFailed, match="read-only"):
        read(platform)


@pytest.mark.slow
def test_pages_shrink_where_bodies_are_large() -> None:
    """What comes with the rows must fit into memory."""
    platform = Platform()
    for number, request_id in enumerate(IDS[:600]):
        platform.store(request_id, NOW - timedelta(seconds=number))
    for version in platform.versions:
        version["request_body"] = "x" * 100_000
    assert len(list(client(platform).requests(since=NOW - DAY))) == 600
    assert [query["limit"] for query in platform.queries][:3] == [200, 100, 100]


def test_everything_is_walked_in_few_steps() -> None:
    """Without `since`: back to before the platform was, in windows that grow while they are empty."""
    platform = Platform()
    platform.store(IDS[0], datetime(2023, 1, 5, tzinfo=UTC))
    assert ids(list(client(platform).requests())) == [IDS[0]]
    assert len(platform.queries) < 80


EVENTS = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 4000), st.integers(0, 3)), max_size=60)


@given(EVENTS, st.sampled_from([2, 3, 7]), st.integers(0, 5000))
def test_whatever_is_stored_is_read_once(events: list[tuple[int, int, int]], page: int, blind: int) -> None:
    """Small pages, many versions, ties, and windows that are answered as if they were empty."""
    platform = Platform()
    made: dict[str, datetime] = {}
    for name, quarter, version in events:
        at = made.setdefault(IDS[name], NOW - timedelta(milliseconds=250 * quarter))
        platform._insert(IDS[name], at, {"status": str(version)}, NOW + timedelta(seconds=version))
    query = platform._query
    platform._query = lambda body: query({**body, "limit": min(body["limit"], page)})  # type: ignore[method-assign]  # pages that are short without being the last
    platform.blind = lambda body: span(body) > timedelta(minutes=31, seconds=blind)
    expected = {name: max(version for other, _, version in events if IDS[other] == name) for name in made}
    found = list(client(platform).requests(since=NOW - HOUR))
    assert {request.request_id: request.properties["status"] for request in found} == {
        name: str(version) for name, version in expected.items()
    }
    assert len(found) == len(made)


def test_keys_and_values_are_listed() -> None:
    """Without the platform's own."""
    platform = Platform()
    platform.store(IDS[0], NOW, **{"environment": "production", "Helicone-Session-Id": "x"})
    platform.store(IDS[1], NOW, environment="staging")
    with client(platform) as helicone:
        assert helicone.properties() == ("environment",)
        assert helicone.property_values("environment") == ("production", "staging")

    async def again() -> tuple[tuple[str, ...], tuple[str, ...]]:
        async with AsyncHelicone(SCHEMA, api_key=KEY, transport=platform.transport) as other:
            return await other.properties(), await other.property_values("environment")

    assert asyncio.run(again()) == (("environment",), ("production", "staging"))
