"""`propguard check`: properties by themselves, and whole records from a file or standard input."""

from __future__ import annotations

import html
import json
import os
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.shop import Call, Write

pytestmark = pytest.mark.usefixtures("project")


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("environment=production",), []),
        (("app=a=b=c",), []),
        (("app==",), []),
        (("app= x y",), ["value-whitespace"]),
        (("app=",), ["value-empty"]),
        (("=x",), ["key-empty"]),
        (("env=production",), ["key-alias"]),
        (("environment=prod",), ["value-alias"]),
        (("environment=mars", "app=", "app=x"), ["value-not-allowed", "value-empty"]),
        (("Environment=production",), ["key-case"]),
        (("--door", "header", "Environment=production"), []),
        (("--", "-x=production"), ["key-case"]),
        (("nope=x",), ["unknown-property"]),
    ],
)
def test_each_property_is_judged_by_itself(arguments: tuple[str, ...], expected: list[str], call: Call) -> None:
    """What is before the first `=` is the key, all the rest is the value."""
    answer = call("check", "--format", "json", *arguments)
    assert [found["rule"] for found in json.loads(answer.out)["findings"]] == expected


def test_a_finding_is_a_line_with_the_number_of_its_record(call: Call) -> None:
    """There is no place in a file, so the property is counted."""
    answer = call("check", "app=x", "env=production")
    assert answer.out == "record 2: error[key-alias] `env` is another name of `environment`; write `environment`\n"
    assert answer.err == "1 error in 2 properties\n"
    assert answer.code == 1


def test_records_come_from_standard_input(start: Call) -> None:
    """`-` is what is piped in; a byte order mark and CRLF line ends do no harm."""
    answer = start("check", "--jsonl", "-", given=b'\xef\xbb\xbf{"app": "x"}\r\n\r\n{"environment": "prod"}\r\n')
    assert answer.code == 1
    assert answer.out.startswith("record 2: error[value-alias]")
    assert answer.err == "1 error in 2 records, 2 properties\n"


def test_values_that_are_no_text_are_findings(call: Call, write: Write) -> None:
    """A record may hold anything that JSON can; what the platform would refuse is said."""
    values = ["1", "true", "null", "1.5", "[]", "{}", "1e999", "NaN", str(10**400), '{"a": "b"}']
    write({"r.jsonl": "\n".join(f'{{"app": {value}}}' for value in values)})
    answer = call("check", "--jsonl", "r.jsonl", "--format", "json")
    found = [finding["rule"] for finding in json.loads(answer.out)["findings"]]
    assert found == ["value-not-string"] * len(values)
    assert answer.code == 1


def test_half_a_surrogate_pair_is_judged_like_any_text(call: Call, write: Write) -> None:
    """JSON can spell what no encoding can; it is shown as an escape."""
    write({"r.jsonl": '{"environment": "\\ud800", "app": "\\ud800", "\\ud800": "x"}'})
    answer = call("check", "--jsonl", "r.jsonl")
    assert answer.code == 1
    assert "`\\u{d800}` is not an allowed value" in answer.out
    assert answer.err == "2 errors in 1 record, 3 properties\n"


def test_one_property_is_counted_as_one(call: Call) -> None:
    """The summary speaks English."""
    assert call("check", "app=x").err == "nothing to report in 1 property\n"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"{", "the line is not valid JSON"),
        (b"[]", "the line is no JSON object"),
        (b'"text"', "the line is no JSON object"),
        (b'{"a": "\xff"}', "the line is not UTF-8"),
        (b"[" * 100_000, "the line is not valid JSON"),
        (b'{"a": ' + b"1" * 5000 + b"}", "the line is not valid JSON"),
        (b'{"properties": 5}', "its properties are no map of texts"),
        (b'{"properties": ["a"]}', "its properties are no map of texts"),
        (b'{"app": "' + b"x" * (17 << 20) + b'"}', "the line is longer than 16 MB"),
    ],
)
def test_a_line_that_is_no_record(line: bytes, reason: str, call: Call, write: Write) -> None:
    """It is a finding with its file and line, the records after it are judged, and the exit code is 2."""
    write({"r.jsonl": b'{"app": "x"}\n\n' + line + b'\n{"environment": "mars"}\n'})
    answer = call("check", "--jsonl", "r.jsonl", "--format", "json")
    document = json.loads(answer.out)
    assert [(one["rule"], one["record"]) for one in document["findings"]] == [
        ("unparsed-row", 2),
        ("value-not-allowed", 3),
    ]
    (place,) = document["findings"][0]["related"]
    assert (place["path"], place["line"], place["message"].partition(";")[0]) == ("r.jsonl", 3, reason)
    assert f"r.jsonl:3: {reason}" in document["findings"][0]["message"]
    assert (document["summary"]["records"], document["summary"]["unreadable"]) == (2, 1)
    assert (answer.code, answer.err) == (
        2,
        "propguard: 1 of 3 rows could not be read, more than the share that --max-unreadable 0 allows\n",
    )


