"""What is asked of the platform and how its answers are read, without input or output.

Source of the paths, shapes and status codes: Helicone/helicone at 67df07b8, read and executed.
"""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, NamedTuple, NoReturn
from urllib.parse import quote

from propguard.errors import (
    AuthenticationFailed,
    EngineFailed,
    FeatureOff,
    RateLimited,
    RequestNotFound,
    TooMuchAsked,
    Unreachable,
    UsageError,
    WriteRefused,
)
from propguard.helicone.stored_request import stored_request
from propguard.model.text import excerpt, visible

if TYPE_CHECKING:
    from collections.abc import Mapping

    from propguard.helicone.stored_request import StoredRequest

MOST_ROWS = 1000
"""The largest page of requests that the platform gives."""

MOST_ROWS_OF_SQL = 100
"""Rows of an answer to SQL; the rest is cut off, whatever LIMIT was asked for."""

SQL_QUERIES_PER_MINUTE = 100

_SQL_SECONDS = 35.0  # the platform gives SQL 30 s
_QUERY_SECONDS = 65.0  # the platform gives a query a minute before it answers as if there were nothing
_LONGEST_PAGE = 256 << 20  # a thousand requests may hold bodies
_REQUEST_ID = re.compile(r"[A-Za-z0-9_-]{1,200}")
_TOO_MUCH = re.compile(
    r"TIMEOUT_EXCEEDED|TOO_SLOW|MEMORY_LIMIT_EXCEEDED|timed? ?out|timeout exceeded|memory limit", re.IGNORECASE
)
_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_SURROGATE = re.compile("[\ud800-\udfff]")
_COMBINED = re.compile(r"\b(remaining|reset)=(\d{1,15})")
_LONGEST_WAIT = 86400.0


class Call(NamedTuple):
    """One HTTP request to the platform; `seconds` is what the platform itself may take for it, where that is long.

    An answer of more than `longest_answer` bytes, unpacked, is not read.
    """

    method: str
    path: str
    body: object | None = None
    seconds: float = 0.0
    longest_answer: int = 1 << 20


