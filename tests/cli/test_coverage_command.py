"""`propguard coverage`: schema, code and data brought together, and how it ends."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from propguard.model.profile import KeyProfile, Seen
from tests.cli.shop import GOOD
from tests.report.audits import audited, rendered

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.shop import Call, Write

SCHEMA = """\
file_format: property-schema/1
name: shop
version: 1.0.0
properties:
  environment: {enum: [production, staging], aliases: [env], owner: platform}
  app: {max_length: 20, owner: growth}
"""
ROWS = "".join(
    json.dumps({"request_id": str(number), "request_created_at": f"2026-01-0{number}T00:00:00Z", "properties": one})
    + "\n"
    for number, one in enumerate(({"app": "x"}, {"app": "y", "debug": "z"}), start=1)
)
HOSTILE = "\x1b[2J\u202e|`<b>"


def states(call: Call, *arguments: str) -> dict[str, str]:
    """What becomes of each key."""
    answer = call("coverage", *arguments, "--format", "json")
    return {key["key"]: key["state"] for key in json.loads(answer.out)["keys"]}


@pytest.fixture
def _shop(write: Write) -> None:
    write({"properties.yaml": SCHEMA, "app.py": GOOD})


def audit_of(**requests: int) -> str:
    """The JSON of an audit in which so many requests have each key."""
    keys = tuple(KeyProfile(key, True, number, 0, 0, 1.0, Seen(None, None), ()) for key, number in requests.items())
    return rendered(audited(keys=keys), "json")


@pytest.mark.usefixtures("_shop")
def test_code_is_the_working_directory_unless_it_is_named(call: Call, write: Write) -> None:
    write({"other/a.py": GOOD.replace("Environment", "App")})
    assert states(call) == {"environment": "used", "app": "used"}
    assert states(call, "--code", "app.py") == {"app": "dead", "environment": "used"}
    assert states(call, "--code", "app.py", "--code", "other") == {"environment": "used", "app": "used"}


@pytest.mark.usefixtures("_shop")
def test_data_is_asked_where_it_lies(call: Call, write: Write) -> None:
    """In files here, and with the options of an audit."""
    pytest.importorskip("chdb", reason="needs chdb")
    write({"rows.jsonl": ROWS})
    assert states(call, "--data", "rows.jsonl") == {"debug": "undeclared", "app": "unwritten", "environment": "unseen"}
    assert states(call, "--data", "rows.jsonl", "--until", "2026-01-02") == {
        "app": "unwritten",
        "environment": "unseen",
    }


@pytest.mark.usefixtures("_shop")
def test_an_audit_stands_for_the_data(call: Call, write: Write) -> None:
    """A declared key that no request has is in its JSON too."""
    write({"audit.json": audit_of(app=3, environment=0)})
    assert states(call, "--usage", "audit.json") == {"app": "unwritten", "environment": "unseen"}


# What is asked, the exit code, and what is said of the share.
ENDS = [
    ((), 0, ""),
    (("--by", "owner"), 0, ""),
    (("--fail-under", "50"), 0, ""),
    (("--fail-under", "50.1"), 1, "propguard: the share is less than 50.1 %: 1 of 2 declared properties are in use\n"),
    (
        ("--fail-under", "50", "--by", "owner", "--by", "owner"),
        1,
        "propguard: the share of the owner growth is less than 50 %: 0 of 1 declared properties are in use\n",
    ),
    (("--fail-under", "50", "--by", "namespace"), 0, ""),
]


@pytest.mark.usefixtures("_shop")
@pytest.mark.parametrize(("arguments", "code", "said"), ENDS)
def test_too_small_a_share_fails(call: Call, arguments: tuple[str, ...], code: int, said: str) -> None:
    """Of the whole, and of each of what it is broken down by."""
    answer = call("coverage", *arguments)
    assert (answer.code, answer.err) == (code, said)


def test_what_is_only_inherited_can_be_left_out(call: Call, write: Write) -> None:
    """Of the share, whatever schema it comes from; in the matrix where it is in use."""
    extends = "extends: [base.yaml]\nproperties: {app: {required: true}, own: {}}\n"
    write({"base.yaml": SCHEMA, "properties.yaml": SCHEMA.partition("properties:")[0] + extends, "app.py": GOOD})
    assert states(call) == {"app": "dead", "own": "dead", "environment": "used"}
    write({"base.yaml": SCHEMA + "  unused: {}\n"})
    assert states(call, "--own") == {"app": "dead", "own": "dead", "environment": "used"}
    answer = call("coverage", "--own", "--fail-under", "1")
    assert "used, inherited  environment" in answer.out
    assert "0 of 2 declared properties are in use" in answer.err


@pytest.mark.usefixtures("_shop")
def test_code_under_another_schema_is_not_judged_by_this_one(call: Call, write: Write) -> None:
    """As for the linter; that it is left out is said, and naming the schema takes it in."""
    write({"inner/properties.yaml": SCHEMA, "inner/a.py": GOOD.replace("Environment", "App")})
    answer = call("coverage")
    assert re.search("^dead +app ", answer.out, re.MULTILINE)
    assert answer.err == "notice: 1 usage is judged by other schemas, and left out; --schema makes them count\n"
    assert states(call, "--schema", "properties.yaml") == {"environment": "used", "app": "used"}


def test_where_there_is_no_usage_it_is_said(call: Call, project: Path) -> None:
    answer = call("coverage")
    assert answer.err == "notice: there is no property usage in .; name your source code with --code\n"


@pytest.mark.usefixtures("_shop")
def test_files_that_cannot_be_read_are_told(call: Call, write: Write) -> None:
    """On standard error, and in JSON as findings."""
    write({"broken.ipynb": GOOD})
    assert "broken.ipynb" in call("coverage").err
    document = json.loads(call("coverage", "--format", "json").out)
    assert [finding["rule"] for finding in document["findings"]] == ["unparsed-file"]
    assert document["summary"]["warnings"] == 1


MISTAKES = [
    (("--since", "3d"), "--since is about stored data; name it with --data SOURCE"),
    (("--insecure",), "--insecure is about stored data"),
    (("--data", "missing.jsonl"), "missing.jsonl"),
    (("--data", "ftp://x"), "is no source"),
    (("--usage", "missing.json"), "cannot read missing.json"),
    (("--usage", "app.py"), "app.py is no earlier audit"),
    (("--fail-under", "101"), "--fail-under"),
    (("--by", "team"), "--by"),
    (("--schema", "missing.yaml"), "missing.yaml"),
    (("--code", "missing"), "missing"),
]


@pytest.mark.usefixtures("_shop")
@pytest.mark.parametrize(("arguments", "words"), MISTAKES)
def test_mistakes_are_told_in_a_sentence(call: Call, arguments: tuple[str, ...], words: str) -> None:
    answer = call("coverage", *arguments)
    assert (answer.code, answer.out) == (2, "")
    assert words in answer.err
    assert "Traceback" not in answer.err


@pytest.mark.usefixtures("_shop")
@pytest.mark.parametrize("format_name", ["text", "markdown", "json"])
def test_keys_of_strangers_do_nothing(call: Call, write: Write, format_name: str) -> None:
    """Those of code, and those of the data."""
    code = f'h = {{"Helicone-Property-{HOSTILE}": "x"}}\n'
    write({"bad.py": code, "audit.json": audit_of(**{HOSTILE + "2": 1, "": 4})})
    out = call("coverage", "--usage", "audit.json", "--format", format_name).out
    assert re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", out) is None
    assert format_name != "markdown" or "<b>" not in out
