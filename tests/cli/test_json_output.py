"""JSON, version 1, exactly as the contract has it: every field, places from 1, ends exclusive, columns in code points."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from propguard.rules.book import RULES
from propguard.version import VERSION
from tests.cli.shop import BAD, GOOD

if TYPE_CHECKING:
    from tests.cli.shop import Call, Write

pytestmark = pytest.mark.usefixtures("project")

TOOL = {"name": "propguard", "version": VERSION}


def answer_of(call: Call, *arguments: str) -> Any:
    answer = call(*arguments, "--format", "json")
    assert answer.code in {0, 1}
    assert answer.err == ""
    return json.loads(answer.out)


def test_a_finding_in_a_file(call: Call, write: Write) -> None:
    """The envelope, the finding, its place and its fix."""
    write({"app.py": '"😀"; headers = {"Helicone-Property-Env": "production"}\n'})
    span = {"line": 1, "column": 36, "end_line": 1, "end_column": 39}
    assert answer_of(call, "lint") == {
        "version": 1,
        "tool": TOOL,
        "summary": {"errors": 1, "warnings": 0, "infos": 0, "files": 2, "usages": 1},
        "findings": [
            {
                "rule": "key-alias",
                "severity": "error",
                "message": "`env` is another name of `environment`; write `environment`",
                "key": "env",
                "value": None,
                "schema": "properties.yaml",
                "suggestion": "environment",
                "fix": {"safe": True, "edits": [{"path": "app.py", **span, "text": "Environment"}]},
                "context": {"property": "environment"},
                "related": [],
                "path": "app.py",
                **span,
            }
        ],
    }


def test_a_finding_in_a_notebook(call: Call, write: Write) -> None:
    """Places count within a cell, those of edits too; the file that they are put into stays what it was."""
    notebook = json.dumps({"cells": [{"cell_type": "raw"}, {"cell_type": "code", "source": ["x\n", BAD]}]})
    write({"a.ipynb": notebook})
    place = {"path": "a.ipynb", "cell": 2, "line": 2, "column": 31}
    (finding,) = answer_of(call, "lint")["findings"]
    assert {name: finding[name] for name in place} == place
    assert finding["fix"]["edits"] == [place | {"end_line": 2, "end_column": 34, "text": "Environment"}]
    (usage,) = answer_of(call, "usages")["usages"]
    assert {name: usage[name] for name in place} == place
    assert call("lint").out.startswith("a.ipynb:cell 2:2:31: error[key-alias]")
    assert call("usages").out.startswith("a.ipynb:cell 2:2:31: env = production")
    assert call("lint", "--fix").code == 0
    with open("a.ipynb", encoding="utf-8") as file:
        assert file.read() == notebook.replace("Property-Env", "Property-Environment")


def test_a_finding_over_several_lines(call: Call, write: Write) -> None:
    """The end is where the call ends, behind its last character."""
    write({"app.py": 'httpx.put(\n    f"/v1/request/{i}/property",\n    json=body,\n)\n'})
    (finding,) = answer_of(call, "lint")["findings"]
    assert (finding["rule"], finding["severity"], finding["fix"]) == ("dynamic-key", "info", None)
    assert [finding[name] for name in ("line", "column", "end_line", "end_column")] == [1, 1, 4, 2]


def test_a_clean_run_has_the_same_envelope(call: Call, write: Write) -> None:
    """No finding, and the summary counts what was looked at."""
    write({"app.py": GOOD, "b.py": ""})
    document = answer_of(call, "lint")
    assert document["summary"] == {"errors": 0, "warnings": 0, "infos": 0, "files": 3, "usages": 1}
    assert document["findings"] == []


def test_a_finding_of_check(call: Call) -> None:
    """The number of the record from 1, no place in a file."""
    document = answer_of(call, "check", "app=x", "environment=prod")
    assert document == {
        "version": 1,
        "tool": TOOL,
        "summary": {"errors": 1, "warnings": 0, "infos": 0, "properties": 2},
        "findings": [
            {
                "rule": "value-alias",
                "severity": "error",
                "message": document["findings"][0]["message"],
                "key": "environment",
                "value": "prod",
                "schema": "properties.yaml",
                "suggestion": "production",
                "fix": None,
                "context": document["findings"][0]["context"],
                "related": [],
                "record": 2,
                "request_id": None,
            }
        ],
    }


def test_a_record_is_named_by_its_request(call: Call, write: Write) -> None:
    """Blank lines are no records; the request's id goes along where it is known."""
    lines = ['{"app": "x"}', "", '{"request_id": "r-7", "properties": {"environment": "prod"}, "more": 1}']
    write({"records.jsonl": "\n".join(lines)})
    document = answer_of(call, "check", "--jsonl", "records.jsonl")
    assert document["summary"] == {"errors": 1, "warnings": 0, "infos": 0, "records": 2, "properties": 2}
    assert [(found["record"], found["request_id"]) for found in document["findings"]] == [(2, "r-7")]


