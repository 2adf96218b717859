"""Everything that the platform's documentation of the property API shows works with this client and the standard schema."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from propguard import AsyncHelicone, Helicone, P, PropertyRejected, RequestNotFound, Written, load_schema
from propguard.sandbox import Sandbox
from propguard.schemafile import standard_schema_path
from tests.client import use_cases
from tests.client.platform import IDS, NOW, Platform

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.smoke

STANDARD = load_schema(standard_schema_path())
NAMES = list(use_cases.WRITES)


@pytest.fixture
def platform() -> Platform:
    """One request for each use case."""
    made = Platform()
    for request_id in IDS[: len(NAMES)]:
        made.store(request_id, NOW - timedelta(hours=1))
    return made


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    """The real thing, as far as it runs here."""
    with Sandbox() as started:
        yield started


def client(platform: Platform, **options: Any) -> Helicone:
    return Helicone(STANDARD, api_key="sk-x", transport=platform.transport, clock=platform.clock, **options)


@pytest.mark.parametrize("name", NAMES)
def test_every_write_of_the_documentation_works(name: str, platform: Platform) -> None:
    """As it stands on the page, where safe fixes may mend what the page itself is at odds with."""
    helicone = client(platform, on_violation="fix", verify=True)
    written = helicone.add_properties(IDS[0], use_cases.WRITES[name])
    stored = use_cases.STORED[name]
    assert {done.key: done.value for done in written} == stored
    assert all(done.verified for done in written)
    assert platform.stored(IDS[0]) == stored


def test_the_documentations_own_id_is_explained(platform: Platform) -> None:
    """It is allowed, and no request can have it."""
    with pytest.raises(RequestNotFound, match="its ids are UUIDs"):
        client(platform).add_property("req_123abc", "environment", "production")


def test_every_query_of_the_documentation_works(platform: Platform) -> None:
    """In the shape of the page; `premium` is refused with the value that the schema stores instead."""
    helicone = client(platform, on_violation="fix")
    for request_id, properties in zip(IDS, use_cases.WRITES.values(), strict=False):
        helicone.add_properties(request_id, properties)

    def names(where: Any) -> list[str]:
        return [NAMES[IDS.index(found.request_id)] for found in helicone.requests(where)]

    customers = {"add multiple properties", "using in code", "customer tracking"}
    assert set(names(use_cases.ALL_REQUESTS_OF_A_CUSTOMER)) == customers
    production = {"add single property", "add multiple properties", "using in code"}
    assert set(names(use_cases.BY_SINGLE_PROPERTY)) == production
    assert set(names((P("environment") == "production") & P("user_tier").contains("pr"))) == {"using in code"}
    with pytest.raises(PropertyRejected, match=r"can never match: .*`pro`"):
        helicone.requests(use_cases.BY_MULTIPLE_PROPERTIES)
    lenient = client(platform, on_violation={"customer_tier": "warn"})
    assert list(lenient.requests(use_cases.BY_MULTIPLE_PROPERTIES)) == []
    assert lenient.stats.warned == 1


def test_uncategorized_requests_are_found_and_categorized(platform: Platform) -> None:
    """The loop of the documentation: `== ""` asks for requests that lack a category, and each is met once."""
    helicone = client(platform)
    met = []
    for request in helicone.requests(P("category") == ""):
        helicone.add_properties(request.request_id, use_cases.CATEGORIES)
        met.append(request.request_id)
    assert sorted(met) == IDS[: len(NAMES)]
    platform.clock.time += 3600
    assert len(list(helicone.requests(P("category") == "billing_question"))) == len(NAMES)


def test_all_of_it_works_against_the_sandbox(sandbox: Sandbox) -> None:
    """Over HTTP and on ClickHouse, verified; and all use cases at once, as they are different requests."""
    ids = sandbox.seed([{"created_at": "2026-01-31T09:30:00Z"} for _ in NAMES])

    async def walk_through() -> None:
        async with AsyncHelicone(
            STANDARD,
            api_key=sandbox.api_key,
            base_url=sandbox.base_url,
            on_violation="fix",
            verify=True,
        ) as helicone:
            written: list[tuple[Written, ...]] = await asyncio.gather(
                *(
                    helicone.add_properties(request_id, properties)
                    for request_id, properties in zip(ids, use_cases.WRITES.values(), strict=True)
                )
            )
            assert [{done.key: done.value for done in one} for one in written] == list(use_cases.STORED.values())

            async def names(where: Any) -> set[str]:
                bounds = ("2026-01-31T09:00:00Z", "2026-01-31T10:00:00Z")
                return {NAMES[ids.index(found.request_id)] async for found in helicone.requests(where, *bounds)}

            assert await names(use_cases.ALL_REQUESTS_OF_A_CUSTOMER) == {
                "add multiple properties",
                "using in code",
                "customer tracking",
            }
            assert await names(P("feature_new_ui").exists()) == {"feature flag tracking"}
            assert await names(P("flag_reason").contains("COMPETITOR")) == {"quality review: flagged"}
            assert await names(P("error_message").like("Rate%requests")) == {"error classification"}
            assert await names(P("category") == "") == {*NAMES} - {"post-processing categorization"}
            assert "cost_center" in await helicone.properties()
            assert await helicone.property_values("variant") == ("control",)

    asyncio.run(walk_through())
    stored = {request["request_id"]: request["properties"] for request in sandbox.requests()}
    assert [stored[request_id] for request_id in ids] == list(use_cases.STORED.values())
