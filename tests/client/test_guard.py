"""The guard in front of a transport: what is sent, what is answered, and what is left as it was; httpx and httpx2 alike."""

from __future__ import annotations

import asyncio
import copy
import logging
import subprocess
import sys
import threading
import time
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import httpx
import httpx2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from propguard import AsyncGuardTransport, GuardTransport, PropertyRejected, UsageError
from propguard.client import guard as guard_module
from propguard.client.on_violation import TRANSPORT_WORDS
from propguard.model.schema import Deprecation, Limits, Property
from tests.strategies import MANY, TODAY, schemas_and_records
from tests.subjects import schema_of

if TYPE_CHECKING:
    from types import ModuleType

    from propguard.client.on_violation import OnViolation
    from propguard.client.policy import Event
    from propguard.model.schema import PropertySchema

LIBRARIES = [pytest.param(library, id=library.__name__) for library in (httpx, httpx2)]
KINDS = ["sync", "async"]

SCHEMA = schema_of(
    Property("environment", enum=("production", "staging"), aliases=("env",), value_aliases={"prod": "production"}),
    Property("customer_id", pattern="^cust_[0-9]+$"),
    Property("project"),
    Property("old", deprecated=Deprecation("renamed", "project")),
    Property("billing", enum=("active",), requires=("customer_id",)),
)
DASHED = replace(SCHEMA, header_separator="-")
REQUIRING = schema_of(Property("environment", enum=("production",), required=True), Property("project"))

P = "Helicone-Property-"
OTHERS = [
    ("Authorization", "Bearer sk-x"),
    ("X-Custom", "caf\xe9"),
    ("Helicone-User-Id", "u-1"),
    ("Helicone-Session-Id", "s"),
]


class Line:
    """A client whose transport is guarded, and what came through to the transport within."""

    def __init__(self, library: ModuleType, kind: str, schema: PropertySchema = SCHEMA, **options: Any) -> None:
        self.library: Any = library
        self.kind = kind
        self.sent: list[Any] = []
        self.events: list[Event] = []
        guarded: Any = AsyncGuardTransport if kind == "async" else GuardTransport
        options = {"today": TODAY, "listener": self.events.append} | options
        self.guard = guarded(schema, self.library.MockTransport(self.answer), **options)

    def answer(self, request: Any) -> Any:
        self.sent.append(request)
        return self.library.Response(200, text="done")

    def request(self, headers: Any, method: str = "POST") -> Any:
        """The answer to one request through a client of the library."""
        if self.kind == "sync":
            with self.library.Client(transport=self.guard) as client:
                return client.request(method, "https://llm.example/v1", headers=headers)

        async def ask() -> Any:
            async with self.library.AsyncClient(transport=self.guard) as client:
                return await client.request(method, "https://llm.example/v1", headers=headers)

        return asyncio.run(ask())

    def properties(self) -> list[tuple[str, str]]:
        """The property headers of the one request that came through, as they were written."""
        (request,) = self.sent
        raw = [(name.decode(), value.decode("latin-1")) for name, value in request.headers.raw]
        return [(name, value) for name, value in raw if name.lower().startswith(P.lower())]


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(params=LIBRARIES)
def library(request: pytest.FixtureRequest) -> Any:
    return request.param


class TestAccepted:
    """What breaks no rule goes out unchanged, to the byte."""

    @pytest.mark.parametrize(
        "properties",
        [
            [],
            [(f"{P}Environment", "production")],
            [("helicone-property-environment", "staging"), ("HELICONE-PROPERTY-CUSTOMER_ID", "cust_1")],
            [(f"{P}project", "cafe")],
        ],
    )
    def test_it_is_sent_as_it_is(self, library: Any, kind: str, properties: list[tuple[str, str]]) -> None:
        line = Line(library, kind)
        given = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in [*OTHERS, *properties]]
        assert line.request(given).status_code == 200
        assert [entry for entry in line.sent[0].headers.raw if entry in given] == given
        assert (line.guard.stats.sent, line.events) == (len(properties), [])

    def test_other_headers_are_nobodys_business(self, library: Any, kind: str) -> None:
        line = Line(library, kind)
        line.request({"Helicone-Propertyless": "x", "Helicone-Properties": "x", "X-Helicone-Property-a": "x"})
        assert line.guard.stats.sent == 0

    def test_dashes_are_accepted_where_the_schema_spells_headers_so(self, library: Any, kind: str) -> None:
        assert Line(library, kind, DASHED).request({f"{P}Customer-Id": "cust_1"}).status_code == 200
        assert Line(library, kind).request({f"{P}Customer-Id": "cust_1"}).status_code == 400


