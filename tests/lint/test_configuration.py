"""Configuration: what is a value in it and what is filled in later, what is sent and what is only kept, and what is no text."""

from __future__ import annotations

import json

import pytest

from propguard.lint.edits import edited
from propguard.lint.read import read
from propguard.lint.source import Source
from tests.lint.documents import judged, safe_fixes, told

NAME = "Helicone-Property-App"


def values(path: str, text: str) -> list[str]:
    return [value.text for usage in read(Source(path, text.encode())).usages for value in usage.values]


@pytest.mark.parametrize(
    "value",
    [
        "$(APP)",
        "$(Build.Name)",
        "$[variables.app]",
        "${APP}",
        "${input:app}",
        "${APP:-}",
        "${APP:?is missing}",
        "$APP",
        "{{ .Values.app }}",
        "{env:APP}",
        "{session:title}",
        "{http.request.host}",
        "{$APP}",
        "#{App}",
        "#{App}#",
        "%APP%",
        "%REQ(x-app)%",
        "%[req.hdr(x-app)]",
        "%(app)s",
        "%{app}",
        "<%= app %>",
        "@@app@@",
        "@project.app@",
        "__APP__",
    ],
)
def test_what_a_tool_fills_in_is_no_value(value: str) -> None:
    """Neither alone nor as a part of one."""
    for text in (value, f"chat {value}"):
        assert values("a.json", json.dumps({"headers": {NAME: text}})) == []
    assert values("a.env", f'X_HEADERS="{NAME}: {value}"') == []


@pytest.mark.parametrize(
    "value", ["chat", "50% off", "a@b", "{chat}", "(APP)", "# app", "FOO__BAR__BAZ", "100 %", "{a b: c}", "$5", "%20chat%20"]
)  # fmt: skip
def test_what_only_looks_like_it_is_a_value(value: str) -> None:
    """Signs that text has, too."""
    assert values("a.json", json.dumps({"headers": {NAME: value}})) == [value]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("${APP:-chat}", ["chat"]),
        ("${APP-chat}", ["chat"]),
        ("${APP:=chat}", ["chat"]),
        ("${APP:+chat}", ["chat"]),
        ("${app.name:chat}", ["chat"]),
        ("${APP:chat}", ["chat"]),
        ("${A:-${B:-chat}}", ["chat"]),
        ("${A:-eu}-${B:-chat}", ["eu-chat"]),
        ("${A:-eu}-${B}", []),
    ],
)
def test_a_default_is_a_value(value: str, expected: list[str]) -> None:
    """As it is what is sent where nothing else is set."""
    assert values("a.json", json.dumps({"headers": {NAME: value}})) == expected
    assert values("compose.yaml", f"services:\n  a:\n    environment:\n      - X_HEADERS={NAME}:{value}\n") == expected


def test_a_default_is_judged_and_fixed_where_it_stands() -> None:
    """Along with what stands around it."""
    text = 'headers:\n  Helicone-Property-Environment: "${ENV:-prod}"\n'
    (finding,) = judged("a.yaml", text.encode())
    assert (finding.violation.rule, finding.place.span[:2]) == ("value-alias", (2, 42))  # type: ignore[union-attr]
    fixed, _ = edited(Source("a.yaml", text.encode()), safe_fixes([finding]))
    assert fixed.decode() == text.replace("-prod", "-production")


ENTRY = {"key": NAME, "value": "x"}
REQUEST = {"method": "POST", "header": [ENTRY]}


@pytest.mark.parametrize(
    ("document", "count"),
    [
        # Sent by the person who opens them.
        ({"info": {"schema": "https://schema.getpostman.com/v2.1.0"}, "item": [{"request": REQUEST, "response": []}]}, 1),
        ({"info": {"_postman_id": "1"}, "item": [{"request": REQUEST, "response": [{"originalRequest": REQUEST}]}]}, 1),
        ({"items": [{"request": {"headers": [{"name": NAME, "value": "x"}]}}]}, 1),
        ({"requests": [{"headers": [{"name": NAME, "value": "x"}]}]}, 1),
        ({"steps": [{"http": {"headers": {NAME: "x"}, "check": {"headers": {NAME: "y"}}}}]}, 1),
        ({"http": [{"headers": {"request": {"set": {NAME: "x"}}}}]}, 1),
        # Kept, but not sent.
        ({"requests": [{"headers": [{"name": NAME, "value": "x", "disabled": True}]}]}, 0),
        ({"requests": [{"headers": [{"name": NAME, "value": "x", "enabled": False}]}]}, 0),
        # Sent once.
        ([{"request": {"headers": {NAME: "x"}}, "response": {"status": 200}}], 0),
        ({"http_interactions": [{"request": {"headers": {NAME: "x"}}}]}, 0),
        ({"log": {"entries": [{"request": {"headers": [{"name": NAME, "value": "x"}]}, "response": {"status": 200}}]}}, 0),
        ({"httpRequest": {"headers": {NAME: "x"}}, "httpResponse": {"statusCode": 200}}, 0),
        ({"response": {"headers": {NAME: "x"}}}, 0),
    ],
)  # fmt: skip
def test_a_request_to_be_sent_is_no_recording(document: object, count: int) -> None:
    """A request that was sent has its answer beside it."""
    assert len(read(Source("a.json", json.dumps(document).encode())).usages) == count


