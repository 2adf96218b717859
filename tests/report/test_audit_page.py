"""The page of an audit: complete by itself, and nothing in it was written by a stranger."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from propguard.model.profile import ValueCount
from propguard.model.text import visible
from tests.report.audits import audited, audits, data_finding, lifelike, profile, rendered
from tests.report.findings import texts

if TYPE_CHECKING:
    from propguard.audit import AuditResult

UNSEEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
POLICY = re.compile(
    r"default-src 'none'; style-src '(sha256-[^']+)'; script-src '(sha256-[^']+)'; base-uri 'none'; form-action 'none'"
)


class Page(HTMLParser):
    """The elements of a page with their attributes, its text, and what its style and its script are."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.code: list[str] = []
        self.raw: dict[str, str] = {}
        self._inside = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self._inside = tag

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside in {"style", "script"}:
            assert self._inside not in self.raw
            self.raw[self._inside] = data
        else:
            self.texts.append(data)
        if self._inside == "code":
            self.code.append(data)


KNOWN = Page(
    rendered(lifelike(), "html")
    + rendered(audited(keys=(profile("k" * 99, 0),)), "html").partition("<main>")[2].partition("<script>")[0]
)
TAGS = {tag for tag, _ in KNOWN.elements} | {"code", "details", "summary", "ul", "li", "span", "b", "p", "svg", "rect"}
ATTRIBUTES = {name for _, attributes in KNOWN.elements for name in attributes}


@given(audits())
def test_nothing_of_a_stranger_becomes_markup(result: AuditResult) -> None:
    """No element and no attribute is there that is not ours, whatever any text holds; nothing hides or turns around."""
    text = rendered(result, "html")
    page = Page(text)
    assert {tag for tag, _ in page.elements} <= TAGS
    for tag, attributes in page.elements:
        assert set(attributes) <= ATTRIBUTES, (tag, attributes)
        assert not any(name.startswith("on") or name in {"style", "src"} for name in attributes)
        assert attributes.get("href", "#findings") == "#findings"
    assert sum(tag == "script" for tag, _ in page.elements) == 1
    assert not UNSEEN.search(text)


@given(texts, texts, texts)
def test_what_was_found_is_shown(key: str, value: str, suggestion: str) -> None:
    """As it was stored, but for what one would not see, which is written as an escape."""
    finding = data_finding(key=key, values=(ValueCount(value, 3, suggestion),))
    code = Page(rendered(audited(finding), "html")).code
    for text in (key, value, suggestion):
        assert (visible(text) or "empty") in code


def test_the_policy_names_what_may_run() -> None:
    """The hashes are those of the style and of the script as they stand; nothing else may be loaded, run or drawn."""
    page = Page(rendered(lifelike(), "html"))
    (policy,) = [str(one["content"]) for _, one in page.elements if one.get("http-equiv") == "Content-Security-Policy"]
    hashes = POLICY.fullmatch(policy)
    assert hashes
    for name, said in zip(("style", "script"), hashes.groups(), strict=True):
        made = hashlib.sha256(page.raw[name].encode()).digest()
        assert said == f"sha256-{base64.b64encode(made).decode()}"


def test_long_values_are_cut_and_can_be_opened() -> None:
    """What is very long is told with its length."""
    text = rendered(audited(data_finding(values=(ValueCount("x" * 300, 1), ValueCount("y" * 9000, 1)))), "html")
    code = Page(text).code
    assert {f"{'x' * 48}…", "x" * 300} <= set(code)
    assert any(one.endswith("… (9000 characters)") for one in code)


def test_everything_is_there_without_a_script() -> None:
    """Controls that do nothing without one are hidden; every row is shown."""
    elements = Page(rendered(lifelike(), "html")).elements
    assert all("hidden" in attributes for _, attributes in elements if attributes.get("class") == "controls")
    assert not any("hidden" in attributes for tag, attributes in elements if tag == "tr")
    assert sum(attributes.get("role") == "row" for tag, attributes in elements) == 7 + 6 + 2


@given(st.integers(0, 30))
def test_every_value_is_there(number: int) -> None:
    """Those beyond the first five can be opened."""
    values = tuple(ValueCount(f"value-{one}", 1) for one in range(number))
    code = Page(rendered(audited(data_finding(values=values)), "html")).code
    assert [one for one in code if one.startswith("value-")] == [value.value for value in values]


def test_of_very_many_the_worst_are_on_the_page() -> None:
    """And it is said how many are not, as it is in a terminal."""
    many = audited(*(data_finding(key=f"key_{number}") for number in range(1234)))
    page = rendered(many, "html")
    assert sum(attributes.get("role") == "row" for _, attributes in Page(page).elements) == 1000 + 1
    assert "… and 234 findings more" in page
    assert "… and 1,034 findings more" in rendered(many, "text")
