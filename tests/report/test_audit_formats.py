"""An audit in every format but HTML: complete, bounded, and with nothing in it that a stranger could make run."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from propguard.audit.result import Day
from propguard.model.profile import ValueCount
from propguard.model.text import visible
from propguard.report.audit import AUDIT_FORMATS
from propguard.report.audit.figures import percentage, timeline
from tests.report.audits import audited, audits, data_finding, lifelike, profile, rendered, seen
from tests.report.sarif import problems

if TYPE_CHECKING:
    from propguard.audit import AuditResult

UNSEEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")

WIDE = """\
requests.parquet (embedded): 12,345 requests, 2 properties
score 90.0 %: 852 requests with an error; 1 error
▃ █
2026-01-05 to 2026-01-07, at most 9 requests in a day

        requests   share   finding                                first seen   last seen
─────────────────────────────────────────────────────────────────────────────────────────
error        310   2.5 %   value-not-allowed tier                 2026-01-06   2026-01-06
                           `prmium` is not allowed for `tier`
                           use premium
                           prmium → premium (300), "gold " (10)

score   key              requests   share   with an error   distinct   last seen
─────────────────────────────────────────────────────────────────────────────────
  0 %   env undeclared        100   0.8 %             100          3   2026-04-03
100 %   app                   100   0.8 %               0          3   2026-04-03
"""

NARROW = """\
requests.parquet (embedded): 12,345
requests, 2 properties
score 90.0 %: 852 requests with an error;
1 error
▃ █
2026-01-05 to 2026-01-07, at most 9
requests in a day