def test_a_usage(call: Call, write: Write) -> None:
    """Every field, in the order of the contract; a partial key has a star, a dynamic one is null."""
    write(
        {
            "app.py": 'h = {"Helicone-Property-User_Tier": tier or "free", f"Helicone-Property-feature_{x}": "on"}\n'
            'h[f"Helicone-Property-{key}"] = v\nNAME = "a"\nh["Helicone-Property-App"] = NAME\n',
            "put.sh": 'curl -X PUT "$API/v1/request/$ID/property" -d \'{"key": "env", "value": "x"}\'\n',
        }
    )
    document = answer_of(call, "usages")
    assert list(document) == ["version", "usages"]
    assert document["version"] == 1
    common = {"path": "app.py", "language": "python", "door": "header", "wrapper": None}
    first, partial, dynamic, constant, put = document["usages"]
    assert list(first) == [
        *("path", "line", "column", "language", "door", "wrapper", "shape"),
        *("written_key", "stored_key", "key_kind", "values", "value_kind"),
    ]
    assert first == {
        **common,
        "line": 1,
        "column": 25,
        "shape": "map",
        "written_key": "User_Tier",
        "stored_key": "user_tier",
        "key_kind": "literal",
        "values": ["free"],
        "value_kind": "partial",
    }
    assert (partial["stored_key"], partial["key_kind"], partial["values"]) == ("feature_*", "partial", ["on"])
    assert (dynamic["written_key"], dynamic["stored_key"], dynamic["key_kind"]) == (None, None, "dynamic")
    assert (dynamic["values"], dynamic["value_kind"]) == ([], "dynamic")
    assert (constant["values"], constant["value_kind"]) == (["a"], "constant")
    assert (put["path"], put["language"], put["door"], put["shape"]) == ("put.sh", "shell", "api", "put")
    assert (put["line"], put["column"], put["written_key"]) == (1, 57, "env")


def test_the_findings_of_schema_check(call: Call, write: Write) -> None:
    """Faults of a schema have their places in its file."""
    write({"faulty.yaml": "file_format: property-schema/1\nname: x\nversion: 1.0.0\nproperties: {a: {emun: [x]}}\n"})
    document = answer_of(call, "schema", "check", "faulty.yaml")
    assert document["summary"] == {"errors": 1, "warnings": 0, "infos": 0, "files": 1}
    (finding,) = document["findings"]
    assert (finding["rule"], finding["path"], finding["line"], finding["column"]) == (
        *("schema-unknown-field", "faulty.yaml"),
        *(4, 18),
    )


def test_the_rules(call: Call) -> None:
    """The rule book, every rule with its doors, severity, fix and example."""
    document = answer_of(call, "rules")
    assert (document["version"], document["tool"]) == (1, TOOL)
    assert [rule["id"] for rule in document["rules"]] == [rule.id for rule in RULES]
    assert set(document["rules"][0]) == {"id", "doors", "severity", "fix", "summary", "why", "example"}
    assert [rule["id"] for rule in answer_of(call, "rule", "key-case")["rules"]] == ["key-case"]


def test_the_resolved_schema(call: Call) -> None:
    """The field names of the schema file, with everything that it extends folded in."""
    answer = call("schema", "show", "--format", "json")
    document = json.loads(answer.out)
    assert document["name"] == "shop"
    assert document["properties"]["environment"]["enum"] == ["production", "staging"]
    record_schema = json.loads(call("schema", "show", "--format", "json-schema").out)
    assert record_schema["type"] == "object"


def test_what_was_selected_is_what_is_counted(call: Call, write: Write) -> None:
    """The summary agrees with the findings below it."""
    write({"app.py": BAD})
    document = answer_of(call, "lint", "--ignore", "key-alias")
    assert (document["summary"]["errors"], document["findings"]) == (0, [])