@pytest.mark.parametrize(
    "headers",
    ["={\n \"Helicone-Property-App\": \"chat\"\n}", '= {"Helicone-Property-App": "chat", "X": "{{ $json.x }}"}'],
)  # fmt: skip
def test_an_expression_of_n8n_is_read(headers: str) -> None:
    """It begins with `=`."""
    node = {"type": "n8n-nodes-base.httpRequest", "parameters": {"jsonHeaders": headers}}
    assert values("flow.json", json.dumps({"nodes": [node]})) == ["chat"]
    entry = {"name": "n8n-nodes-base.x", "headerParameters": {"parameters": [{"name": NAME, "value": "=chat"}]}}
    assert values("flow.json", json.dumps(entry)) == ["chat"]
    assert values("other.json", json.dumps({"headers": {NAME: "=chat"}})) == ["=chat"]


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        *[(word, "a boolean") for word in ("on", "Off", "yes", "NO", "true")],
        *[(number, "a number") for number in ("12", "12:30", "017", "0o17", "1_000", "1.5", "190:20:30", "0b11")],
        *[(date, "a date") for date in ("2026-05-01", "2026-05-01T10:00:00Z", "2026-5-1 10:00:00")],
        ("~", "null"),
    ],
)
def test_yaml_1_1_takes_these_for_something_else_than_text(value: str, kind: str) -> None:
    """What stands there is put in quotes."""
    text = f"extra_headers:\n  {NAME}: {value}\n"
    (finding,) = judged("config.yaml", text.encode())
    assert (finding.violation.rule, finding.violation.context["type"]) == ("value-not-string", kind)
    if value != "~":
        fixed, _ = edited(Source("config.yaml", text.encode()), safe_fixes([finding]))
        assert fixed.decode() == f'extra_headers:\n  {NAME}: "{value}"\n'


@pytest.mark.parametrize(
    ("path", "value"),
    [
        *[("config.yaml", value) for value in ("chat", "y", "n", "1.2.3", "2026-05", "12:75", "onward", "${APP}", "0x", "1:2:3:x")],
        *[("config.yaml", value) for value in ("'on'", '"2026-05-01"', "!!str yes")],
        *[(".github/workflows/a.yml", value) for value in ("on", "12:30", "2026-05-01")],
        ("docker-compose.prod.yml", "yes"),
        ("promptfooconfig.yaml", "off"),
    ],
)  # fmt: skip
def test_what_the_reader_of_the_file_takes_for_text_is_text(path: str, value: str) -> None:
    """By YAML 1.2 where that is what it reads, and in quotes everywhere."""
    assert judged(path, f"headers:\n  {NAME}: {value}\n".encode()) == []


def test_a_file_may_say_that_it_is_in_yaml_1_2() -> None:
    """By a directive."""
    assert judged("a.yaml", f"%YAML 1.2\n---\nheaders:\n  {NAME}: on\n".encode()) == []


HIT = "Helicone-Property-App"
BROKEN = {
    "a.json": '{"name": "x", "provider": {"headers": {"X": "y", "Helicone-Property-App": "x"}, "z": true}}',
    "a.yaml": "name: x\nprovider:\n  headers:\n    X: y\n    Helicone-Property-App: x\n  z: true\n",
    "a.toml": '[provider]\nname = "x"\n[provider.headers]\nX = "y"\nHelicone-Property-App = "x"\n',
    "a.json5": "{name: 'x', headers: {X: 'y', 'Helicone-Property-App': 'x'}, z: [1, 2]}",
}


@pytest.mark.parametrize("path", BROKEN)
def test_no_character_that_is_missing_hides_a_header(path: str) -> None:
    """What is broken is judged, or reported as not judged."""
    text = BROKEN[path]
    start = text.index(HIT)
    places = [at for at in range(len(text)) if not start <= at < start + len(HIT)]
    silent = [at for at in places if not told(path, text[:at] + text[at + 1 :])]
    label = text.index("headers")
    assert [at for at in silent if not label <= at < label + len("headers")] == []


def test_yaml_of_very_many_lines_is_reported() -> None:
    """Its grammar loses count."""
    text = "".join(f"i{number}:\n  b: |\n    x\n\n\n\n\n\n" for number in range(4_200))
    reading = read(Source("a.yaml", f"{text}z:\n  headers:\n    {NAME}: x\n".encode()))
    assert (reading.usages, reading.problem) == (
        (),
        "it has more than 32,767 lines, beyond which the syntax of YAML is not read",
    )


def test_a_notebook_whose_json_is_broken_is_reported() -> None:
    """As a merge leaves it."""
    text = '{"cells": [{"cell_type": "code", "metadata": {}\n "source": ["h = {\\"Helicone-Property-App\\": 1}"]}]}'
    assert read(Source("a.ipynb", text.encode())).problem == (
        "its JSON is broken, so that it is not known which text is code"
    )
