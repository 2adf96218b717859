"""Which keys stored data has, asked alone: what an audit of the same rows says of them."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from propguard.audit import audit, keys_met
from propguard.compilers.clickhouse import MOST_KEYS
from propguard.engine.embedded import EmbeddedEngine
from propguard.model.schema import Property
from tests.audit.test_merging import Impatient
from tests.strategies import TODAY
from tests.subjects import schema_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

pytest.importorskip("chdb", reason="needs chdb")

SCHEMA = schema_of(Property("environment"), Property("rare"), Property("feature_*"), Property("absent"))
START = datetime(2026, 6, 1, tzinfo=UTC)


def stored(folder: Path, records: Sequence[dict[str, str]]) -> str:
    """A file with these records, an hour apart."""
    path = folder / "rows.jsonl"
    rows = (
        {
            "request_id": str(number),
            "request_created_at": (START + timedelta(hours=number)).isoformat(),
            "properties": one,
        }
        for number, one in enumerate(records)
    )
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return str(path)


def test_the_keys_are_those_of_an_audit(tmp_path: Path) -> None:
    """With their requests, from the first to the last; the platform's own are left out. Divided or not."""
    records = [
        {"environment": "x", "Helicone-Session-Id": "s", **({"team\u202e": "y"} if number % 3 else {"feature_a": "z"})}
        for number in range(50)
    ]
    with EmbeddedEngine([stored(tmp_path, records)]) as engine:
        met = keys_met(SCHEMA, engine, today=TODAY)
        profiles = audit(SCHEMA, engine, today=TODAY).keys
        divided = keys_met(SCHEMA, Impatient(engine, 20), today=TODAY)
    assert met.are_all
    assert set(met.keys) == {(one.key, one.requests, one.seen) for one in profiles if one.requests}
    assert divided == met


def test_of_very_many_keys_the_declared_ones_are_told(tmp_path: Path) -> None:
    """However rare they are; and it is known that there are others."""
    records = [{f"key{number}": "x" for number in range(MOST_KEYS + 5)}] * 2 + [{"rare": "x", "feature_b": "y"}]
    with EmbeddedEngine([stored(tmp_path, records)]) as engine:
        met = keys_met(SCHEMA, engine, today=TODAY)
    assert not met.are_all
    assert len(met.keys) == MOST_KEYS + 2
    assert {"rare", "feature_b"} <= {one.key for one in met.keys}
