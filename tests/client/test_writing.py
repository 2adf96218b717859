"""Writes through the client: in sequence, spaced, asked again, read back; and nothing that breaks the schema."""

from __future__ import annotations

import asyncio
import gc
import logging
import pickle
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from propguard.client.helicone import AsyncHelicone, Helicone
from propguard.errors import (
    AuthenticationFailed,
    HeliconeError,
    PropertyRejected,
    RateLimited,
    RequestNotFound,
    Unreachable,
    UsageError,
    WriteRefused,
)
from propguard.model.schema import Property, PropertySchema
from propguard.model.written import Written
from tests.client.platform import IDS, NOW, FakeClock, Platform, not_found

if TYPE_CHECKING:
    from collections.abc import Callable

SCHEMA = PropertySchema(
    "shop",
    "1.0.0",
    {
        "environment": Property(
            "environment", enum=("production", "staging"), aliases=("env",), value_aliases={"prod": "production"}
        ),
        "app": Property("app", max_length=20),
        "region": Property("region"),
    },
)
KEY = "sk-helicone-secret"
ONE, TWO = IDS[0], IDS[1]


@pytest.fixture
def platform() -> Platform:
    """One that has two requests."""
    made = Platform()
    made.store(ONE, NOW - timedelta(minutes=1))
    made.store(TWO, NOW - timedelta(minutes=1))
    return made


def client(platform: Platform, **options: Any) -> Helicone:
    return Helicone(SCHEMA, api_key=KEY, transport=platform.transport, clock=platform.clock, **options)


def async_client(platform: Platform, **options: Any) -> AsyncHelicone:
    return AsyncHelicone(SCHEMA, api_key=KEY, transport=platform.transport, clock=platform.clock, **options)


Write = "Callable[[Platform, dict[str, str]], tuple[Written, ...]]"


def write_sync(platform: Platform, properties: dict[str, str], **options: Any) -> tuple[Written, ...]:
    with client(platform, **options) as helicone:
        return helicone.add_properties(ONE, properties)


def write_async(platform: Platform, properties: dict[str, str], **options: Any) -> tuple[Written, ...]:
    async def write() -> tuple[Written, ...]:
        async with async_client(platform, **options) as helicone:
            return await helicone.add_properties(ONE, properties)

    return asyncio.run(write())


either = pytest.mark.parametrize("write", [write_sync, write_async], ids=["sync", "async"])


@either
def test_a_property_is_written(write: Callable[..., tuple[Written, ...]], platform: Platform) -> None:
    """And the result says what was."""
    assert write(platform, {"environment": "production"}) == (Written(ONE, "environment", "production"),)
    assert platform.stored(ONE) == {"environment": "production"}


@either
def test_writes_to_one_request_are_spaced(write: Callable[..., tuple[Written, ...]], platform: Platform) -> None:
    """Back to back the platform would lose all but one of them."""
    write(platform, {"environment": "production", "app": "shop", "region": "eu"})
    assert [put.key for put in platform.puts] == ["environment", "app", "region"]
    assert [round(put.at, 1) for put in platform.puts] == [0.0, 1.1, 2.2]
    assert platform.stored(ONE) == {"environment": "production", "app": "shop", "region": "eu"}


@either
def test_nothing_is_sent_where_anything_is_wrong(write: Callable[..., tuple[Written, ...]], platform: Platform) -> None:
    """Every violation of the call is in one exception."""
    with pytest.raises(PropertyRejected) as raised:
        write(platform, {"app": "shop", "environment": "prod", "nope": "x"})
    assert [violation.rule for violation in raised.value.violations] == ["value-alias", "unknown-property"]
    assert platform.puts == []


def test_one_property_is_written_or_dropped(platform: Platform) -> None:
    """What the policy drops gives nothing; what is fixed is written as the schema has it, and all of it is counted."""
    fixing = client(platform, on_violation={"environment": "fix", "app": "drop"})
    assert fixing.add_property(ONE, "environment", "prod") == Written(ONE, "environment", "production")
    assert fixing.add_property(ONE, "app", "x" * 21) is None
    assert fixing.add_properties(TWO, {"app": "x" * 21, "env": "staging"}) == (Written(TWO, "environment", "staging"),)
    assert (fixing.stats.sent, fixing.stats.fixed, fixing.stats.dropped) == (2, 2, 2)


