"""A sandbox as a test uses it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from propguard.sandbox import Sandbox

if TYPE_CHECKING:
    from pathlib import Path

    import httpx


def test_what_is_seeded_can_be_written_to_and_read(sandbox: Sandbox, client: httpx.Client) -> None:
    """Seed, write, read: the shortest use there is."""
    (request_id,) = sandbox.seed([{"properties": {"app": "search"}}])
    written = client.put(f"/v1/request/{request_id}/property", json={"key": "environment", "value": "production"})
    assert (written.status_code, written.json()) == (201, {"data": None, "error": None})
    assert [request["properties"] for request in sandbox.requests()] == [{"app": "search", "environment": "production"}]


@pytest.mark.slow
def test_two_at_a_time_and_nothing_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sandboxes do not know each other, and take everything with them."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    with Sandbox() as one, Sandbox() as other:
        one.seed([{}])
        assert [len(list(sandbox.requests())) for sandbox in (one, other)] == [1, 0]
        assert len(list(tmp_path.iterdir())) == 2
    assert list(tmp_path.iterdir()) == []
    assert repr(one) == "Sandbox(not started)"
