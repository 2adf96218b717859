"""The XML of JUnit: well-formed whatever is found, with numbers that agree."""

from __future__ import annotations

from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from propguard.model.finding import Finding, Severity
from propguard.model.text import visible
from tests.report.findings import finding, findings, in_record, rendered, shown


def parsed(text: str) -> ElementTree.Element:
    return ElementTree.fromstring(text.encode("ascii"))


def test_a_suite_per_file_and_a_failed_test_per_finding() -> None:
    """Named so that one sees where to look."""
    root = parsed(
        shown(
            "junit", finding(fix=("environment", False)), finding(path="b.py", severity=Severity.WARNING), in_record()
        )
    )
    assert root.attrib == {"name": "propguard", "tests": "3", "failures": "3", "errors": "0"}
    assert [suite.get("name") for suite in root] == ["src/app.py", "b.py", "records"]
    case = root[0][0]
    assert (case.get("classname"), case.get("name")) == ("src/app.py", "key-alias at 3:5")
    failure = case[0]
    assert (failure.tag, failure.attrib) == ("failure", {"type": "error", "message": "it is wrong"})
    assert failure.text == (
        "src/app.py:3:5: error[key-alias] it is wrong\n  help: --fix --unsafe-fixes writes `environment`"
    )
    assert root[2][0].get("name") == "value-alias at record 7"


def test_a_note_is_a_test_that_passed() -> None:
    """With what there is to say."""
    root = parsed(shown("junit", finding(severity=Severity.INFO)))
    assert root.get("failures") == "0"
    assert root[0][0][0].tag == "system-out"


def test_nothing_to_report_is_a_test_that_passed() -> None:
    """A report without any is taken for one that was never made."""
    root = parsed(shown("junit"))
    assert (root.get("tests"), root.get("failures"), len(root[0])) == ("1", "0", 1)


@given(st.lists(findings(), max_size=5))
def test_it_is_well_formed_and_its_numbers_agree(found: list[Finding]) -> None:
    """Control characters, markup, half surrogates: the message arrives, and the counts are those of what stands there."""
    root = parsed(rendered(found, "junit"))
    assert len(root.findall("*/testcase/failure")) == int(root.get("failures", ""))
    assert len(root.findall("*/testcase")) == int(root.get("tests", "")) == (len(found) or 1)
    for suite in root:
        assert int(suite.get("tests", "")) == len(suite)
        assert int(suite.get("failures", "")) == len(suite.findall("testcase/failure"))
    messages = {failure.get("message") for failure in root.findall("*/testcase/failure")}
    assert messages == {visible(one.violation.message) for one in found if one.violation.severity is not Severity.INFO}
