"""Writes support-app/stored-requests.parquet, the file of stored requests that `propguard demo` audits."""

from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet

from propguard.sandbox.demo import requests

UNTIL = datetime(2026, 7, 1, tzinfo=UTC)
PATH = Path(__file__).parent / "support-app" / "stored-requests.parquet"


def stored_requests() -> pa.Table:
    """The demo's requests as an export of the platform's table has them."""
    rows = list(requests(UNTIL))
    return pa.table(
        {
            "request_id": [row["request_id"] for row in rows],
            "request_created_at": pa.array(
                [datetime.fromisoformat(row["created_at"]) for row in rows], pa.timestamp("ms", "UTC")
            ),
            "properties": pa.array([list(row["properties"].items()) for row in rows], pa.map_(pa.string(), pa.string())),
        }
    )


if __name__ == "__main__":
    pyarrow.parquet.write_table(stored_requests(), PATH, compression="zstd")