@pytest.mark.parametrize("request_id", ["", "a b", "../x", None])
def test_a_wrong_id_is_refused_before_anything_is_judged_or_sent(request_id: str, platform: Platform) -> None:
    """So that no id becomes another address."""
    with pytest.raises(UsageError, match="request id"):
        client(platform).add_property(request_id, "environment", "mars")
    assert platform.puts == []


@pytest.mark.parametrize("properties", [["a"], "environment=production", None, {3: "x"}])
def test_what_is_no_mapping_of_text_is_refused(properties: Any, platform: Platform) -> None:
    """In a sentence."""
    with pytest.raises(UsageError):
        client(platform).add_properties(ONE, properties)


@either
def test_a_request_that_is_not_stored_yet_is_waited_for(
    write: Callable[..., tuple[Written, ...]], platform: Platform
) -> None:
    """A write right after the LLM call gets "not found" for some seconds."""
    platform.faults = [not_found() for _ in range(4)]
    assert write(platform, {"app": "shop"}) == (Written(ONE, "app", "shop"),)
    assert [round(put.at, 1) for put in platform.puts] == [0.0, 0.4, 1.2, 2.8, 6.0, 7.1]


def test_a_request_that_was_stored_a_moment_ago_loses_nothing(platform: Platform) -> None:
    """Its first version is of the same second as the first write; either may win, so that is written once more."""

    def arrive(seconds: float) -> None:
        platform.clock.time += seconds
        if platform.clock.time >= 1.0 and not any(row["request_id"] == IDS[7] for row in platform.versions):
            platform.store(IDS[7], platform.clock.now())

    platform.clock.sleep = arrive  # type: ignore[method-assign]  # the request arrives while it is waited for
    client(platform).add_properties(IDS[7], {"app": "shop", "region": "eu"})
    assert platform.stored(IDS[7]) == {"app": "shop", "region": "eu"}


@either
def test_waiting_for_a_request_has_an_end(write: Callable[..., tuple[Written, ...]]) -> None:
    """After `ingestion_timeout`, and the last attempt is made at its very end."""
    platform = Platform()
    with pytest.raises(RequestNotFound, match="waited for it 3 s"):
        write(platform, {"app": "shop"}, ingestion_timeout=3)
    assert platform.puts[-1].at == pytest.approx(3.0)


def test_an_id_that_is_no_uuid_is_not_waited_for(platform: Platform) -> None:
    """No request will ever have it; the page's own example is such a one."""
    with pytest.raises(RequestNotFound, match="its ids are UUIDs"):
        client(platform).add_property("req_123abc", "app", "shop")
    assert platform.clock.slept == []


TRANSIENT: list[Callable[[], httpx.Response | Exception]] = [
    lambda: httpx.ConnectError("refused"),
    lambda: httpx.ReadTimeout("late"),
    lambda: httpx.RemoteProtocolError("cut off"),
    lambda: httpx.Response(500, json={"data": None, "error": "Memory limit exceeded"}),
    lambda: httpx.Response(503, content=b"<html>"),
    lambda: httpx.Response(201, content=b'{"data":nu'),
    lambda: httpx.Response(429, json={"error": "Too many requests"}),
]


@either
@pytest.mark.parametrize("fault", TRANSIENT)
def test_what_passes_is_tried_again(
    fault: Callable[[], httpx.Response | Exception], write: Callable[..., tuple[Written, ...]], platform: Platform
) -> None:
    """Each time 1.1 s or more after the last, as it may have been written all the same."""
    platform.faults = [fault(), fault()]
    assert write(platform, {"app": "shop"}) == (Written(ONE, "app", "shop"),)
    assert len(platform.puts) == 3
    assert all(later.at - earlier.at >= 1.1 - 1e-9 for earlier, later in pairwise(platform.puts))


