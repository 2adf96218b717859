"""Keys, values, paths and source lines of strangers move no cursor, hide nothing and turn no line around."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.shop import Call, Write

pytestmark = pytest.mark.usefixtures("project")

HOSTILE = "\x1b[2J\x1b]0;title\x07\r\x08\u202e\u2066\u200b\u2028\x9b31m\x7f\x00"
IN_A_PATH = "\x1b[31m\r\u202e\x9b\nfake.py:1:1: error"
RAW = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f]")


def assert_harmless(text: str) -> None:
    assert RAW.search(text) is None, repr(text)


def source(text: str) -> str:
    """Python with this text in a key, a value, a comment and behind them on the line."""
    return f'h = {{"Helicone-Property-{text}": "x", "Helicone-Property-Environment": "{text}"}}  # {text}\n'


@pytest.mark.parametrize("language", ["app.py", "app.ts"])
def test_source_code_is_shown_with_escapes(language: str, call: Call, write: Write) -> None:
    """In every format, on both streams."""
    write({language: source(HOSTILE.replace("\x00", "").replace("\r", ""))})
    for arguments in (("lint",), ("usages",), ("lint", "--format", "json"), ("usages", "--format", "json")):
        answer = call(*arguments)
        assert answer.code in {0, 1}
        assert answer.out.count("x1b") + answer.out.count("u001b") > 0
        assert_harmless(answer.out)
        assert_harmless(answer.err)


def test_carets_stand_below_escapes(call: Call, write: Write) -> None:
    """An escape is as wide as it is written."""
    write({"app.py": 'x = "\x1b[0m\u202e"; h = {"Helicone-Property-Env": "production"}\n'})
    lines = call("lint").out.splitlines()
    assert lines[1][lines[2].index("^") : lines[2].rindex("^") + 1] == "Env"


def test_paths_are_shown_with_escapes(call: Call, write: Write) -> None:
    """A file's name writes no line of its own into a report."""
    write({f"{IN_A_PATH}.py": source("Nope"), f"{IN_A_PATH}.ts": source("Nope")})
    for arguments in (("lint",), ("usages",), ("lint", "--format", "json"), ("lint", IN_A_PATH), ("usages", IN_A_PATH)):
        answer = call(*arguments)
        assert_harmless(answer.out)
        assert_harmless(answer.err)
        assert not any(line.startswith("fake.py") for line in (answer.out + answer.err).splitlines())


def test_json_says_what_the_text_is(call: Call, write: Write) -> None:
    """Escaped on the way, whole on arrival."""
    write({"app.py": source("A\x1b\u202eB")})
    assert [usage["written_key"] for usage in json.loads(call("usages", "--format", "json").out)["usages"]] == [
        "A\x1b\u202eB",
        "Environment",
    ]


def test_arguments_are_shown_with_escapes(call: Call, write: Write) -> None:
    """Wherever a word of the command line comes back."""
    text = HOSTILE.replace("\x00", "")
    write({"r.jsonl": json.dumps({text: text, "environment": text}), "bad.jsonl": f"{{{text}"})
    for arguments in (
        ("check", f"{text}=x", f"environment={text}"),
        ("check", text),
        ("check", "--jsonl", "r.jsonl"),
        ("check", "--jsonl", "r.jsonl", "--format", "json"),
        ("check", "--jsonl", "bad.jsonl"),
        ("check", "--jsonl", text),
        ("check", "--schema", text, "a=b"),
        ("check", "--today", text, "a=b"),
        ("check", "--format", text, "a=b"),
        ("check", f"--{text}"),
        ("lint", text),
        ("lint", "--select", text),
        ("rule", text),
        ("schema", "check", text),
        ("schema", text),
        (text,),
    ):
        answer = call(*arguments)
        assert answer.code in {1, 2}
        assert_harmless(answer.out)
        assert_harmless(answer.err)


def test_schemas_are_shown_with_escapes(call: Call, write: Write) -> None:
    """A schema file is somebody's text as well."""
    write(
        {
            "faulty.yaml": 'file_format: property-schema/1\nname: "\\e[2J\\u202E"\nversion: 1.0.0\n'
            'properties: {"\\e[31m": {enum: ["\\e\\u202E"]}, ok: {enum: ["\\e\\u202E"], description: "\\e\\u202E"}}\n',
            "ok.yaml": 'file_format: property-schema/1\nname: "\\e[2J\\u202E"\nversion: 1.0.0\n'
            'properties: {ok: {enum: ["\\e\\u202E"], description: "\\e\\u202E", owner: "\\u009B"}}\n',
        }
    )
    for arguments in (
        ("schema", "check", "faulty.yaml"),
        ("schema", "show", "faulty.yaml"),
        ("schema", "check", "ok.yaml"),
        ("schema", "show", "ok.yaml"),
        ("schema", "show", "ok.yaml", "--format", "json"),
        ("schema", "show", "ok.yaml", "--format", "json-schema"),
        ("check", "--schema", "ok.yaml", "ok=x"),
    ):
        answer = call(*arguments)
        assert answer.code in {0, 1, 2}
        assert_harmless(answer.out)
        assert_harmless(answer.err)


def test_names_in_no_encoding_are_taken(call: Call, write: Write, project: object) -> None:
    """A file whose name is no UTF-8 is judged and shown like any other."""
    import os

    with open(os.fsencode("caf") + b"\xe9.py", "wb") as file:
        file.write(b'h = {"Helicone-Property-Env": "production"}\n')
    answer = call("lint")
    assert answer.code == 1
    assert answer.out.startswith("caf\\u{dce9}.py:1:25: error[key-alias]")
    assert json.loads(call("lint", "--format", "json").out)["findings"][0]["path"] == "caf\udce9.py"
    assert call("lint", "--fix").code == 0
