"""`propguard add`: judged, then written; each outcome with its exit code."""

from __future__ import annotations

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.cli.shop import Call

pytestmark = pytest.mark.usefixtures("project")

ID = "6f1c2a9e-7a51-4c1f-9a57-0c1de0a8f6b2"
KEY = "sk-helicone-secret"


class Server(ThreadingHTTPServer):
    """Takes every write that it is not told to refuse."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.written: list[dict[str, str]] = []
        self.answers: list[tuple[int, dict[str, Any]]] = []


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_PUT(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        status, answer = self.server.answers.pop(0) if self.server.answers else (201, {"data": None, "error": None})
        if status == 201:
            self.server.written.append(body)
        self._send(status, answer)

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        properties = {body["key"]: body["value"] for body in self.server.written}
        at = time.strftime("%Y-%m-%d %H:%M:%S")
        row = {"request_id": ID, "request_created_at": at, "updated_at": at, "properties": properties}
        self._send(201, {"data": [row], "error": None})

    def _send(self, status: int, answer: object) -> None:
        content = json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Nothing is printed."""


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """A server that the environment leads to; time between writes passes at once."""
    started = Server()
    thread = threading.Thread(target=started.serve_forever, args=(0.01,))
    thread.start()
    monkeypatch.setenv("HELICONE_API_KEY", KEY)
    monkeypatch.setenv("HELICONE_BASE_URL", f"http://127.0.0.1:{started.server_port}")
    monkeypatch.setattr("propguard.helicone.flow.Clock.sleep", lambda *_: None)
    yield started
    started.shutdown()
    thread.join()
    started.server_close()


def test_properties_are_written_in_their_order(call: Call, server: Server) -> None:
    """And unset ones last, with the empty text."""
    answer = call("add", ID, "environment=production", "--unset", "env", "app=a=b", "--accept-side-effects")
    assert (answer.code, answer.out) == (0, "")
    assert answer.err == "nothing to report in 3 properties, 3 written\n"
    assert server.written == [
        {"key": "environment", "value": "production"},
        {"key": "app", "value": "a=b"},
        {"key": "env", "value": ""},
    ]


@pytest.mark.parametrize("further", [(), ("--dry-run",), ("--format", "json")])
def test_what_a_write_blanks_is_reported_before_the_first(further: tuple[str, ...], call: Call, server: Server) -> None:
    """On standard error and without a question, so that programs go on; a flag leaves it out."""
    notice = "every write blanks prompt_id, prompt_version and request_referrer of its request; --accept-side-effects"
    assert call("add", ID, "app=x", *further).err.startswith(notice)
    assert "blanks" not in call("add", ID, "app=x", "--accept-side-effects", *further).err
    assert "blanks" not in call("add", ID, "nobody=x", *further).err  # nothing is written
    assert (len(server.written) == 0) is ("--dry-run" in further)


def test_nothing_is_written_where_anything_is_wrong(call: Call, server: Server) -> None:
    """Every violation is a finding with the number of its property, and the exit code is 1."""
    answer = call("add", ID, "app=x", "environment=prod", "--unset", "nope")
    assert answer.code == 1
    assert answer.out.splitlines()[0].startswith("record 2: error[value-alias]")
    assert answer.out.splitlines()[1].startswith("record 3: error[unknown-property]")
    assert answer.err == "2 errors in 3 properties\n"
    assert server.written == []


@pytest.mark.parametrize(
    ("word", "code", "written", "err"),
    [
        ("fix", 0, [("environment", "production"), ("app", "x")], "fixed: "),
        ("drop", 1, [("app", "x")], "1 error in 2 properties, 1 written"),
        ("warn", 1, [("env", "production"), ("app", "x")], "1 error in 2 properties, 2 written"),
    ],
)
def test_a_policy_may_be_chosen(
    word: str, code: int, written: list[tuple[str, str]], err: str, call: Call, server: Server
) -> None:
    """What is fixed is said; what is left out or sent all the same is a finding."""
    answer = call("add", ID, "env=production", "app=x", "--on-violation", word)
    assert answer.code == code
    assert [(body["key"], body["value"]) for body in server.written] == written
    assert err in answer.err