class TestRejected:
    """By default, what breaks the schema is answered at once, by a response of the caller's library."""

    def test_the_answer_is_of_the_library_and_says_what_is_wrong(self, library: Any, kind: str) -> None:
        line = Line(library, kind)
        answer = line.request({f"{P}Environment": "produktion", f"{P}project": "a"})
        assert type(answer) is library.Response
        assert (answer.status_code, line.sent) == (400, [])
        assert answer.headers["content-type"] == "application/json"
        assert answer.headers["x-should-retry"] == "false"
        error = answer.json()["error"]
        violation = {
            "rule": "value-not-allowed",
            "severity": "error",
            "message": "`produktion` is not an allowed value of `environment` (production, staging); did you mean `production`?",
            "key": "environment",
            "value": "produktion",
            "suggestion": "production",
            "context": {"property": "environment", "allowed": ["production", "staging"]},
        }
        assert error == {
            "message": f"propguard did not send this request: {violation['message']}",
            "type": "invalid_request_error",
            "param": "Helicone-Property-Environment",
            "code": "property_rejected",
            "violation_count": 1,
            "violations": [violation],
        }
        assert line.guard.stats.refused == 1

    def test_everything_that_is_wrong_is_in_it(self, library: Any, kind: str) -> None:
        wrong = {f"{P}Environment": "x", f"{P}Nobody": "y"} | {f"{P}unknown_{n}": "z" for n in range(10)}
        error = Line(library, kind).request(wrong).json()["error"]
        assert len(error["violations"]) == 12
        assert error["message"].endswith("; and 7 more")

    @pytest.mark.parametrize(
        ("headers", "rule"),
        [
            ([(f"{P}App", "a")], "unknown-property"),
            ([(f"{P}Env", "production")], "key-alias"),
            ([(f"{P}Customer-Id", "cust_1")], "header-key-mismatch"),
            ([(f"{P}project", "a"), (f"{P}Project", "b")], "duplicate-header"),
            ([(f"{P}project", "a"), (f"{P}project", "b")], "duplicate-header"),
            ([(P, "a")], "key-empty"),
            ([(f"{P}Helicone-Session-Id", "a")], "reserved-key"),
            ([(f"{P}billing", "active")], "dependent-property-missing"),
            ([(f"{P}project", "")], "value-empty"),
            ([(f"{P}project", b"\xc3\xa9\x80")], "value-unsafe-in-header"),
            ([(f"{P}project", b"caf\xe9")], "value-unsafe-in-header"),
            ([("Helicone_Property_project", "a")], "prefixed-key"),
            ([("HELICONE-PROPERTY_nobody", "a")], "prefixed-key"),
            ([("Helicone_Property-project", "a")], "prefixed-key"),
            ([("Helicone--Property--project", "a")], "prefixed-key"),
            ([("HeliconeProperty-project", "a")], "prefixed-key"),
            ([("Helicone-Properties-project", "a")], "prefixed-key"),
            ([(f"{P}Helicone-Property-project", "a")], "prefixed-key"),
        ],
    )
    def test_each_kind_of_fault(self, library: Any, headers: list[tuple[str, Any]], rule: str) -> None:
        raw = [(name.encode(), value if isinstance(value, bytes) else value.encode()) for name, value in headers]
        found = Line(library, "sync").request(raw).json()["error"]["violations"]
        assert [violation["rule"] for violation in found] == [rule]

    def test_a_misspelt_prefix_is_named_and_can_be_fixed(self, library: Any, kind: str) -> None:
        """The platform would store no such property."""
        headers = {"Helicone_Property_Environment": "production"}
        error = Line(library, kind).request(headers).json()["error"]
        assert error["param"] == "Helicone_Property_Environment"
        assert "does not begin with `Helicone-Property-`" in error["message"]
        assert "write `Helicone-Property-environment`" in error["message"]
        line = Line(library, kind, on_violation="fix")
        assert line.request(headers).status_code == 200
        assert [(name.lower(), value) for name, value in line.properties()] == [
            ("helicone-property-environment", "production")
        ]
        line = Line(library, kind, on_violation="drop")
        line.request(headers)
        assert "helicone_property_environment" not in line.sent[0].headers

    def test_a_refusal_is_short_however_much_is_wrong(self, library: Any, kind: str) -> None:
        """At most twenty violations, and their number."""
        error = Line(library, kind).request({f"{P}unknown_{n}": "z" for n in range(300)}).json()["error"]
        assert (len(error["violations"]), error["violation_count"]) == (20, 300)
        assert error["message"].endswith("; and 295 more")

    @pytest.mark.parametrize("word", ["reject", "fix", "drop", "warn"])
    @pytest.mark.usefixtures("_silent")
    def test_repeated_headers_are_judged_in_linear_time(self, word: OnViolation) -> None:
        """A thousand names, each twice, take no more than ten times as long as a hundred, and some."""

        def seconds(number: int) -> float:
            line = Line(httpx, "sync", on_violation=word)
            headers = [(f"{P}unknown_{n}", "z") for n in range(number) for _ in range(2)]
            request = httpx.Request("POST", "https://llm.example", headers=headers)
            began = time.process_time()
            line.guard.handle_request(request)
            return time.process_time() - began

        seconds(10)
        assert seconds(1000) < 25 * seconds(100)

    def test_a_subclass_of_a_request_is_answered_too(self, library: Any) -> None:
        request = type("Special", (library.Request,), {})("POST", "https://llm.example", headers={f"{P}x": "y"})
        assert type(Line(library, "sync").guard.handle_request(request)) is library.Response

    def test_what_is_no_request_is_a_usage_error(self) -> None:
        class Request:
            method = "POST"
            headers = httpx.Headers({f"{P}x": "y"})

        with pytest.raises(UsageError, match="httpx or httpx2"):
            Line(httpx, "sync").guard.handle_request(Request())

    def test_raise_is_an_exception(self, library: Any, kind: str) -> None:
        line = Line(library, kind, on_violation="raise")
        with pytest.raises(PropertyRejected, match="`x` is not an allowed value"):
            line.request({f"{P}Environment": "x"})
        assert line.sent == []


