"""An audit that has to be divided finds what an undivided one finds."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from propguard.audit import audit
from propguard.engine.embedded import EmbeddedEngine
from propguard.engine.windows import Window
from propguard.errors import TooMuchAsked
from propguard.schemafile import load_schema
from tests.engine.doubles import PlainEngine

if TYPE_CHECKING:
    from pathlib import Path

    from propguard.engine import Engine

START = datetime(2026, 6, 1, tzinfo=UTC)
SCHEMA = """\
file_format: property-schema/1
name: merged
version: 1.0.0
properties:
  environment: {enum: [production, staging], value_aliases: {prod: production}}
  billing_status: {enum: [active, paused]}
  quality_score: {type: number, minimum: 0}
  key_*: {description: Of many names., pattern: "^[0-5]$"}
  key_7: {description: One of them., deprecated: {reason: obsolete}}
"""
"""Small, as what a statement costs here is that it is understood, twenty times."""


class Impatient(PlainEngine):
    """The embedded engine, for which more than so many requests at once are too much.

    What it reads has been read into a table before, as the files would be read some dozen times.
    """

    name = "embedded"
    longest_statement = 1 << 20

    def __init__(self, engine: EmbeddedEngine, most: int, window: Window | None = None) -> None:
        if window is None:
            engine.query(f"CREATE OR REPLACE TABLE kept ENGINE = Memory AS {engine.source}")
        self._engine, self._most, self.window = engine, most, window or Window()
        self.everything = "SELECT * FROM kept"
        where = " AND ".join(("1", *self.window.conditions("request_created_at")))
        self.source = f"SELECT * FROM kept WHERE {where}"

    def within(self, window: Window) -> Engine:
        return Impatient(self._engine, self._most, window)

    def query(self, sql: str) -> list[dict[str, object]]:
        (row,) = self._engine.query(f"SELECT count() AS n FROM ({self.source}) AS s")
        if int(str(row["n"])) > self._most:
            raise TooMuchAsked("too much")
        return self._engine.query(sql)


@pytest.mark.parametrize("most", [999, pytest.param(110, marks=pytest.mark.slow)])
def test_divided_or_not(tmp_path: Path, most: int) -> None:
    """Counts, scores, findings, days and profiles are the same; which request ids are told, and the order of what is as frequent, may be others."""
    path = tmp_path / "rows.jsonl"
    environments = ("production", "prod", "it's", "", "undefined", "Production")
    rows = (
        {
            "request_id": f"{number:04}",
            "request_created_at": (START + timedelta(hours=number)).isoformat(),
            "properties": {
                "environment": environments[number % 6],
                f"key_{number % 20}": str(number % 7),
                "billing_status": "active",
                "quality_score": str(number % 3 - 1),
            },
        }
        for number in range(300)
    )
    path.write_text("\n".join(map(json.dumps, rows)))
    (tmp_path / "properties.yaml").write_text(SCHEMA)
    schema = load_schema(tmp_path / "properties.yaml")
    with EmbeddedEngine([str(path)]) as engine:
        whole = audit(schema, engine, today=date(2026, 7, 1))
        parts = audit(schema, Impatient(engine, most), today=date(2026, 7, 1))
    assert (parts.requests, parts.requests_with_error, parts.score, parts.properties) == (
        whole.requests,
        whole.requests_with_error,
        whole.score,
        whole.properties,
    )
    assert (parts.window, parts.days) == (whole.window, whole.days)
    for part, one in zip(parts.keys, whole.keys, strict=True):
        assert replace(part, top_values=tuple(sorted(part.top_values, key=repr))) == replace(
            one, top_values=tuple(sorted(one.top_values, key=repr))
        )
    told = [
        {
            (one.violation.rule, one.violation.key): (one.count, one.seen, sorted(one.values, key=repr))
            for one in result.findings
        }
        for result in (whole, parts)
    ]
    assert told[0] == told[1]
    assert told[0]