def test_how_many_lines_may_be_unreadable(call: Call, write: Write) -> None:
    """Up to that share the exit code is that of the findings, of which each such line is one unless it is ignored."""
    write({"r.jsonl": '{"app": "x"}\n{\n'})
    share = ("check", "--jsonl", "r.jsonl", "--max-unreadable")
    assert [call(*share, most).code for most in ("0.4", "0.5")] == [2, 1]
    assert call(*share, "0.5", "--ignore", "unparsed-row").code == 0


@pytest.mark.parametrize("format_name", ["text", "sarif", "github", "gitlab", "junit", "markdown"])
def test_an_unreadable_line_is_placed_in_every_format(format_name: str, call: Call, write: Write) -> None:
    """File and line stand in what is printed."""
    write({"r.jsonl": '{"app": "x"}\nno record\n'})
    printed = call("check", "--jsonl", "r.jsonl", "--format", format_name).out
    assert "r.jsonl:2" in html.unescape(printed)  # Markdown has its colons escaped


@pytest.mark.parametrize(
    "properties",
    [
        {"app": "x", "environment": "mars"},
        [{"key": "app", "value": "x"}, {"key": "environment", "value": "mars"}],
        '{"app": "x", "environment": "mars"}',
        '{""app"": ""x"", ""environment"": ""mars""}',
        json.dumps('{"app": "x", "environment": "mars"}'),
    ],
)
def test_forms_of_properties(properties: object, call: Call, write: Write) -> None:
    """They are those that exports of stored data have them in."""
    write({"r.jsonl": json.dumps({"properties": properties})})
    answer = call("check", "--jsonl", "r.jsonl", "--format", "json")
    document = json.loads(answer.out)
    assert [one["rule"] for one in document["findings"]] == ["value-not-allowed"]
    assert document["summary"]["properties"] == 2


def test_what_is_no_file_is_refused_at_once(call: Call, project: Path) -> None:
    """A pipe that nobody writes to, a device that never ends, a folder; and text in UTF-16 is none of records."""
    os.mkfifo(project / "pipe.jsonl")
    (project / "wide.jsonl").write_text('{"app": "x"}\n', encoding="utf-16")
    for name, said in (
        ("pipe.jsonl", "it is a pipe, not a file"),
        ("/dev/zero", "it is a device, not a file"),
        (".", "it is a folder, not a file"),
        ("wide.jsonl", "is written in UTF-16 or UTF-32; save it as UTF-8"),
    ):
        answer = call("check", "--jsonl", name)
        assert (answer.code, answer.err.count("\n")) == (2, 1)
        assert said in answer.err


@pytest.mark.parametrize("arguments", [(), ("app=x", "--jsonl", "r.jsonl")])
def test_properties_or_records_but_not_both(arguments: tuple[str, ...], call: Call) -> None:
    """Neither and both are refused with what to give."""
    answer = call("check", *arguments)
    assert answer.code == 2
    assert "--jsonl" in answer.err


def test_a_word_without_an_equals_sign_is_refused(call: Call) -> None:
    """The sentence shows what a property looks like."""
    answer = call("check", "production")
    assert (answer.code, answer.out) == (2, "")
    assert answer.err == "propguard: `production` is no KEY=VALUE; write for example environment=production\n"
