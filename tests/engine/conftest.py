"""A ClickHouse server for all tests here that want one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from propguard.sandbox.storage import DEFINITION
from tests.engine.clickhouse_server import ClickHouseServer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="session")
def _clickhouse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ClickHouseServer]:
    with ClickHouseServer(tmp_path_factory.mktemp("clickhouse")) as server:
        server.run(DEFINITION)
        yield server


@pytest.fixture
def clickhouse(_clickhouse: ClickHouseServer) -> ClickHouseServer:
    """One server for all tests, started again where it has ended: as a library it crashes now and then when it is idle."""
    if _clickhouse.has_ended:
        _clickhouse.start()
    return _clickhouse


@pytest.fixture
def mortal_clickhouse(tmp_path: Path) -> Iterator[ClickHouseServer]:
    """One that a test may kill."""
    with ClickHouseServer(tmp_path) as server:
        server.run(DEFINITION)
        yield server
