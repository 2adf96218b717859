"""What may stand between quotes as it is, and which quotes a new literal gets."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from propguard.compilers import Checker
from propguard.lint.quotes import stands_as_it_is
from propguard.lint.run import judge_source
from tests.lint.documents import SCHEMA


@pytest.mark.parametrize(
    ("text", "languages"),
    [
        ("production", "python javascript typescript tsx shell ruby"),
        ("us-east-1/a.b:c@d+e", "python javascript typescript tsx shell ruby"),
        ("", "python javascript typescript tsx shell ruby"),
        # Two words, where there are quotes around them.
        ("two words", "python javascript typescript tsx ruby"),
        # A list; where a word may stand without quotes, it might end there.
        ("a,b;c|d", "python javascript typescript tsx"),
        # What means something in some literal of the language, or cannot be in every encoding.
        ('say "hi"', ""),
        ("it's", ""),
        ("`x`", ""),
        ("a\\b", ""),
        ("${x}", ""),
        ("{x}", ""),
        ("100%", ""),
        ("a&amp;b", ""),
        ("caf\xe9", ""),
        ("a\nb", ""),
    ],
)
def test_what_needs_no_escape(text: str, languages: str) -> None:
    """In the literals of each language; of one that is not known, only what is plain in all."""
    every = ("python", "javascript", "typescript", "tsx", "shell", "ruby")
    assert [language for language in every if stands_as_it_is(text, language)] == languages.split()


@given(st.text())
def test_what_stands_as_it_is_is_read_back(text: str) -> None:
    """Whatever is put between quotes comes out as it went in."""
    if stands_as_it_is(text, "python"):
        assert eval(f"'{text}'") == eval(f'f"{text}"') == json.loads(f'"{text}"') == text


@pytest.mark.parametrize(
    ("path", "code", "written"),
    [
        ("a.py", 'h = {"Helicone-Property-Billable": True}', '"true"'),
        ("a.py", "h = {'Helicone-Property-Billable': True}", "'true'"),
        # The key's own quotes, whatever else there is.
        ("a.py", "x = 'a' 'b' 'c'\nh = {\"Helicone-Property-Billable\": True}", '"true"'),
        ("a.py", "P = 'Helicone-Property-Billable'\nh = {P: True}", "'true'"),
        ("a.ts", "const h = {'Helicone-Property-Billable': true};", "'true'"),
        ("a.ts", "const s = 'x';\nconst h = {[`Helicone-Property-Billable`]: true};", "'true'"),
        # JSON has but one kind, in whatever it is wrapped.
        ("a.sh", """curl -X PUT /v1/request/1/property -d '{"key": "billable", "value": true}'""", '"true"'),
        ("a.py", """httpx.put("/v1/request/1/property", content='{"key": "billable", "value": true}')""", '"true"'),
        # Which `true` is meant must be plain.
        (
            "a.sh",
            """curl -X PUT /v1/request/1/property -d '{"key": "billable", "value": true, "x": {"value": true}}'""",
            None,
        ),
    ],
)
def test_a_value_that_is_no_text_gets_the_quotes_beside_it(path: str, code: str, written: str | None) -> None:
    """Formatters and reviewers have nothing to say about a fix."""
    checker = Checker(SCHEMA)
    (found,) = judge_source(path, code.encode(), lambda _: (checker, "test"))
    assert found.violation.rule == "value-not-string"
    assert (found.fix and found.fix.edits[0].text) == written
