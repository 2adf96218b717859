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


@pytest.fixture
def sandbox(_process: Sandbox) -> Sandbox:
    _process.reset()
    return _process


@pytest.fixture
def client(sandbox: Sandbox) -> Iterator[httpx.Client]:
    headers = {"Authorization": f"Bearer {sandbox.api_key}"}
    with httpx.Client(base_url=sandbox.base_url, headers=headers, trust_env=False) as client:
        yield client