"""


def small() -> AuditResult:
    values = (ValueCount("prmium", 300, "premium"), ValueCount("gold ", 10))
    found = data_finding(
        "value-not-allowed",
        "tier",
        "`prmium` is not allowed for `tier`",
        count=310,
        suggestion="premium",
        values=values,
        when=seen(1, 1),
    )
    days = (Day(20458, 3), Day(20460, 9))
    return audited(found, keys=(profile("app", 100), profile("env", 100, 100, declared=False)), days=days)


def test_a_terminal_gets_tables() -> None:
    """The headline, the days, findings with what to write, then the keys, lowest score first."""
    assert rendered(small(), "text", width=117) == WIDE


def test_a_narrow_terminal_gets_narrow_tables() -> None:
    """Nothing is wider than asked for, and the key is still there."""
    text = rendered(small(), "text", width=42)
    assert text.startswith(NARROW)
    assert max(map(len, text.splitlines())) <= 42
    assert "\n  0 %   env undeclared" in text


def test_colour_is_only_where_it_is_asked_for() -> None:
    """And no line says anything else with it."""
    coloured = rendered(lifelike(), "text", colour=True)
    assert "\x1b[1;31m" in coloured
    plain = re.sub("\x1b\\[[0-9;]*m", "", coloured)
    assert [line.rstrip() for line in plain.splitlines()] == rendered(lifelike(), "text").splitlines()


@given(audits(), st.integers(20, 200))
def test_no_text_moves_the_cursor(result: AuditResult, width: int) -> None:
    """No control character, no mark of direction and no escape is left, at any width."""
    assert not UNSEEN.search(rendered(result, "text", width=width))


@given(audits())
def test_a_table_in_markdown_keeps_its_shape(result: AuditResult) -> None:
    """A row is a line with as many cells as its head has, and no markup but ours."""
    text = rendered(result, "markdown")
    assert len([line for line in text.splitlines() if line.startswith("| ")]) == len(result.findings) + len(
        result.keys
    ) + bool(result.findings) + bool(result.keys)
    bars = 0
    for line in text.splitlines():
        if line.startswith(("| |", "| key")):
            bars = line.count("|")
        elif line.startswith("|"):
            assert line.count("|") == bars, line
    assert set(re.findall("<[^>]*>?", text)) <= {"<code>", "</code>", "<br>", "<!-- -->"}
    assert not UNSEEN.search(text)


def test_markdown_fits_into_a_comment() -> None:
    """The worst are shown, and how many more there are."""
    many = tuple(data_finding(key=f"key_{number}" * 5, message="`x` " * 100) for number in range(500))
    text = rendered(audited(*many, keys=tuple(profile(f"k{n}", 10) for n in range(2000))), "markdown")
    assert len(text) < 65_536
    assert len(re.findall("… and [0-9,]+ more", text)) == 2


@given(audits())
def test_sarif_is_valid(result: AuditResult) -> None:
    """With all that is read of one; how many requests there are is the number of occurrences."""
    document = json.loads(rendered(result, "sarif"))
    assert problems(document) == []
    found = [(one["ruleId"], one.get("occurrenceCount", 0)) for one in document["runs"][0]["results"]]
    assert found == [(one.violation.rule, one.count) for one in result.findings]


@given(audits())
def test_junit_is_well_formed(result: AuditResult) -> None:
    """A suite for the source, a test for each finding."""
    root = ElementTree.fromstring(rendered(replace(result, nothing_judged=None), "junit").encode("ascii"))
    assert len(root.findall("*/testcase")) == (len(result.findings) or 1)
    assert {suite.get("name") for suite in root} == ({visible(result.source)} if result.findings else {"propguard"})


def test_names_in_junit_stay_while_counts_change() -> None:
    """So that a test that fails again is known again."""
    names = [
        re.findall(r'name="(key-[^"]*)"', rendered(audited(data_finding(count=count)), "junit")) for count in (1, 99)
    ]
    assert names == [["key-alias at env"]] * 2


def test_fingerprints_stay_while_values_change() -> None:
    """The value that most requests have today is no part of what a finding is."""
    of_values = [
        json.loads(rendered(audited(data_finding(values=(ValueCount(value, 1),))), "gitlab"))[0]["fingerprint"]
        for value in ("a", "b")
    ]
    assert len(set(of_values)) == 1


@given(audits())
def test_json_says_what_was_found(result: AuditResult) -> None:
    """The envelope of the contract with its extras, in ASCII, whatever the texts are."""
    text = rendered(result, "json")
    assert text.isascii()
    document = json.loads(text)
    assert set(document) == {
        *("version", "tool", "summary", "source", "engine", "window", "requests", "properties", "score"),
        *("findings", "keys", "notices", "days"),
    }
    assert [(day["requests"], day["requests_with_error"]) for day in document["days"]] == [
        day[1:] for day in result.days
    ]
    assert set(document["window"]) == {"since", "until"}
    for one, found in zip(document["findings"], result.findings, strict=True):
        assert set(one) == {
            *("rule", "severity", "message", "key", "value", "schema", "suggestion", "fix", "context", "related"),
            *("count", "values", "request_ids", "first_seen", "last_seen"),
        }
        assert (one["key"], one["count"], one["context"]) == (
            found.violation.key,
            found.count,
            dict(found.violation.context),
        )
        assert all(set(value) == {"value", "count", "suggestion"} for value in one["values"])
    for key in document["keys"]:
        assert set(key) == {
            *("key", "declared", "requests", "distinct", "violations", "score", "first_seen", "last_seen"),
            "top_values",
        }
        assert all(set(value) == {"value", "count"} for value in key["top_values"])


@pytest.mark.parametrize("name", ["json", "markdown", "html"])
def test_what_could_not_be_seen_is_told(name: str) -> None:
    """Whoever reads a report later was not there when the notice was printed."""
    result = replace(audited(), notices=("no <request> could be verified",))
    shown = {"html": "no &lt;request&gt; could", "markdown": "no &#60;request&#62; could", "json": "no <request> could"}
    assert shown[name] in rendered(result, name)


def test_github_gets_a_line_for_each_finding() -> None:
    """With how many requests have it."""
    assert rendered(audited(data_finding(count=1)), "github") == (
        "::error title=propguard%3A key-alias::1 request: `env` is an alias of `environment`\n"
    )


@pytest.mark.parametrize("format_name", AUDIT_FORMATS)
def test_nothing_found_is_said_in_every_format(format_name: str) -> None:
    """An empty source is no crash; formats of a line a finding have none."""
    assert format_name in {"github", "concise"} or rendered(audited(), format_name)


@pytest.mark.parametrize(
    ("part", "whole", "words"),
    [
        (0, 10, "0 %"),
        (10, 10, "100 %"),
        (1, 3, "33.3 %"),
        (1, 10**6, "< 0.1 %"),  # not nothing
        (10**6 - 1, 10**6, "> 99.9 %"),  # not all
        (0, 0, "–"),
    ],
)
def test_a_percentage_never_rounds_to_nothing_or_all(part: int, whole: int, words: str) -> None:
    """What remains to be done is seen to remain."""
    assert percentage(part, whole) == words


@given(st.dictionaries(st.integers(0, 60_000), st.integers(1, 99), max_size=20), st.integers(1, 60))
def test_no_request_is_lost_from_the_timeline(days: dict[int, int], most: int) -> None:
    """Any number of years fits into as many stretches as there is room for."""
    made = timeline([Day(day, days[day]) for day in sorted(days)], most)
    assert len(made.stretches) <= most
    assert sum(one.requests for one in made.stretches) == sum(days.values())


def test_an_audit_of_nothing_looks_like_none() -> None:
    """No format can be taken for a clean audit by a reader who sees only that."""
    reason = "there is no request to judge; the source holds 2 requests"
    nothing = replace(audited(), requests=0, score=None, notices=(reason,), nothing_judged=reason)
    assert "score –: nothing was judged" in rendered(nothing, "text")
    assert reason in rendered(nothing, "markdown")
    assert rendered(nothing, "github") == f"::warning title=propguard%3A nothing was judged::{reason}\n"
    suite = ElementTree.fromstring(rendered(nothing, "junit"))
    assert [case.find("skipped") is not None for case in suite.iter("testcase")] == [True]
    (sarif,) = json.loads(rendered(nothing, "sarif"))["runs"]
    (notification,) = sarif["invocations"][0]["toolExecutionNotifications"]
    assert notification["message"] == {"text": reason}
    page = rendered(nothing, "html")
    assert "Nothing was judged." in page
    assert "without an error" not in page
