"""The stored versions of requests, asked for by id: what reading back compares with what was written."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from propguard.helicone.filters import identified
from propguard.helicone.protocol import request_query
from propguard.helicone.times import floor

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from propguard.helicone.protocol import Call
    from propguard.helicone.stored_request import StoredRequest

AGES = (timedelta(days=1), timedelta(days=90), None)
"""How old a request may be, one question after the other: a query by id alone goes through everything ever stored."""


def versions_query(
    request_ids: Sequence[str], now: datetime, age: timedelta | None, *, offset: int = 0, limit: int
) -> Call:
    """The call that reads one page of the versions of these requests that are not older than `age`."""
    since = None if age is None else floor(now - age)
    return request_query(identified(request_ids, since), offset=offset, limit=limit, newest_first=True)


def keep_newest(newest: list[StoredRequest], request: StoredRequest) -> None:
    """`newest` holds the newest of the versions that it was given; of those that tie, any may win, so it holds all."""
    if newest and newest[0].updated_at < request.updated_at:
        newest.clear()
    if not newest or newest[0].updated_at == request.updated_at:
        newest.append(request)


def stored_value(request: StoredRequest, key: str) -> str:
    """What a request holds at `key`; the empty text and nothing are the same to the platform."""
    return request.properties.get(key, request.system_properties.get(key, ""))
