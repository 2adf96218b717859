"""A sandbox as a test uses it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import httpx

    from propguard.sandbox import Sandbox


def test_what_is_seeded_can_be_written_to_and_read(sandbox: Sandbox, client: httpx.Client) -> None:
    """Seed, write, read: the shortest use there is."""
    (request_id,) = sandbox.seed([{"properties": {"app": "search"}}])
    written = client.put(f"/v1/request/{request_id}/property", json={"key": "environment", "value": "production"})
    assert (written.status_code, written.json()) == (201, {"data": None, "error": None})
    assert [request["properties"] for request in sandbox.requests()] == [{"app": "search", "environment": "production"}]