class Answer(NamedTuple):
    """What came back; the names of the headers are in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class RateLimit(NamedTuple):
    """What an answer says about how often may be asked: calls left, seconds until they are new, seconds to wait."""

    remaining: int | None = None
    reset: float | None = None
    retry_after: float | None = None


def rate_limit(answer: Answer) -> RateLimit | None:
    """What the answer's `RateLimit-*` and `Retry-After` headers say; null where there are none that can be read.

    Seconds are cut to a day, so that no header can make anybody wait for ever.
    """
    headers = answer.headers
    combined = dict(_COMBINED.findall(headers.get("ratelimit", "")))  # the newer drafts put all into one header
    remaining = _number(headers.get("ratelimit-remaining") or combined.get("remaining"))
    reset = _number(headers.get("ratelimit-reset") or combined.get("reset"))
    retry_after = _number(headers.get("retry-after"))
    if retry_after is None and "retry-after" in headers:
        retry_after = _seconds_until(headers["retry-after"], headers.get("date"))
    if remaining is None and reset is None and retry_after is None:
        return None
    return RateLimit(None if remaining is None else int(remaining), reset, retry_after)


def is_uuid(request_id: str) -> bool:
    """Whether the platform could know a request by this id: its own ids are UUIDs."""
    return _UUID.fullmatch(request_id) is not None


def property_write(request_id: str, key: str, value: str) -> Call:
    """The call that writes one property.

    Raises UsageError for a request id that is empty or holds anything but letters, digits, `-` and `_`, and for half a
    surrogate pair in `key` or `value`, which no encoding can carry.
    """
    if not isinstance(request_id, str) or not _REQUEST_ID.fullmatch(request_id):
        shown = excerpt(visible(str(request_id)))
        raise UsageError(
            f"`{shown}` is no request id; an id holds 1 to 200 letters, digits, `-` and `_`, and nothing else"
        )
    for name, text in (("key", key), ("value", value)):
        if _SURROGATE.search(text):
            raise UsageError(f"the {name} of a property holds half of a surrogate pair, which no encoding can carry")
    return Call("PUT", f"/v1/request/{request_id}/property", {"key": key, "value": value})


def read_write(answer: Answer, request_id: str) -> None:
    """Return when the property is written.

    Raises RequestNotFound, RateLimited, AuthenticationFailed, WriteRefused, or Unreachable for a failure of the server
    and for a body that cannot be read.
    """
    if answer.status == 204:
        return
    if answer.status // 100 == 2:
        error = _document(answer).get("error")
        if error is None:
            return
        if "not found" in str(error).lower():
            raise RequestNotFound(_not_found(request_id))
        raise WriteRefused(f"the platform refused the property: {_shown(error)}")
    if answer.status == 500:
        error = _error_of(answer)
        if not is_uuid(request_id) or "not found" in error.lower():
            raise RequestNotFound(_not_found(request_id))
    _refuse(answer)


def request_query(filter_node: object, *, offset: int, limit: int, newest_first: bool = False) -> Call:
    """The call that reads one page of requests that fit `filter_node`, a filter as the platform takes it."""
    body = {
        "filter": filter_node,
        "offset": offset,
        "limit": limit,
        "sort": {"created_at": "desc" if newest_first else "asc"},
        "includeInputs": False,
        "isScored": False,
    }
    return Call("POST", "/v1/request/query-clickhouse", body, _QUERY_SECONDS, _LONGEST_PAGE)


def read_requests(answer: Answer) -> list[StoredRequest]:
    """The rows of one page: perhaps several of one request, perhaps some that do not fit the filter any more.

    An empty page does not prove that there is nothing. Raises what `read_write` raises but RequestNotFound.
    """
    return [stored_request(row) for row in _list(answer)]


def sql_query(text: str) -> Call:
    """The call that runs one SELECT over the organisation's requests."""
    return Call("POST", "/v1/helicone-sql/execute", {"sql": text}, _SQL_SECONDS, _LONGEST_PAGE)


def read_sql(answer: Answer) -> list[dict[str, object]]:
    """At most MOST_ROWS_OF_SQL rows.

    Raises FeatureOff, TooMuchAsked for what takes too long or too much memory, EngineFailed for what the database or the
    platform's restrictions turn down, and what `read_write` raises but RequestNotFound.
    """
    if answer.status == 403:
        raise FeatureOff(
            f"the platform has its SQL endpoint switched off for this organisation: {_shown(_error_of(answer))}"
        )
    if answer.status // 100 != 2:
        error = _error_of(answer)
        if answer.status in {504, 524} or _TOO_MUCH.search(error):
            raise TooMuchAsked(f"the platform has not the time or the memory for it: {_shown(error)}")
        if error.startswith("[") or (answer.status == 400 and "token" not in error.lower()):
            raise EngineFailed(f"the platform does not run this query ({answer.status}: {_shown(error)})")
        _refuse(answer)
    document = _document(answer)
    data = document.get("data")
    if document.get("error") is not None or not isinstance(data, dict):
        raise EngineFailed(f"the platform did not answer the query: {_shown(document.get('error') or 'no data')}")
    rows = data.get("rows")
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise Unreachable("the platform answered a query with something that is no list of rows")
    return rows


def property_names() -> Call:
    """The call that lists every property key ever written, without those that were hidden."""
    return Call("POST", "/v1/property/query", {}, _QUERY_SECONDS, _LONGEST_PAGE)


def read_property_names(answer: Answer) -> list[str]:
    """The keys, as stored. Raises what `read_requests` raises."""
    return [_text(row.get("property") if isinstance(row, dict) else None) for row in _list(answer)]


def property_search(key: str, term: str = "") -> Call:
    """The call that finds values of one property that hold `term`. Raises UsageError for a key that no path can hold."""
    if not key or key in {".", ".."} or _SURROGATE.search(key):
        raise UsageError(f"`{visible(key)}` is no property that could be searched for")
    return Call(
        "POST", f"/v1/property/{quote(key, safe='')}/search", {"searchTerm": term}, _QUERY_SECONDS, _LONGEST_PAGE
    )


