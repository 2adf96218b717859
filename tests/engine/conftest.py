"""A ClickHouse server for all tests here that want one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from propguard.sandbox.storage import DEFINITION
from tests.engine.clickhouse_server import ClickHouseServer, Unavailable, library

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="session")
def clickhouse_library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Brought once for all workers of a run."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if base.name.startswith("popen-") else base
    try:
        return library(shared / "clickhouse")
    except Unavailable as error:
        pytest.skip(str(error))


@pytest.fixture(scope="session")
def clickhouse(clickhouse_library: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ClickHouseServer]:
    with ClickHouseServer(clickhouse_library, tmp_path_factory.mktemp("clickhouse")) as server:
        server.run(DEFINITION)
        yield server


@pytest.fixture
def mortal_clickhouse(clickhouse_library: Path, tmp_path: Path) -> Iterator[ClickHouseServer]:
    """One that a test may kill."""
    with ClickHouseServer(clickhouse_library, tmp_path) as server:
        server.run(DEFINITION)
        yield server
