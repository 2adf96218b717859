"""What is asked of the platform, and what each of its answers means."""

from __future__ import annotations

import contextlib
import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from propguard.errors import (
    AuthenticationFailed,
    HeliconeError,
    PropguardError,
    RateLimited,
    RequestNotFound,
    Unreachable,
    UsageError,
    WriteRefused,
)
from propguard.helicone.protocol import (
    Answer,
    RateLimit,
    property_search,
    property_write,
    rate_limit,
    read_property_names,
    read_property_search,
    read_requests,
    read_write,
)

ID = "6f1c2a9e-7a51-4c1f-9a57-0c1de0a8f6b2"
ROW = {
    "request_id": ID,
    "request_created_at": "2026-01-31 09:30:00.123",
    "updated_at": "2026-01-31T09:30:05Z",
    "properties": {"environment": "production", "Helicone-Session-Id": "s1"},
    "request_properties": {"environment": "production"},
    "request_model": "gpt-4o",
    "provider": "OPENAI",
    "response_status": 200,
    "request_body": {"messages": ["a secret"]},
}


def answer(status: int, body: object = None, **headers: str) -> Answer:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return Answer(status, {name.replace("_", "-"): value for name, value in headers.items()}, content)


def test_a_write_is_the_one_body_that_the_platform_takes() -> None:
    """Key and value, both strings, and nothing else."""
    call = property_write("req_123abc", "environment", "production")
    assert call[:3] == ("PUT", "/v1/request/req_123abc/property", {"key": "environment", "value": "production"})


@pytest.mark.parametrize(
    "request_id",
    ["", " ", "a b", "a/b", "..", "a.b", "é", "a\n", "a%2F", "?x", "a" * 201, "١", None, 3],
)
def test_what_is_no_request_id_never_becomes_a_url(request_id: str) -> None:
    """Letters, digits, `-` and `_` only, so that no id can lead to another address."""
    with pytest.raises(UsageError, match="is no request id"):
        property_write(request_id, "environment", "production")


@pytest.mark.parametrize(("key", "value"), [("\ud800", "x"), ("x", "\udfff")])
def test_half_a_surrogate_pair_is_refused(key: str, value: str) -> None:
    """The server would replace it by something else in silence."""
    with pytest.raises(UsageError, match="half of a surrogate pair"):
        property_write(ID, key, value)


@pytest.mark.parametrize(
    "written",
    [
        answer(201, {"data": None, "error": None}),
        answer(200, {"data": None, "error": None}),  # older builds
        answer(204, b""),
    ],
)
def test_any_success_without_an_error_is_written(written: Answer) -> None:
    """The status is not what tells; the body is."""
    read_write(written, ID)


@pytest.mark.parametrize(
    ("got", "error", "says"),
    [
        (answer(500, {"data": None, "error": "Request not found"}), RequestNotFound, "or not yet"),
        (answer(201, {"data": None, "error": "Request not found"}), RequestNotFound, "or not yet"),
        (answer(201, {"data": None, "error": "no space left"}), WriteRefused, "no space left"),
        (answer(201, b'{"data":null,"err'), Unreachable, "cannot be read"),
        (answer(200, b""), Unreachable, "cannot be read"),
        (answer(200, b"[]"), Unreachable, "cannot be read"),
        (answer(200, b"<html>"), Unreachable, "is no proxy in between"),
        (answer(200, b"[" * 100_000), Unreachable, "cannot be read"),
        (answer(401, {"error": "unauthorized", "trace": "x"}), AuthenticationFailed, "unauthorized"),
        (answer(400, {"error": "Invalid token."}), AuthenticationFailed, "Invalid token"),
        (answer(400, b"Invalid token."), AuthenticationFailed, "400"),
        (answer(400, {"error": "bad"}), WriteRefused, "bad"),
        (answer(403, {}), AuthenticationFailed, "403"),
        (answer(404, {"error": "x"}), WriteRefused, "base URL"),
        (answer(301, b"", location="https://elsewhere.example"), WriteRefused, "https://elsewhere.example"),
        (answer(422, {"message": "Validation Failed", "details": {"v": 1}}), WriteRefused, 'Failed {"v": 1}'),
        (answer(429, {"error": "Too many"}, retry_after="7"), RateLimited, "again in 7 s"),
        (answer(429, {"error": "Too many"}), RateLimited, "too often"),
        (answer(408, {}), Unreachable, "408"),
        (answer(500, {"error": "Memory limit"}), Unreachable, "Memory limit"),
        (answer(503, b"<html>busy</html>"), Unreachable, "503"),
        (answer(101, b""), WriteRefused, "101"),
    ],
)
def test_each_answer_has_its_error(got: Answer, error: type[HeliconeError], says: str) -> None:
    """One sentence that says what happened, of a type that says what can be done."""
    with pytest.raises(error, match=says) as raised:
        read_write(got, ID)
    assert type(raised.value) is error
    assert "\n" not in str(raised.value)


