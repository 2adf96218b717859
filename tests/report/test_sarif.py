"""SARIF 2.1.0, with what code scanning and editors look for; `test_sarif_standard.py` holds it to the standard's schema."""

from __future__ import annotations

import io
import json
import os
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from propguard.model.finding import Finding, Severity
from propguard.report import Report, render
from propguard.rules.book import RULES
from tests.report.findings import finding, findings, in_record, rendered, shown
from tests.report.sarif import problems

if TYPE_CHECKING:
    from pathlib import Path


def run_of(*found: Finding, root: str | None = None) -> Any:
    """The one run, after a look whether the whole is valid."""
    return _run(shown("sarif", *found, root=root))


def _run(text: str) -> Any:
    document = json.loads(text)
    assert problems(document) == []
    (run,) = document["runs"]
    return run


@given(st.lists(findings(), max_size=4))
def test_any_report_is_valid(found: list[Finding]) -> None:
    """With all that is read of one, and every result knows its rule."""
    run = _run(rendered(found, "sarif"))
    rules = run["tool"]["driver"]["rules"]
    assert [rules[result["ruleIndex"]]["id"] for result in run["results"]] == [one.violation.rule for one in found]
    assert len(rules) == len({one.violation.rule for one in found})


def test_a_finding_in_a_file() -> None:
    """Its region is counted in code points, and what would mend it goes along."""
    run = run_of(finding(fix=("environment", True)))
    region = {"startLine": 3, "startColumn": 5, "endLine": 3, "endColumn": 8}
    artifact = {"uri": "src/app.py", "uriBaseId": "%SRCROOT%"}
    (result,) = run["results"]
    assert run["columnKind"] == "unicodeCodePoints"
    assert "%SRCROOT%" in run["originalUriBaseIds"]
    assert result.pop("partialFingerprints")["propguard/v1"]
    assert result == {
        "ruleId": "key-alias",
        "ruleIndex": 0,
        "level": "error",
        "message": {"text": "it is wrong"},
        "locations": [{"physicalLocation": {"artifactLocation": artifact, "region": region}}],
        "properties": {"key": "env", "schema": "properties.yaml"},
        "fixes": [
            {
                "description": {"text": "--fix writes `environment`"},
                "artifactChanges": [
                    {
                        "artifactLocation": artifact,
                        "replacements": [{"deletedRegion": region, "insertedContent": {"text": "environment"}}],
                    }
                ],
                "properties": {"safe": True},
            }
        ],
    }


def test_a_finding_at_a_record_has_a_logical_place() -> None:
    """There is no file that it could be shown in."""
    run = run_of(in_record(request_id="r-7"))
    assert run["results"][0]["locations"] == [
        {"logicalLocations": [{"fullyQualifiedName": "record 7", "kind": "object", "name": "r-7"}]}
    ]


@pytest.mark.parametrize(("rows_file", "uri", "line"), [("rows.jsonl", "rows.jsonl", 7), (None, "properties.yaml", 1)])
def test_a_finding_at_a_record_stands_in_a_file_where_there_is_one(rows_file: str | None, uri: str, line: int) -> None:
    """Code scanning refuses results without one: in that of the records, else in that of the schema."""
    out = io.StringIO()
    report = Report([in_record(request_id="r-7")], {}, rows_file=rows_file, schema_file="properties.yaml")
    render(report, out, "sarif", root=os.getcwd())
    (location,) = json.loads(out.getvalue())["runs"][0]["results"][0]["locations"]
    assert location["physicalLocation"] == {
        "artifactLocation": {"uri": uri, "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": line},
    }
    assert location["logicalLocations"][0]["name"] == "r-7"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_rule_is_told_in_full(rule: Any) -> None:
    """What it means, why, and an example, as text and as Markdown; there is no address to give, so none is given."""
    (told,) = run_of(finding(rule=rule.id))["tool"]["driver"]["rules"]
    assert told["shortDescription"]["text"] == rule.summary
    assert told["fullDescription"]["text"] == rule.why
    assert told["defaultConfiguration"]["level"] in {"error", "warning", "note"}
    for text in told["help"].values():
        assert rule.why in text
        assert rule.example.bad.strip() in text
    assert told["help"]["markdown"].count("\n```") % 2 == 0
    assert "helpUri" not in told


@pytest.mark.parametrize(
    ("severity", "level"), [(Severity.ERROR, "error"), (Severity.WARNING, "warning"), (Severity.INFO, "note")]
)
def test_levels(severity: Severity, level: str) -> None:
    assert run_of(finding(severity=severity))["results"][0]["level"] == level


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("src/a b.py", "src/a%20b.py"),
        ("é#?%:.py", "%C3%A9%23%3F%25%3A.py"),
        ("caf\udce9.py", "caf%E9.py"),  # a name that is no UTF-8
        ("../../outside.py", "file://{up}/outside.py"),
    ],
)
def test_paths_are_addresses(path: str, uri: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Percent-encoded, from the root of the project; in full outside it."""
    (tmp_path / "project" / "web").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "project" / "web")
    (result,) = run_of(finding(path=path))["results"]
    location = result["locations"][0]["physicalLocation"]["artifactLocation"]
    expected = uri.replace("{up}", tmp_path.as_posix())
    assert location == ({"uri": expected} if "file:" in uri else {"uri": expected, "uriBaseId": "%SRCROOT%"})


@pytest.mark.parametrize(
    ("message", "text"),
    [
        ("^[a-z]+(-[a-z]+)*$", "^[a-z]+(-[a-z]+)*$"),
        ("see [here](https://x.example)", r"see \[here\](https://x.example)"),
        (r"see \[here](1)", r"see \\\[here\](1)"),
    ],
)
def test_a_message_holds_no_link(message: str, text: str) -> None:
    """What looks like one is the text of a stranger."""
    assert run_of(finding(message))["results"][0]["message"]["text"] == text


def test_nothing_to_report_is_a_run_without_results() -> None:
    assert run_of()["results"] == []