def read_property_search(answer: Answer) -> list[str]:
    """At most 25 values. Raises what `read_requests` raises."""
    return [_text(row) for row in _list(answer)]


def _refuse(answer: Answer) -> NoReturn:
    """Raise what an answer that is no success means."""
    status, error = answer.status, _shown(_error_of(answer))
    if status == 429:
        limit = rate_limit(answer)
        wait = None if limit is None else limit.retry_after or limit.reset
        again = "" if wait is None else f"; it wants to be asked again in {wait:.0f} s"
        raise RateLimited(f"the platform was asked too often{again}", wait)
    if status in {401, 403} or (status == 400 and "token" in error.lower()):
        raise AuthenticationFailed(
            f"the platform does not accept the API key ({status}: {error}); a read-only key may not do this either"
        )
    if status == 404:
        raise WriteRefused(
            "the server does not know the property API (404); the base URL must be the platform's API, such as https://api.helicone.ai, not a gateway"
        )
    if 300 <= status < 400:
        raise WriteRefused(
            f"the server redirects to {_shown(answer.headers.get('location', 'nowhere'))}, which is not followed; give the right base URL"
        )
    if status == 408 or status >= 500:
        raise Unreachable(f"the platform failed ({status}: {error})")
    raise WriteRefused(f"the platform refused the call ({status}: {error})")


def _not_found(request_id: str) -> str:
    if is_uuid(request_id):
        return f"the platform has no request {request_id}, or not yet"
    return f"the platform has no request {request_id}: its ids are UUIDs, such as 6f1c2a9e-7a51-4c1f-9a57-0c1de0a8f6b2, and this is none"


def _list(answer: Answer) -> list[object]:
    if answer.status // 100 != 2:
        _refuse(answer)
    document = _document(answer)
    if document.get("error") is not None:
        raise Unreachable(f"the platform could not answer the query: {_shown(document['error'])}")
    data = document.get("data")
    if not isinstance(data, list):
        raise Unreachable("the platform answered a query with something that is no list")
    return data


def _document(answer: Answer) -> dict[str, object]:
    """The body of a success. Raises Unreachable where it is cut off or no JSON object with `error`."""
    try:
        document = json.loads(answer.body)
    except (ValueError, RecursionError):
        document = None
    if not isinstance(document, dict) or not ({"data", "error"} & document.keys()):
        raise Unreachable(
            f"the answer ({answer.status}) cannot be read; is the base URL that of the platform, and is no proxy in between?"
        )
    return document


def _error_of(answer: Answer) -> str:
    """What an answer that is no success says, in any of the shapes that the platform and proxies before it use."""
    try:
        document = json.loads(answer.body)
    except (ValueError, RecursionError):
        text = answer.body[:1000].decode(errors="replace").strip()
        return "no explanation" if not text or text.startswith(("<", "{", "[")) else text
    if not isinstance(document, dict):
        return str(document)
    error = document.get("error") or document.get("message") or "no explanation"
    details = document.get("details")
    return f"{error} {json.dumps(details)}" if details else str(error)


def _number(text: str | None) -> float | None:
    if text is None or not re.fullmatch(r"\d{1,15}(\.\d{1,9})?", text.strip(), re.ASCII):
        return None
    return min(float(text), _LONGEST_WAIT)


def _seconds_until(date: str, now: str | None) -> float | None:
    """The seconds from the server's own time, ours where it does not tell, to an HTTP date."""
    try:
        then = parsedate_to_datetime(date)
        start = parsedate_to_datetime(now) if now else datetime.now(UTC)
        return min(max((then - start).total_seconds(), 0.0), _LONGEST_WAIT)
    except (TypeError, ValueError, OverflowError):
        return None


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise Unreachable("the platform answered a query with something that is no text")
    return value


def _shown(error: object) -> str:
    return excerpt(visible(str(error)), 200)
