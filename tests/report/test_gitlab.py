"""GitLab's Code Quality report: an array of what its importer asks for."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from propguard.model.finding import Finding, Severity
from tests.report.findings import finding, findings, in_record, rendered, shown


def test_a_finding_in_a_file() -> None:
    """Every field that GitLab reads."""
    (entry,) = json.loads(shown("gitlab", finding()))
    assert entry.pop("fingerprint")
    assert entry == {
        "description": "it is wrong",
        "check_name": "key-alias",
        "severity": "major",
        "location": {"path": "src/app.py", "lines": {"begin": 3}},
    }


def test_a_finding_at_a_record() -> None:
    """A path is asked of everything."""
    (entry,) = json.loads(shown("gitlab", in_record()))
    assert entry["location"] == {"path": "records", "lines": {"begin": 7}}


def test_severities_are_those_of_gitlab() -> None:
    entries = json.loads(shown("gitlab", *(finding(severity=severity) for severity in Severity)))
    assert [entry["severity"] for entry in entries] == ["major", "minor", "info"]


@given(st.lists(findings(), max_size=5))
def test_every_entry_is_complete(found: list[Finding]) -> None:
    """With a fingerprint of its own."""
    entries = json.loads(rendered(found, "gitlab"))
    assert len({entry["fingerprint"] for entry in entries}) == len(found)
    for entry in entries:
        assert set(entry) == {"description", "check_name", "fingerprint", "severity", "location"}
        assert entry["location"]["path"]
        assert entry["location"]["lines"]["begin"] >= 1


def test_nothing_to_report_is_an_empty_array() -> None:
    assert json.loads(shown("gitlab")) == []
