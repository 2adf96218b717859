"""What holds of every format: any finding can be said in it, and nothing that is said can do harm."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from propguard.model.finding import Related, Span
from propguard.report import FORMATS
from propguard.report.fingerprint import Fingerprints
from propguard.report.paths import from_root
from tests.report.findings import finding, findings, in_record, rendered, shown

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from propguard.model.finding import Finding

RAW = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff]")


@pytest.mark.parametrize("format_name", FORMATS)
@given(found=st.lists(findings(), max_size=4))
def test_any_finding_can_be_said_and_does_no_harm(format_name: str, found: list[Finding]) -> None:
    """Whatever the texts hold, nothing moves a cursor or turns a line around, and all of it can be written as UTF-8."""
    text = rendered(found, format_name, files=1)
    text.encode()
    assert RAW.search(text) is None


@pytest.mark.parametrize("format_name", FORMATS)
def test_findings_are_gone_through_once(format_name: str) -> None:
    """They may come from a stream that is read meanwhile."""
    gone_through = []

    def stream() -> Iterator[Finding]:
        for number in range(3):
            gone_through.append(number)
            yield finding(f"number {number}")

    text = rendered(stream(), format_name)
    assert gone_through == [0, 1, 2]
    assert all(f"number {number}" in text for number in range(3))


@pytest.mark.parametrize("format_name", FORMATS)
def test_the_same_findings_are_said_in_the_same_words(format_name: str) -> None:
    """A report is compared, cached and committed."""
    found = (finding(), finding(fix=("environment", True)), in_record(request_id="r-1"))
    assert shown(format_name, *found) == shown(format_name, *found)


def test_concise_is_a_line_a_finding() -> None:
    """With the place first, as editors and `grep` expect it."""
    assert shown("concise", finding(fix=("environment", True)), in_record(request_id="r-1")).splitlines() == [
        "src/app.py:3:5: error[key-alias] it is wrong",
        "record 7: error[value-alias] it is wrong",
    ]


class TestFingerprints:
    """One finding is told from another, and is the same after the code around it has changed."""

    @staticmethod
    def of(*found: Finding) -> list[str]:
        fingerprints = Fingerprints()
        return [fingerprints.of(one) for one in found]

    def test_a_finding_that_moves_is_the_same(self) -> None:
        """Other lines, another column, other words of the message, another spacing of the line."""
        before = finding(span=(3, 5, 3, 8), source='h = {"Env": x}')
        after = finding("said otherwise", span=(40, 9, 40, 12), source='    h = { "Env": x }')
        assert self.of(before) == self.of(after)

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            (finding(), finding(path="src/other.py")),
            (finding(), finding(rule="key-case")),
            (finding(key="a"), finding(key="b")),
            (finding(value="a"), finding(value="b")),
            # What has no key is told by the line that it stands on.
            (finding(key=None, source="h[k] = v"), finding(key=None, source="h[key] = v")),
            (in_record(request_id="a"), in_record(request_id="b")),
        ],
    )
    def test_others_are_others(self, one: Finding, other: Finding) -> None:
        """Wherever they stand."""
        assert self.of(one) != self.of(other)

    @given(st.lists(findings(), max_size=6))
    def test_no_two_of_a_report_are_alike(self, found: list[Finding]) -> None:
        """Not even those of which nothing differs but the place."""
        fingerprints = self.of(*found, *found)
        assert len(set(fingerprints)) == len(fingerprints)


def test_paths_are_those_of_the_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Seen from its root, wherever in it the command was run; in full where they lead out of it."""
    (tmp_path / "project" / "web").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "project" / "web")
    root = str(tmp_path / "project")
    assert from_root("a.py", root) == "web/a.py"
    assert from_root("../b.py", root) == "b.py"
    assert from_root(f"{root}/c/d.py", root) == "c/d.py"
    assert from_root("../..b.py", root) == "..b.py"
    assert from_root("../../e.py", root) == f"{tmp_path.as_posix()}/e.py"


RELATED = finding(related=(Related("src/names.py", Span(4, 8, 4, 11), "the key `env` is written here"),))


@pytest.mark.parametrize("format_name", FORMATS)
def test_a_related_place_is_shown_in_every_format(format_name: str) -> None:
    """Whoever reads only the report learns where the text stands that has to change."""
    text = shown(format_name, RELATED)
    assert "src/names.py" in text.replace("&#46;", ".").replace("&#95;", "_").replace("\\/", "/")
    assert "is written here" in text


def test_related_places_are_a_list_for_programs() -> None:
    """JSON has one entry each with its message, an empty list where there is none; SARIF its own field."""
    place = {"path": "src/names.py", "line": 4, "column": 8, "end_line": 4, "end_column": 11}
    (with_one,) = json.loads(shown("json", RELATED))["findings"]
    (without,) = json.loads(shown("json", finding()))["findings"]
    assert (with_one["related"], without["related"]) == ([{**place, "message": "the key `env` is written here"}], [])
    (result,) = json.loads(shown("sarif", RELATED))["runs"][0]["results"]
    (location,) = result["relatedLocations"]
    assert location["physicalLocation"]["artifactLocation"] == {"uri": "src/names.py", "uriBaseId": "%SRCROOT%"}
    assert location["message"] == {"text": "the key `env` is written here"}