def test_machines_read_findings_and_counts(call: Call, server: Server) -> None:
    """In the envelope of every command."""
    answer = call("add", ID, "app= x", "--format", "json", "--verify", "--accept-side-effects")
    document = json.loads(answer.out)
    assert (answer.code, answer.err) == (0, "")
    assert document["summary"] == {
        "errors": 0,
        "warnings": 1,
        "infos": 0,
        "properties": 1,
        "written": 1,
        "verified": 1,
    }
    assert [(found["rule"], found["request_id"]) for found in document["findings"]] == [("value-whitespace", ID)]


def test_a_dry_run_needs_no_key_and_writes_nothing(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    """It says how many there would be."""
    monkeypatch.delenv("HELICONE_API_KEY", raising=False)
    answer = call("add", ID, "app=x", "--dry-run", "--accept-side-effects")
    assert (answer.code, answer.err) == (0, "nothing to report in 1 property, 1 to write\n")


@pytest.mark.parametrize(
    ("status", "body", "says"),
    [
        (401, {"error": "unauthorized", "trace": KEY}, "does not accept the API key (401: unauthorized)"),
        (422, {"message": "Validation Failed"}, "refused the call (422: Validation Failed)"),
        (404, {}, "base URL"),
    ],
)
def test_what_the_server_refuses_is_a_sentence(
    status: int, body: dict[str, str], says: str, call: Call, server: Server
) -> None:
    """Exit code 2, no traceback, no key; and what was written before it is told."""
    server.answers = [(201, {"error": None, "data": None}), (status, body)]
    answer = call("add", ID, "--accept-side-effects", "app=x", "environment=staging")
    assert answer.code == 2
    assert says in answer.err
    assert "of 2 properties, 1 were written before: app" in answer.err
    assert answer.err.count("\n") == 1
    assert KEY not in answer.err


def test_an_unknown_request_is_a_sentence(call: Call, server: Server) -> None:
    """The documentation's own id is none that the platform could know."""
    server.answers = [(500, {"data": None, "error": "Request not found"})]
    answer = call("add", "req_123abc", "app=x")
    assert answer.code == 2
    assert "its ids are UUIDs" in answer.err


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ((ID,), "--unset"),
        ((ID, "production"), "no KEY=VALUE"),
        ((ID, "app=x", "app=y"), "given twice"),
        ((ID, "app=x", "--unset", "app"), "both written and unset"),
        (("../x", "app=x"), "no request id"),
        ((ID, "app=x", "--base-url", "http://example.com"), "unencrypted"),
        ((ID, "app=x", "--base-url", "nonsense"), "no URL"),
        ((ID, "app=x", "--timeout", "0"), "--timeout"),
        ((), "REQUEST_ID"),
    ],
)
def test_what_cannot_be_done_is_a_sentence(arguments: tuple[str, ...], says: str, call: Call, server: Server) -> None:
    """With exit code 2, and nothing is sent."""
    answer = call("add", *arguments)
    assert answer.code == 2
    assert says in answer.err
    assert server.written == []


def test_without_a_key_it_says_where_one_is_looked_for(call: Call) -> None:
    """HELICONE_API_KEY; there is no option for it, as command lines can be seen by others."""
    answer = call("add", ID, "--accept-side-effects", "app=x")
    assert answer.code == 2
    assert "HELICONE_API_KEY" in answer.err


def test_a_server_that_is_not_there_is_a_sentence(call: Call, server: Server) -> None:
    """After it was tried some times."""
    answer = call("add", ID, "--accept-side-effects", "app=x", "--base-url", "http://127.0.0.1:1")
    assert answer.code == 2
    assert answer.err.startswith("propguard: http://127.0.0.1:1 could not be reached")
