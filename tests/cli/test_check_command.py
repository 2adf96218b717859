"""`propguard check`: properties by themselves, and whole records from a file or standard input."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
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
    ("content", "complaint"),
    [
        (b"{", "record 1 of r.jsonl is not valid JSON"),
        (b'{"a": "x"}\n[]', "record 2 of r.jsonl is no JSON object"),
        (b'"text"', "record 1 of r.jsonl is no JSON object"),
        (b'{"a": "\xff"}', "record 1 of r.jsonl is not valid JSON"),
        (b"[" * 100_000, "record 1 of r.jsonl is not valid JSON"),
        (b'{"a": ' + b"1" * 5000 + b"}", "record 1 of r.jsonl is not valid JSON"),
    ],
)
def test_what_is_no_record_is_told_with_its_number(content: bytes, complaint: str, call: Call, write: Write) -> None:
    """One sentence that names the file and the record, and exit code 2."""
    write({"r.jsonl": content})
    answer = call("check", "--jsonl", "r.jsonl")
    assert answer.code == 2
    assert answer.err.startswith(f"propguard: {complaint}")
    assert answer.err.count("\n") == 1


def test_an_endless_line_is_refused(start: Call) -> None:
    """Memory is bounded by the longest line that a record may have."""
    answer = start("check", "--jsonl", "-", given=b'{"app": "' + b"x" * (17 << 20))
    assert answer.code == 2
    assert "record 1 of - is longer than 16 MB" in answer.err


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