def test_an_id_that_is_no_uuid_is_explained() -> None:
    """The page's own `req_123abc` is allowed in a URL; that the platform has no such id is said with why."""
    with pytest.raises(RequestNotFound, match="its ids are UUIDs"):
        read_write(answer(500, {"data": None, "error": "Cannot parse UUID"}), "req_123abc")


def test_a_control_character_of_the_server_is_shown_escaped() -> None:
    """What others wrote cannot move a cursor."""
    with pytest.raises(WriteRefused, match=r"a\\x1b\[2Jb"):
        read_write(answer(400, {"error": "a\x1b[2Jb" + "x" * 10_000}), ID)


@given(
    st.integers(100, 599),
    st.binary(max_size=60),
    st.dictionaries(st.sampled_from(["retry-after", "date", "ratelimit-reset", "ratelimit"]), st.text(max_size=30)),
)
def test_no_answer_crashes_the_reader(status: int, body: bytes, headers: dict[str, str]) -> None:
    """Whatever comes back is a result or one of our errors."""
    got = Answer(status, headers, body)
    for read in (lambda: read_write(got, ID), lambda: read_requests(got), lambda: rate_limit(got)):
        with contextlib.suppress(PropguardError):
            read()


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({}, None),
        ({"retry_after": "soon"}, None),
        ({"retry_after": "-1"}, None),
        ({"retry_after": "1e999"}, None),
        ({"retry_after": "30"}, RateLimit(None, None, 30.0)),
        ({"retry_after": "99999999999"}, RateLimit(None, None, 86400.0)),
        ({"ratelimit_remaining": "0", "ratelimit_reset": "12"}, RateLimit(0, 12.0, None)),
        ({"ratelimit": "limit=1000, remaining=999, reset=300"}, RateLimit(999, 300.0, None)),
        (
            {"retry_after": "Wed, 21 Oct 2026 07:28:30 GMT", "date": "Wed, 21 Oct 2026 07:28:00 GMT"},
            RateLimit(None, None, 30.0),
        ),
    ],
)
def test_rate_limits_are_read_in_every_spelling(headers: dict[str, str], expected: RateLimit | None) -> None:
    """Both generations of `RateLimit` headers, and `Retry-After` in seconds or as a date; nonsense is nothing."""
    assert rate_limit(answer(429, {}, **headers)) == expected


def test_a_row_becomes_a_request_without_its_bodies() -> None:
    """Times are in UTC, the platform's own keys stand apart, and bodies are dropped."""
    [request] = read_requests(answer(201, {"data": [ROW], "error": None}))
    assert request.request_id == ID
    assert request.created_at == datetime(2026, 1, 31, 9, 30, 0, 123_000, tzinfo=UTC)
    assert request.updated_at == datetime(2026, 1, 31, 9, 30, 5, tzinfo=UTC)
    assert (dict(request.properties), dict(request.system_properties)) == (
        {"environment": "production"},
        {"Helicone-Session-Id": "s1"},
    )
    assert (request.model, request.provider, request.status) == ("gpt-4o", "OPENAI", 200)
    assert "a secret" not in repr(request)


@pytest.mark.parametrize(
    "body",
    [
        {"data": None, "error": None},
        {"data": [], "error": "timeout"},
        {"data": [1], "error": None},
        {"data": [{}], "error": None},
        {"data": [ROW | {"request_id": ""}], "error": None},
        {"data": [ROW | {"request_created_at": "yesterday"}], "error": None},
        {"data": [ROW | {"properties": ["x"]}], "error": None},
        {"data": [ROW | {"properties": {"a": 1}}], "error": None},
        b'{"data": [',
    ],
)
def test_rows_that_cannot_be_read_are_never_left_out_in_silence(body: object) -> None:
    """A page is read whole or not at all."""
    with pytest.raises(Unreachable):
        read_requests(answer(201, body))


def test_properties_and_their_values_are_lists_of_text() -> None:
    """As the platform's two property endpoints answer."""
    assert read_property_names(answer(200, {"data": [{"property": "app"}], "error": None})) == ["app"]
    assert read_property_search(answer(200, {"data": ["a", "b"], "error": None})) == ["a", "b"]
    for read in (read_property_names, read_property_search):
        with pytest.raises(Unreachable):
            read(answer(200, {"data": [None], "error": None}))


def test_a_key_is_one_part_of_a_path() -> None:
    """Whatever it holds; what would lead elsewhere is refused."""
    assert property_search("a/b ?#é").path == "/v1/property/a%2Fb%20%3F%23%C3%A9/search"
    for key in ("", ".", "..", "\ud800"):
        with pytest.raises(UsageError):
            property_search(key)
