"""Addresses of ClickHouse servers: what they say, and that nothing of them is said that nobody should see."""

from __future__ import annotations

import pytest

from propguard.engine.address import address
from propguard.errors import UsageError


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("clickhouse://h", ("h", 8123, "default", "", "default", False)),
        ("clickhouse://u:p@h:18123/d", ("h", 18123, "u", "p", "d", False)),
        ("clickhouse://u:p@h/d?secure=true", ("h", 8443, "u", "p", "d", True)),
        ("clickhouse://h:8443", ("h", 8443, "default", "", "default", True)),  # that port speaks TLS everywhere
        ("clickhouse://h:8443?secure=false", ("h", 8443, "default", "", "default", False)),
        ("clickhouse://u%40x:p%2Fq%3A@[::1]:1/", ("::1", 1, "u@x", "p/q:", "default", False)),
    ],
)
def test_what_an_address_says(text: str, expected: tuple[object, ...]) -> None:
    """Everything but the host has a default; user and password are percent-encoded where they must be."""
    read = address(text)
    assert (read.host, read.port, read.user, read.password, read.database, read.secure) == expected


def test_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """User and password may be in the environment; the address wins, an empty password too."""
    monkeypatch.setenv("CLICKHOUSE_USER", "eve")
    monkeypatch.setenv("CLICKHOUSE_PASSWORD", "hidden")
    assert (address("clickhouse://h").user, address("clickhouse://h").password) == ("eve", "hidden")
    assert (address("clickhouse://u:@h").user, address("clickhouse://u:@h").password) == ("u", "")


def test_the_table() -> None:
    """The table may be in the address or told beside it, which wins."""
    assert address("clickhouse://h").table == "request_response_rmt"
    assert address("clickhouse://h?table=all_requests").table == "all_requests"
    assert address("clickhouse://h?table=all_requests", "other").table == "other"


@pytest.mark.parametrize(
    "text",
    [
        "clickhouse://",
        "clickhouse://u:secret@",
        "clickhouse://u:secret@h:port",
        "clickhouse://u:secret@h:99999",
        "clickhouse://u:secret@[h",
        "clickhouse://u:secret@h/a/b",
        "clickhouse://u:secret@h?readonly=0",
        "clickhouse://u:secret@h?secure=perhaps",
    ],
)
def test_what_is_refused(text: str) -> None:
    """The sentence says how to write it, and repeats neither the address nor the password."""
    with pytest.raises(UsageError, match="clickhouse://user@host:8123/default") as caught:
        address(text)
    assert "secret" not in str(caught.value)


def test_nothing_shows_the_password() -> None:
    read = address("clickhouse://u:se%2Fcret@h")
    assert "se/cret" not in repr(read) + read.shown
    assert read.without_password("se/cret se%2Fcret") == "*** ***"