@either
@pytest.mark.parametrize("fault", TRANSIENT)
def test_trying_again_has_an_end(
    fault: Callable[[], httpx.Response | Exception], write: Callable[..., tuple[Written, ...]], platform: Platform
) -> None:
    """A platform that is down is told of in half a minute or so."""
    platform.faults = [fault() for _ in range(50)]
    with pytest.raises((Unreachable, RateLimited)):
        write(platform, {"app": "shop"})
    assert len(platform.puts) == 6
    assert platform.clock.time < 60


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (httpx.Response(401, json={"error": "x"}), AuthenticationFailed),
        (httpx.Response(400, content=b"Invalid token."), AuthenticationFailed),
        (httpx.Response(422, json={"message": "Validation Failed"}), WriteRefused),
        (httpx.Response(404), WriteRefused),
        (httpx.Response(302, headers={"location": "https://x.example"}), WriteRefused),
        (httpx.Response(201, json={"data": None, "error": "no"}), WriteRefused),
    ],
)
def test_what_does_not_pass_is_told_at_once(fault: httpx.Response, error: type[Exception], platform: Platform) -> None:
    """Asking again would change nothing."""
    platform.faults = [fault]
    with pytest.raises(error):
        client(platform).add_property(ONE, "app", "shop")
    assert len(platform.puts) == 1


def test_the_platform_is_given_the_time_that_it_asks_for(platform: Platform) -> None:
    """`Retry-After` is heeded; where it is too long to wait for, the error says how long it is."""
    platform.faults = [httpx.Response(429, json={}, headers={"Retry-After": "20"})]
    client(platform).add_property(ONE, "app", "shop")
    assert platform.puts[1].at == pytest.approx(20)
    platform.faults = [httpx.Response(429, json={}, headers={"RateLimit-Reset": "280"})]
    with pytest.raises(RateLimited) as raised:
        client(platform).add_property(TWO, "app", "shop")
    assert raised.value.retry_after == 280


@either
def test_a_failure_says_what_was_written_before(write: Callable[..., tuple[Written, ...]], platform: Platform) -> None:
    """As values in `written`, and by key in the message, which holds no value."""
    platform.faults = [httpx.Response(201, json={"error": None}), httpx.Response(422, json={"message": "no"})]
    with pytest.raises(WriteRefused, match="of 3 properties, 1 were written before: app") as raised:
        write(platform, {"app": "secret-shop", "environment": "staging", "region": "eu"})
    assert raised.value.written == (Written(ONE, "app", "secret-shop"),)
    assert "secret-shop" not in str(raised.value)


def test_threads_take_turns_at_one_request(platform: Platform) -> None:
    """Through one client, never two writes to a request within 1.1 s."""
    helicone = client(platform)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: helicone.add_property(ONE, "app", str(number)), range(16)))
    assert len(platform.puts) == 16
    assert all(later.at - earlier.at >= 1.1 - 1e-9 for earlier, later in pairwise(platform.puts))


def test_tasks_take_turns_at_one_request_and_not_at_others(platform: Platform) -> None:
    """Forty writes to forty requests take no longer than one; two to one request wait for each other."""
    for request_id in IDS[2:40]:
        platform.store(request_id, NOW)

    async def write_all() -> None:
        async with async_client(platform) as helicone:
            await asyncio.gather(
                *(helicone.add_property(request_id, "app", "a") for request_id in IDS[:40]),
                helicone.add_property(ONE, "app", "b"),
            )

    asyncio.run(write_all())
    of_one = [put.at for put in platform.puts if put.request_id == ONE]
    assert len(of_one) == 2
    assert of_one[1] - of_one[0] >= 1.1 - 1e-9
    assert platform.clock.time == pytest.approx(1.1)


def test_a_write_that_is_given_up_counts_as_one(platform: Platform) -> None:
    """A task that was cancelled may have written; the next one keeps its distance, and nothing stays locked."""

    async def give_up() -> None:
        async def slow(request: httpx.Request) -> httpx.Response:
            await asyncio.sleep(60)
            raise AssertionError

        helicone = AsyncHelicone(SCHEMA, api_key=KEY, transport=httpx.MockTransport(slow), clock=platform.clock)
        task = asyncio.create_task(helicone.add_property(ONE, "app", "a"))
        await asyncio.sleep(0.01)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        helicone._session = async_client(platform)._session
        await helicone.add_property(ONE, "app", "b")

    asyncio.run(give_up())
    assert [put.at for put in platform.puts] == [pytest.approx(1.1)]


