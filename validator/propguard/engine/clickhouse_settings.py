"""Settings of ClickHouse that a query is sent with, as far as its user may change them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

UNCOMPILED: Mapping[str, object] = {
    "compile_expressions": 0,
    "compile_aggregate_expressions": 0,
    "compile_sort_description": 0,
}
"""Sent to a database in this process: machine code for what comes a third time takes longer to make than it saves, measured
on a row and on 100 MB."""

# What is sent with each query, as far as the user may change it; none of it is needed for a right answer.
_SETTINGS: Mapping[str, object] = {
    "cancel_http_readonly_queries_on_client_close": 1,
    "max_ast_elements": 10_000_000,
    "max_expanded_ast_elements": 10_000_000,
    "max_query_size": 64 << 20,
    "timeout_overflow_mode": "throw",
}


def wanted(seconds: int, memory: int | None) -> dict[str, object]:
    """What a query is sent with: so many seconds, and so many bytes of memory."""
    asked: dict[str, object] = {**_SETTINGS, "max_execution_time": seconds}
    if memory is not None:
        asked["max_memory_usage"] = memory
    return asked


def settable(client: Any, asked: Mapping[str, object]) -> dict[str, object]:
    """Those of the settings that this user may send, and that the query may change nothing.

    `readonly` is sent only to who is not bound by it yet: a read-only user may not even repeat it. It holds for the one
    query, as no session is kept.
    """
    known = client.server_settings
    settings = {name: value for name, value in asked.items() if name in known and not known[name].readonly}
    if "readonly" in known and str(known["readonly"].value) == "0" and not known["readonly"].readonly:
        settings["readonly"] = 2
    return settings
