"""Requests stored as if they had been made before, and the demo's."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from typing import Any

import pytest

from propguard.errors import UsageError
from propguard.sandbox import Sandbox
from propguard.sandbox.demo import requests


@pytest.mark.parametrize(
    ("request_", "said"),
    [
        ({"propertys": {}}, "field `propertys`"),
        ({"properties": {"a": 1}}, "no text"),
        ({"request_id": "req_1"}, "no UUID"),
        ({"created_at": "yesterday"}, "ISO 8601"),
        ({"created_at": "0001-01-01T00:00:00+10:00"}, "between"),
        ({"status": "200"}, "`status`"),
        ([], "no object"),
    ],
)
def test_what_cannot_be_stored(sandbox: Sandbox, request_: Any, said: str) -> None:
    """Everything wrong about a seeded request is told in a sentence, with its number."""
    with pytest.raises(UsageError, match=said) as raised:
        sandbox.seed([{}, request_])
    assert "request 2" in str(raised.value)


def test_many_requests(sandbox: Sandbox) -> None:
    """More requests than fit into one call, page or batch come back, each once."""
    ids = sandbox.seed({"properties": {"n": str(number)}} for number in range(12_000))
    assert [request["request_id"] for request in sandbox.requests()] == sorted(ids)


def test_a_sandbox_that_has_ended() -> None:
    """Whoever asks a sandbox outside its `with` is told so."""
    with pytest.raises(UsageError, match="not running"):
        Sandbox().seed([{}])


def test_the_demo_is_always_the_same(sandbox: Sandbox) -> None:
    """The demo's requests do not change from run to run, and their properties have drifted."""
    until = datetime(2026, 7, 1, tzinfo=UTC)
    demo = list(requests(until, 2000))
    assert demo == list(requests(until, 2000))
    assert demo != list(requests(until, 1999))
    assert demo[0]["created_at"] < "2026-06-04"
    assert "2026-06-30" < demo[-1]["created_at"] < "2026-07-01"
    keys = Counter(key for request in demo for key in request["properties"])
    assert {"environment", "env", "Environment", "userid", "user-id", "UserId", "tmp_debug_run"} <= set(keys)
    assert sandbox.seed(demo) == [request["request_id"] for request in demo]