def test_what_is_remembered_of_requests_is_forgotten(platform: Platform) -> None:
    """Memory is bounded by what can be written in a second or so, not by all that ever was."""
    helicone = client(platform)
    for request_id in IDS[:300]:
        if request_id not in {ONE, TWO}:
            platform.store(request_id, NOW)
        helicone.add_property(request_id, "app", "a")
        platform.clock.time += 0.5
    assert len(helicone._turns) <= 4


@either
def test_verifying_reads_back_what_was_written(write: Callable[..., tuple[Written, ...]], platform: Platform) -> None:
    """By the request's id alone, after the second in which it was written."""
    assert write(platform, {"app": "a", "region": "eu"}, verify=True) == (
        Written(ONE, "app", "a", True),
        Written(ONE, "region", "eu", True),
    )
    assert platform.queries[0]["filter"]["left"] == {"request_response_rmt": {"request_id": {"equals": ONE}}}


def lose(platform: Platform, times: int) -> None:
    """Another writer's version, made from an older one, replaces what was written so many times."""
    before = platform.stored(ONE)
    answer = platform._query

    def interfering(body: dict[str, Any]) -> list[dict[str, Any]]:
        nonlocal times
        if times > 0 and platform.stored(ONE) != before:
            times -= 1
            platform._insert(ONE, NOW, {**before, "other": "x"}, platform.clock.now())
        return answer(body)

    platform._query = interfering  # type: ignore[method-assign]  # the other writer


@either
def test_what_was_lost_is_written_again(write: Callable[..., tuple[Written, ...]], platform: Platform) -> None:
    """Both keep what they wrote."""
    lose(platform, 1)
    write(platform, {"app": "a"}, verify=True)
    assert platform.stored(ONE) == {"other": "x", "app": "a"}


@either
def test_what_is_lost_every_time_is_told(write: Callable[..., tuple[Written, ...]], platform: Platform) -> None:
    """After three rounds."""
    lose(platform, 100)
    with pytest.raises(WriteRefused, match=r"app of request .* was written 3 times and lost each time") as raised:
        write(platform, {"app": "a"}, verify=True)
    assert raised.value.written == ()
    assert len(platform.puts) == 3


def test_versions_of_one_second_must_agree(platform: Platform) -> None:
    """Where they do not, either may win, so that it is written again."""
    helicone = client(platform, verify=True)
    answer = platform._query
    once = True

    def tying(body: dict[str, Any]) -> list[dict[str, Any]]:
        nonlocal once
        if once:
            once = False
            newest = platform._newest(ONE)
            platform.versions.append({**newest, "properties": {}})
        return answer(body)

    platform._query = tying  # type: ignore[method-assign]  # another version of the same second
    helicone.add_property(ONE, "app", "a")
    assert len(platform.puts) == 2
    assert platform.stored(ONE) == {"app": "a"}


def test_an_old_request_is_found_too(platform: Platform) -> None:
    """It is looked for in what is recent, then in more, then everywhere."""
    platform.store(IDS[9], NOW - timedelta(days=400))
    written = client(platform, verify=True).add_property(IDS[9], "app", "a")
    assert written is not None
    assert written.verified
    assert len(platform.queries) == 3


def test_what_cannot_be_read_back_is_told(platform: Platform) -> None:
    """It may well be written, so that the error is of the kind that does not know."""
    platform.blind = lambda _: True
    with pytest.raises(
        Unreachable, match=r"as if it had no request .*everything was written, but could not be read back"
    ):
        client(platform, verify=True).add_property(ONE, "app", "a")
    assert len(platform.queries) == 9


