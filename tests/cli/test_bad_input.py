"""Anything a user can get wrong is answered by a sentence on standard error that says what to do, and exit code 2."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from tests.cli.shop import BAD, SCHEMA

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tests.cli.shop import Call, Write

FILES: Mapping[str, str | bytes] = {
    "app.py": BAD,
    "folder/x": "",
    "binary.yaml": b"\x00\xff\xfe",
    "latin.yaml": SCHEMA.encode() + b"# caf\xe9\n",
    "empty.yaml": "",
    "list.yaml": "- a\n",
    "broken.yaml": "a: [b\n",
}

# The arguments, and words of the sentence.
MISTAKES: list[tuple[tuple[str, ...], tuple[str, ...]]] = [
    (("lint", "--schema", "missing.yaml"), ("missing.yaml", "propguard init")),
    (("lint", "--schema", "folder"), ("folder",)),
    (("lint", "--schema", "app.py/x"), ("app.py/x",)),
    (("lint", "missing.py"), ("missing.py", "no such file")),
    (("lint", "app.py/x"), ("app.py/x",)),
    (("lint", "a" * 5000), ("file name too long",)),
    (("lint", "--fox"), ("--fox", "--fix", "propguard lint --help")),
    (("lint", "--format", "xml"), ("xml", "text", "json")),
    (("lint", "--fail-on", "info"), ("info", "error", "warning")),
    (("lint", "--schema"), ("--schema", "requires an argument")),
    (("lint", "--today", "31.12.2026"), ("31.12.2026", "2026-01-31")),
    (("lint", "--select", "key-alis"), ("key-alis", "did you mean `key-alias`")),
    (("lint", "--ignore", "x,y"), ("`x`", "propguard rules")),
    (("lnt",), ("`lnt`", "did you mean `lint`")),
    (("frobnicate",), ("`frobnicate`", "propguard --help")),
    (("--fox",), ("--fox",)),
    (("check", "--jsonl", "missing.jsonl"), ("missing.jsonl", "no such file")),
    (("check", "--jsonl", "folder"), ("folder", "not a file")),
    (("check", "--door", "window", "a=b"), ("window", "header")),
    (("usages", "missing.py"), ("missing.py",)),
    (("rule",), ("ID", "propguard rule --help")),
    (("rule", "key-alis"), ("did you mean `key-alias`",)),
    (("rule", "x", "y"), ("unexpected extra argument",)),
    (("schema", "chek"), ("`chek`", "did you mean `check`")),
    (("lint", "--format", "jsn"), ("did you mean `json`",)),
    (("lint", "--fail-on", "eror"), ("did you mean `error`",)),
    (("add", "--on-violation", "rase", "x", "a=b"), ("did you mean `raise`",)),
    (("schema", "export", "jsonschema"), ("did you mean `json-schema`",)),
    (("schema", "export"), ("json-schema, weaver, portkey",)),
    (("schema", "show", "missing.yaml"), ("missing.yaml",)),
    (("schema", "show", "folder"), ("folder",)),
    (("schema", "show", "--format", "text"), ("text", "yaml")),
]


@pytest.mark.parametrize(("arguments", "words"), MISTAKES)
def test_a_mistake_gets_one_sentence(
    arguments: tuple[str, ...], words: tuple[str, ...], call: Call, write: Write
) -> None:
    """One line on standard error that names the mistake; nothing on standard output."""
    write(FILES)
    answer = call(*arguments)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith("propguard: ")
    assert answer.err.count("\n") == 1
    for word in words:
        assert word.lower() in answer.err.lower()


@pytest.mark.parametrize("name", ["binary.yaml", "latin.yaml", "empty.yaml", "list.yaml", "broken.yaml"])
@pytest.mark.parametrize("command", [("lint", "--schema"), ("check", "a=b", "--schema"), ("schema", "show")])
def test_a_faulty_schema_judges_nothing(name: str, command: tuple[str, ...], call: Call, write: Write) -> None:
    """Its faults are on standard error, each with its place, and the exit code is 2."""
    write(FILES)
    answer = call(*command, name)
    assert (answer.code, answer.out) == (2, "")
    *faults, last = answer.err.splitlines()
    assert faults
    assert all(fault.startswith(f"{name}:") and "error[schema-" in fault for fault in faults)
    assert last.startswith(f"propguard: the property schema {name} has faults")


def test_all_faults_of_a_schema_are_shown_at_once(call: Call, write: Write) -> None:
    """Nobody mends a file one complaint at a time; `schema check` calls the same a finding, exit code 1."""
    faulty = SCHEMA + "  Bad Key: {enum: []}\n  other: {typ: string, min_length: 9, max_length: 3}\nfoo: 1\n"
    write({"app.py": BAD, "properties.yaml": faulty})
    linted = call("lint")
    assert linted.code == 2
    faults = linted.err.splitlines()[:-1]
    assert len(faults) >= 4
    checked = call("schema", "check", "properties.yaml")
    assert checked.code == 1
    assert sum("error[" in line for line in checked.out.splitlines()) == len(faults)


@pytest.mark.parametrize("text", ["schema = 1\n", "schema = ''\n", "schema = [\n", "\xff"])
def test_a_broken_configuration_is_not_passed_over(text: str, call: Call, write: Write) -> None:
    """A project that names its schema wrongly is told so, rather than judged by another one."""
    write({"propguard.toml": text.encode("latin-1"), "app.py": BAD})
    answer = call("lint")
    assert answer.code == 2
    assert "propguard.toml" in answer.err


def test_a_configured_schema_that_is_missing_is_named(call: Call, write: Write) -> None:
    """As is where it was looked for."""
    write({"propguard.toml": 'schema = "gone.yaml"\n', "app.py": BAD})
    answer = call("lint")
    assert answer.code == 2
    assert "gone.yaml" in answer.err


def test_no_arguments_show_what_there_is(call: Call) -> None:
    """The help, line by line, on standard error: nothing was done."""
    for arguments in ((), ("schema",)):
        answer = call(*arguments)
        assert (answer.code, answer.out) == (2, "")
        assert answer.err.startswith("Usage: propguard")
        assert answer.err.count("\n") > 5


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_a_file_that_may_not_be_read_is_a_finding(call: Call, write: Write, project: Path) -> None:
    """The others are judged all the same."""
    write({"app.py": BAD, "secret.py": BAD})
    (project / "secret.py").chmod(0)
    answer = call("lint")
    assert answer.code == 1
    assert "secret.py:1:1: warning[unparsed-file]" in answer.out


def test_a_loop_of_links_is_answered(call: Call, write: Write, project: Path) -> None:
    """Named, it is a mistake; met on the way, it is passed by."""
    write({"app.py": BAD})
    (project / "loop.py").symlink_to("loop.py")
    (project / "around").symlink_to(".")
    assert call("lint").out.count("error[") == 1
    answer = call("lint", "loop.py")
    assert answer.code == 2
    assert answer.err.count("\n") == 1


def test_what_goes_wrong_inside_is_a_sentence_too(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    """A bug shows no traceback, unless it is asked for."""
    monkeypatch.setattr("propguard.cli.rules.RULES", None)
    answer = call("rules")
    assert answer.code == 2
    assert "internal error" in answer.err
    assert answer.err.count("\n") == 1
    monkeypatch.setenv("PROPGUARD_DEBUG", "1")
    with pytest.raises(TypeError):
        call("rules")
