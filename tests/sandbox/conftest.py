"""One sandbox per worker for all tests here, emptied before each; a client of it knows nothing but HTTP."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx
import pytest

from propguard.sandbox import Sandbox

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session")
def _process() -> Iterator[Sandbox]:
    with Sandbox(schema="standard") as sandbox:
        yield sandbox


@pytest.fixture(scope="session")
def _other_process() -> Iterator[Sandbox]:
    with Sandbox(sql=False, ingestion_delay=0.5) as sandbox:
        yield sandbox


@pytest.fixture
def other(_other_process: Sandbox) -> Sandbox:
    """A sandbox without a schema and the SQL endpoint, that takes half a second until a request is seen."""
    _other_process.reset()
    return _other_process


@pytest.fixture
def sandbox(_process: Sandbox) -> Sandbox:
    _process.reset()
    return _process


@pytest.fixture
def client(sandbox: Sandbox) -> Iterator[httpx.Client]:
    with client_of(sandbox) as client:
        yield client


@pytest.fixture
def other_client(other: Sandbox) -> Iterator[httpx.Client]:
    with client_of(other) as client:
        yield client


def client_of(sandbox: Sandbox) -> httpx.Client:
    headers = {"Authorization": f"Bearer {sandbox.api_key}"}
    return httpx.Client(base_url=sandbox.base_url, headers=headers, trust_env=False)