def test_unsetting_writes_the_empty_text(platform: Platform) -> None:
    """Whatever the schema says of values; a key may be a misspelling that should not be there, but not a new one."""
    helicone = client(platform, verify=True)
    platform.store(IDS[5], NOW - timedelta(minutes=1), env="x", environment="staging")
    assert helicone.add_properties(IDS[5], {"app": "a"}, unset=["environment", "env"]) == (
        Written(IDS[5], "app", "a", True),
        Written(IDS[5], "environment", "", True),
        Written(IDS[5], "env", "", True),
    )
    assert platform.stored(IDS[5]) == {"app": "a", "environment": "", "env": ""}


@pytest.mark.parametrize(
    ("properties", "unset", "rules"),
    [
        ({}, ["enviroment"], ["unknown-property"]),
        ({}, ["Helicone-Session-Id"], ["reserved-key"]),
        ({}, [""], ["key-empty"]),
        ({"environment": "mars"}, ["nope"], ["value-not-allowed", "unknown-property"]),
    ],
)
def test_a_new_key_is_not_made_by_unsetting_it(
    properties: dict[str, str], unset: list[str], rules: list[str], platform: Platform
) -> None:
    """It would stay for ever; everything that is wrong is in one exception."""
    with pytest.raises(PropertyRejected) as raised:
        client(platform).add_properties(ONE, properties, unset=unset)
    assert [violation.rule for violation in raised.value.violations] == rules
    assert platform.puts == []


@pytest.mark.parametrize(("unset", "says"), [("app", "list of keys"), (["app"], "both written and unset")])
def test_unsetting_is_asked_for_by_a_list_of_other_keys(unset: Any, says: str, platform: Platform) -> None:
    """In a sentence."""
    with pytest.raises(UsageError, match=says):
        client(platform).add_properties(ONE, {"app": "a"}, unset=unset)


def test_judging_sends_nothing(platform: Platform) -> None:
    """And says what would be written."""
    fixing = client(platform, on_violation="fix")
    assert fixing.judge(ONE, {"env": "prod"}, unset=["app"]) == {"environment": "production", "app": ""}
    assert platform.puts == []


def test_half_a_surrogate_pair_stops_all_of_a_call(platform: Platform) -> None:
    """Not only the property that holds it."""
    with pytest.raises(UsageError, match="surrogate"):
        client(platform).add_properties(ONE, {"region": "eu", "app": "\ud800"})
    assert platform.puts == []


def test_neither_key_nor_values_are_logged_or_shown(platform: Platform, caplog: pytest.LogCaptureFixture) -> None:
    """At any level, whatever goes wrong."""
    caplog.set_level(logging.DEBUG)
    platform.faults = [TRANSIENT[0](), TRANSIENT[-1](), httpx.Response(401, json={"error": f"bad {KEY}"})]
    helicone = client(platform)
    with pytest.raises(AuthenticationFailed) as raised:
        helicone.add_property(ONE, "app", "a-value-of-mine")
    shown = caplog.text + repr(raised.value) + repr(helicone) + repr(vars(helicone))
    assert KEY not in shown
    assert "a-value-of-mine" not in shown
    assert "asking again in" in caplog.text


def test_what_comes_back_can_be_sent_on(platform: Platform) -> None:
    """Results and errors survive pickling, as pools of processes do it."""
    written = client(platform).add_property(ONE, "app", "a")
    assert pickle.loads(pickle.dumps(written)) == written
    for error in (RateLimited("slow", 3.0), RequestNotFound("x")):
        assert str(pickle.loads(pickle.dumps(error))) == str(error)


def test_a_schema_is_a_schema(platform: Platform) -> None:
    """A path in its place is explained."""
    with pytest.raises(UsageError, match="load_schema"):
        Helicone("properties.yaml", api_key=KEY)  # type: ignore[arg-type]  # the mistake that is meant


def test_no_thread_and_no_cycle_is_left_behind(platform: Platform) -> None:
    """A client that is closed is gone."""
    threads = threading.active_count()
    with client(platform) as helicone:
        helicone.add_property(ONE, "app", "a")
    gc.collect()
    assert threading.active_count() == threads
    with pytest.raises(UsageError, match="closed"):
        helicone.add_property(ONE, "app", "a")
    assert isinstance(HeliconeError("x").written, tuple)
    assert FakeClock().monotonic() == 0.0
