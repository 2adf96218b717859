"""Embedded ClickHouse with the platform's table; the only owner of chDB."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from propguard.engine.clickhouse_settings import UNCOMPILED
from propguard.errors import PropguardError

if TYPE_CHECKING:
    from collections.abc import Sequence

TABLE = "request_response_rmt"

DEFINITION = f"""
CREATE TABLE {TABLE} (
    response_id Nullable(UUID),
    response_created_at Nullable(DateTime64(3)),
    latency Nullable(Int64),
    status Int64,
    completion_tokens Nullable(Int64),
    prompt_tokens Nullable(Int64),
    model String,
    request_id UUID,
    request_created_at DateTime64(3),
    user_id String,
    organization_id UUID,
    time_to_first_token Nullable(Int64),
    provider String,
    target_url Nullable(String),
    country_code Nullable(String),
    properties Map(LowCardinality(String), String) CODEC(ZSTD(1)),
    scores Map(LowCardinality(String), Int64) CODEC(ZSTD(1)),
    cost UInt64,
    prompt_id String,
    prompt_version String,
    request_referrer String,
    updated_at DateTime DEFAULT now(),
    INDEX idx_properties_key mapKeys(properties) TYPE bloom_filter(0.01) GRANULARITY 1,
    INDEX idx_properties_value mapValues(properties) TYPE bloom_filter(0.01) GRANULARITY 1
)
ENGINE = ReplacingMergeTree(updated_at)
PARTITION BY toYYYYMM(request_created_at)
ORDER BY (organization_id, provider, model, user_id, request_created_at, request_id)
"""
"""The columns that properties and their readers use. Source: Helicone/helicone at 67df07b8, clickhouse/migrations."""

# Every PUT is an INSERT of its own on the platform, so versions that happen to share one here are not merged by it.
_SETTINGS = (
    "session_timezone = 'UTC'",
    "optimize_on_insert = 0",
    "max_partitions_per_insert_block = 0",
    "max_query_size = 134217728",
    *(f"{name} = {value}" for name, value in UNCOMPILED.items()),
)


class QueryFailed(PropguardError):
    """The database could not answer a query; the message is its own."""


class NotStored(PropguardError):
    """The database did not take what was written: from here on the sandbox cannot be relied on."""


class Storage:
    """The table in `folder`. Not for use by two threads at a time."""

    def __init__(self, folder: str) -> None:
        from chdb.session import Session

        open_session: Any = Session  # chDB has no types
        self._session = open_session(folder)
        self._run("CREATE DATABASE IF NOT EXISTS sandbox ENGINE = Atomic")
        self._run("USE sandbox")
        for setting in _SETTINGS:
            self._run(f"SET {setting}")
        self._run(DEFINITION)

    def insert(self, lines: Sequence[str]) -> None:
        """Store rows, each a JSON object on a line of its own. Raises NotStored."""
        if lines:
            try:
                self._run(f"INSERT INTO {TABLE} FORMAT JSONEachRow\n" + "\n".join(lines))
            except QueryFailed as error:
                raise NotStored(f"{len(lines)} versions of requests could not be stored: {error}") from None

    def select(self, sql: str) -> list[dict[str, Any]]:
        """The rows of a query. Raises QueryFailed."""
        answer = self._run(sql, "JSONEachRow")
        return [json.loads(line) for line in answer.splitlines() if line]

    def select_of_others(self, sql: str, organization_id: str, *, most_rows: int, seconds: int) -> list[dict[str, Any]]:
        """The rows of a query that somebody else wrote: only those of one organisation, no more than `most_rows`.

        Raises QueryFailed.
        """
        rows_of = f"organization_id = toUUID(''{organization_id}'')"
        self._run(
            f"SET additional_table_filters = {{'sandbox.{TABLE}': '{rows_of}'}}, limit = {most_rows}, max_execution_time = {seconds}"
        )
        try:
            return self.select(sql)
        except ValueError:
            raise QueryFailed("the answer is no JSON; leave the FORMAT out") from None
        finally:
            self._run("SET additional_table_filters = {}, limit = 0, max_execution_time = 0")

    def close(self) -> None:
        self._session.close()

    def _run(self, sql: str, output: str = "Null") -> bytes:
        try:
            answer = self._session.query(sql, output)
        except (RuntimeError, ValueError) as error:  # its own ChdbError is one of these, by version
            raise QueryFailed(str(error)) from None
        data: bytes = bytes(answer.bytes())
        return data


def literal(text: str) -> str:
    """SQL for a constant text. Written in hexadecimal, so that nothing in it can become SQL."""
    return f"unhex('{text.encode().hex()}')"