class TestOtherWords:
    """Warn, drop and fix, and what is then on the wire."""

    def test_warn_sends_it(self, library: Any, kind: str, caplog: pytest.LogCaptureFixture) -> None:
        line = Line(library, kind, on_violation="warn")
        given = [(f"{P}project", "a"), (f"{P}project", "b"), (f"{P}Environment", "hunter2")]
        headers = [(name.encode(), value.encode()) for name, value in [*given, ("Helicone-Request-Id", "r-1")]]
        assert line.request(headers).status_code == 200
        assert line.properties() == given
        assert {event.request_id for event in line.events} == {"r-1"}
        assert "hunter2" not in caplog.text
        assert line.guard.stats.warned == 2

    def test_drop_takes_the_header_out(self, library: Any, kind: str) -> None:
        line = Line(library, kind, on_violation="drop")
        line.request([(f"{P}project", "a"), (f"{P}Environment", "x"), ("Accept", "b"), (f"{P}Nobody", "z")])
        assert line.properties() == [(f"{P}project", "a")]
        assert line.sent[0].headers["accept"] == "b"
        assert (line.guard.stats.dropped, line.guard.stats.sent) == (2, 1)

    def test_drop_takes_out_every_spelling_of_a_repeated_header(self, library: Any) -> None:
        line = Line(library, "sync", on_violation="drop")
        line.request([(f"{P}project", "a"), (f"{P}PROJECT", "b"), (f"{P}environment", "staging")])
        assert line.properties() == [(f"{P}environment", "staging")]

    def test_fix_sends_it_mended(self, library: Any, kind: str) -> None:
        line = Line(library, kind, on_violation="fix")
        line.request({f"{P}Env": "prod", f"{P}Customer-Id": "cust_1", f"{P}project": "a", "Accept": "b"})
        assert dict(line.properties()) == {
            f"{P}project": "a",
            f"{P}Environment": "production",
            f"{P}customer_id": "cust_1",
        }
        assert line.sent[0].headers["accept"] == "b"

    def test_what_cannot_be_fixed_is_answered(self, library: Any, kind: str) -> None:
        line = Line(library, kind, on_violation="fix")
        answer = line.request({f"{P}Env": "prod", f"{P}Nobody": "x"})
        assert (answer.status_code, answer.json()["error"]["param"], line.sent) == (400, f"{P}Nobody", [])

    def test_a_warning_stops_nothing(self, library: Any, kind: str) -> None:
        line = Line(library, kind)
        assert line.request({f"{P}old": "a"}).status_code == 200
        assert [event.violation.rule for event in line.events] == ["deprecated-property"]

    def test_the_operator_overrides_it(self, library: Any, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PROPGUARD_ON_VIOLATION", "warn")
        assert Line(library, kind).request({f"{P}Environment": "x"}).status_code == 200

    def test_a_mended_value_that_no_header_can_carry_is_not_sent(self) -> None:
        schema = schema_of(Property("city", enum=("東京",), value_aliases={"tokyo": "東京"}))
        line = Line(httpx, "sync", schema, on_violation="fix")
        assert line.request({f"{P}city": "tokyo"}).status_code == 400


class TestRequired:
    """What a record must have is asked of POST requests, as those are what is stored."""

    @pytest.mark.parametrize(
        ("method", "headers", "status"),
        [
            ("POST", {}, 400),
            ("POST", {f"{P}project": "a"}, 400),
            ("POST", {f"{P}environment": "production"}, 200),
            ("GET", {}, 200),
            ("GET", {f"{P}project": "a"}, 200),
            ("GET", {f"{P}environment": "x"}, 400),
            ("PUT", {}, 200),
        ],
    )
    def test_by_method(self, library: Any, method: str, headers: dict[str, str], status: int) -> None:
        line = Line(library, "sync", REQUIRING)
        answer = line.request(headers, method)
        assert answer.status_code == status
        if status == 400 and method == "POST":
            assert answer.json()["error"]["param"] == "Helicone-Property-environment"

    def test_too_many_properties_are_sent_with_a_warning(self, library: Any) -> None:
        line = Line(library, "sync", replace(SCHEMA, limits=Limits(properties_per_request=1)))
        assert line.request({f"{P}project": "a", f"{P}environment": "staging"}).status_code == 200
        assert line.guard.stats.warned == 1

    def test_a_sunset_comes_while_the_program_runs(self, library: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        """What was accepted yesterday is judged again today."""
        schema = schema_of(Property("old", deprecated=Deprecation("obsolete", sunset=date(2026, 6, 16))))
        before, after = (Line(library, "sync", schema, today=date(2026, 6, day)) for day in (15, 16))
        assert before.request({f"{P}old": "a"}).status_code == 200
        assert after.request({f"{P}old": "a"}).status_code == 400


class TestWrapping:
    """Around any transport, and nothing more than around it."""

    def test_everything_else_is_asked_of_the_transport_within(self, library: Any) -> None:
        class Inner(library.BaseTransport):  # type: ignore[misc]  # either library
            pool = "connections"

        guard = GuardTransport(SCHEMA, Inner())
        assert guard.pool == "connections"
        with pytest.raises(AttributeError, match="nothing"):
            guard.nothing  # noqa: B018  # the look-up is what is tested
        assert isinstance(guard.transport, Inner)

    def test_it_is_entered_and_closed_with_the_transport_within(self, library: Any) -> None:
        calls: list[str] = []

        class Inner(library.BaseTransport):  # type: ignore[misc]  # either library
            def __enter__(self) -> Any:
                calls.append("enter")
                return self

            def close(self) -> None:
                calls.append("close")

        with GuardTransport(SCHEMA, Inner()) as guard:
            assert isinstance(guard, GuardTransport)
        guard.close()
        assert calls == ["enter", "close", "close"]

    def test_it_is_entered_and_closed_with_the_asynchronous_transport_within(self, library: Any) -> None:
        calls: list[str] = []

        class Inner(library.AsyncBaseTransport):  # type: ignore[misc]  # either library
            async def aclose(self) -> None:
                calls.append("close")

        async def use() -> None:
            async with AsyncGuardTransport(SCHEMA, Inner()) as guard:
                assert isinstance(guard, AsyncGuardTransport)
            await guard.aclose()

        asyncio.run(use())
        assert calls == ["close", "close"]

    def test_the_wrong_kind_is_a_usage_error(self, library: Any) -> None:
        with pytest.raises(UsageError, match="AsyncGuardTransport"):
            GuardTransport(SCHEMA, library.AsyncHTTPTransport())
        with pytest.raises(UsageError, match="take GuardTransport"):
            AsyncGuardTransport(SCHEMA, library.HTTPTransport())

    def test_a_copy_does_not_recur_for_ever(self) -> None:
        guard = copy.copy(GuardTransport(SCHEMA, httpx.MockTransport(lambda request: httpx.Response(200))))
        assert guard.handle_request(httpx.Request("GET", "https://llm.example")).status_code == 200

    def test_it_imports_neither_library(self) -> None:
        code = "import sys; from propguard import GuardTransport, property_headers; print({'httpx', 'httpx2'} & set(sys.modules))"
        assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout.strip() == b"set()"


class TestMany:
    """Shared between threads, and flat in memory."""

    def test_threads_share_one_guard(self) -> None:
        line = Line(httpx, "sync", listener=None)
        logging.getLogger("propguard").setLevel(logging.CRITICAL)
        statuses: list[int] = []

        def work(number: int) -> None:
            for turn in range(300):
                value = "staging" if (turn + number) % 2 else "nowhere"
                headers = {f"{P}environment": value, f"X-{turn}-{number}": "a"}
                request = httpx.Request("POST", "https://llm.example", headers=headers)
                statuses.append(line.guard.handle_request(request).status_code)

        threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        logging.getLogger("propguard").setLevel(logging.NOTSET)
        assert (statuses.count(200), statuses.count(400)) == (600, 600)
        assert (line.guard.stats.sent, line.guard.stats.refused) == (600, 600)

    def test_what_is_remembered_of_header_names_is_bounded(self) -> None:
        line = Line(httpx, "sync")
        for number in range(1000):
            line.guard.handle_request(httpx.Request("POST", "https://llm.example", headers={f"X-{number}": "a"}))
        line.guard.handle_request(httpx.Request("POST", "https://llm.example", headers={"X" * 20_000: "a"}))
        remembered = line.guard._guard._header_sets
        assert 0 < len(remembered) <= guard_module._MOST_HEADER_SETS
        assert max(len(name) for names in remembered for name in names) < 20_000


@pytest.fixture
def _silent(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL, "propguard")


@pytest.mark.usefixtures("_silent")
@MANY
@given(schemas_and_records(), st.sampled_from(TRANSPORT_WORDS), st.sampled_from(["POST", "GET"]), st.booleans())
def test_what_a_guard_lets_through_the_next_one_does_not_touch(
    drawn: tuple[PropertySchema, dict[str, object]], word: OnViolation, method: str, twice: bool
) -> None:
    """Whatever the schema and the headers: it is sent or refused, other headers stay, and by fix nothing wrong is left."""
    schema, record = drawn
    texts = [(key, value) for key, value in record.items() if isinstance(value, str)]
    raw = [
        (P.encode() + key.encode("latin-1", "ignore"), value.encode("latin-1", "ignore"))
        for key, value in (texts * 2 if twice else texts)
    ]
    line = Line(httpx, "sync", schema, on_violation=word)
    request = httpx.Request(method, "https://llm.example", headers=[(b"X-Before", b"a"), *raw, (b"X-After", b"b")])
    given_headers = request.headers.raw
    try:
        status = line.guard.handle_request(request).status_code
    except PropertyRejected:
        assert (word, line.sent) == ("raise", [])
        return
    assert (status == 200) == bool(line.sent)
    assert status == 200 or word in {"reject", "fix"}
    if not line.sent:
        return
    (sent,) = line.sent
    others = [
        [name for name, _ in headers if not name.startswith(P.encode())]
        for headers in (given_headers, sent.headers.raw)
    ]
    assert others[0] == others[1]
    if word == "warn":
        assert sent.headers.raw == given_headers
    elif word in {"fix", "reject", "raise"}:
        before = sent.headers.raw
        following = Line(httpx, "sync", schema, on_violation="reject")
        assert following.guard.handle_request(sent).status_code == 200
        assert following.sent[0].headers.raw == before
