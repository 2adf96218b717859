"""The page of an audit in a real browser: by keyboard, in the dark, on paper, and full of hostile values."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from propguard.model.profile import ValueCount
from propguard.model.text import visible
from tests.conftest import program
from tests.report.audits import audited, data_finding, lifelike, profile, rendered, seen
from tests.report.chromium import ENTER, ESCAPE, SPACE, TAB, Chromium

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from propguard.audit import AuditResult

pytestmark = pytest.mark.external("chromium")

HOSTILE = (
    "<script>window.ran=1</script>",
    "</script><script>window.ran=1</script>",
    "</style><style>*{display:none}</style>",
    "</code></td></tr></table><img src=x onerror='window.ran=1'>",
    '"><svg onload=window.ran=1>',
    "' autofocus onfocus='window.ran=1",
    "<a href='javascript:window.ran=1'>x</a>",
    "<iframe srcdoc='<script>parent.ran=1</script>'></iframe>",
    "<link rel=stylesheet href=https://x.example/a.css><img src=https://x.example/a.png>",
    "<meta http-equiv=refresh content='0;url=https://x.example/'>",
    "<base href=https://x.example/>",
    "{{ 7001 * 7001 }}{% for x in range(9) %}x{% endfor %}${7001*7001}",
    "-->]]><!--",
    "&lt;b&gt; &amp; &#60;",
    "abc\u202edef\u2066ghi",
    "\x1b[31mred\x1b[0m\x07\x00",
    "`<b>`ticks`",
    "long " + "<i>x</i>" * 40,
)  # fmt: skip

# How light a colour is, and how two of them stand out (WCAG 2.2, 1.4.3); of everything that shows a text of its own.
CONTRASTS = """
(() => {
  const channels = (text) => text.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((c) => c / 255)
    .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
    .reduce((sum, c, at) => sum + c * [0.2126, 0.7152, 0.0722][at], 0);
  const behind = (element) => {
    for (let one = element; one; one = one.parentElement) {
      const colour = channels(getComputedStyle(one).backgroundColor);
      if (colour.length === 3 || colour[3] > 0) return colour;
    }
    return [255, 255, 255];
  };
  const found = [];
  for (const element of document.querySelectorAll("body, body *")) {
    const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    if (!own || !element.checkVisibility() || element.closest("svg") || ["SCRIPT", "STYLE"].includes(element.tagName)) continue;
    const [one, other] = [light(channels(getComputedStyle(element).color)), light(behind(element))];
    const ratio = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    found.push([ratio, element.tagName + "." + element.className]);
  }
  return found.sort((a, b) => a[0] - b[0]);
})()
"""


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chromium]:
    path = program("chromium")
    assert path is not None
    with Chromium(path, tmp_path_factory.mktemp("profile")) as browser:
        yield browser


def opened(browser: Chromium, folder: Path, result: AuditResult, **how: Any) -> Path:
    """The page of `result`, shown."""
    path = folder / "report.html"
    path.write_text(rendered(result, "html"), encoding="utf-8")
    browser.show(**how)
    browser.open(path)
    return path


def keys_of(browser: Chromium, section: str) -> list[str]:
    """The keys of the rows that are shown, from above."""
    found = browser.value(
        f"[...document.querySelectorAll('#{section} tbody tr')].filter((row) => row.checkVisibility())"
        ".map((row) => row.querySelector('.key').textContent.trim().split(/\\s/)[0])"
    )
    assert isinstance(found, list)
    return found


def status(browser: Chromium, section: str) -> Any:
    return browser.value(f"document.querySelector('#{section} [role=status]').textContent")


def focus(browser: Chromium, text: str) -> None:
    """Press the tabulator until what has the focus is called so."""
    for _ in range(80):
        browser.press(TAB)
        name = "document.activeElement.getAttribute('aria-label') || document.activeElement.textContent.trim()"
        if browser.value(name) == text:
            assert browser.value("getComputedStyle(document.activeElement).outlineStyle") == "solid"
            return
    raise AssertionError(f"the keyboard never gets to {text}")


def test_tables_are_sorted_by_keyboard(browser: Chromium, tmp_path: Path) -> None:
    """A heading is a button that can be seen to have the focus; it says which way it sorts, and so does the live region."""
    opened(browser, tmp_path, lifelike())
    assert keys_of(browser, "findings")[:3] == ["env", "tier", "note"]
    focus(browser, "requests")
    browser.press(ENTER)
    assert keys_of(browser, "findings")[:3] == ["feature_flag", "app", "note"]
    sorted_by = "[...document.querySelectorAll('#findings th')].map((one) => one.getAttribute('aria-sort'))"
    assert browser.value(sorted_by) == [None, None, "ascending", None, None]
    assert status(browser, "findings") == "7 findings, by requests, lowest first"
    browser.press(SPACE)
    assert keys_of(browser, "findings")[:3] == ["env", "many", "tier"]
    assert browser.value(sorted_by) == [None, None, "descending", None, None]
    assert status(browser, "findings") == "7 findings, by requests, highest first"
    assert keys_of(browser, "keys")[0] == "env"
    assert browser.said == []


def test_rows_are_filtered_by_keyboard(browser: Chromium, tmp_path: Path) -> None:
    """By words, and by severity; how many are left is announced, and there is a way back."""
    opened(browser, tmp_path, lifelike())
    focus(browser, "Filter findings")
    browser.write("prmium tier")
    assert keys_of(browser, "findings") == ["tier"]
    assert status(browser, "findings") == "1 of 7 findings, worst first"
    assert len(keys_of(browser, "keys")) == 6
    browser.press(ESCAPE)
    assert len(keys_of(browser, "findings")) == 7
    focus(browser, "5 errors")
    browser.press(SPACE)
    assert keys_of(browser, "findings") == ["project", "feature_flag"]
    assert browser.value("document.activeElement.getAttribute('aria-pressed')") == "false"
    assert status(browser, "findings") == "2 of 7 findings, worst first"
    focus(browser, "Filter keys")
    browser.write("there is no such key")
    assert keys_of(browser, "keys") == []
    focus(browser, "Show all")
    browser.press(ENTER)
    assert len(keys_of(browser, "keys")) == 6
    assert browser.value("document.activeElement.getAttribute('aria-label')") == "Filter keys"
    assert browser.said == []


def hostile() -> AuditResult:
    """Every text of an audit is hostile."""
    found = [
        data_finding(
            key=text,
            message=f"`{text}` {text}",
            suggestion=text,
            values=tuple(ValueCount(one, 2, one) for one in HOSTILE),
            request_ids=(text,),
            when=seen(0, 3),
            context={"x": text},
        )
        for text in HOSTILE
    ]
    result = audited(*found, keys=tuple(profile(text, 9, declared=False) for text in HOSTILE), days=lifelike().days)
    every = "".join(HOSTILE)
    return type(result)(
        source=every,
        engine=every,
        schema=every,
        window=result.window,
        requests=9,
        requests_with_error=3,
        properties=4,
        score=0.5,
        findings=result.findings,
        keys=result.keys,
        days=result.days,
    )


def test_hostile_values_are_shown_and_do_not_run(browser: Chromium, tmp_path: Path) -> None:
    """Nothing runs, nothing is loaded, nothing is complained of; sorting and filtering them makes no difference."""
    path = opened(browser, tmp_path, hostile())
    for name in ("severity", "key", "requests", "finding", "seen"):
        focus(browser, name)
        browser.press(ENTER)
    focus(browser, "Filter keys")
    browser.write("<script>window")
    assert sorted(keys_of(browser, "keys"), reverse=True) == [
        "<script>window.ran=1</script>",
        "</script><script>window.ran=1</script>",
    ]
    browser.value("document.querySelectorAll('details').forEach((one) => one.open = true)")
    assert browser.value("window.ran") is None
    assert browser.asked_for == [path.as_uri()]
    assert browser.said == []
    assert browser.value("location.href") == path.as_uri()
    assert browser.value("document.querySelectorAll('script, style, iframe, img, link, base').length") == 2
    shown = browser.value("[...document.querySelectorAll('#findings code')].map((one) => one.textContent)")
    assert isinstance(shown, list)
    assert {visible(text) for text in HOSTILE} <= set(shown)
    assert "49014001" not in str(browser.value("document.body.textContent"))


def test_the_policy_stops_what_escaping_would_let_through(browser: Chromium, tmp_path: Path) -> None:
    """A second wall: markup that got into the page all the same could neither run, nor load, nor dress itself."""
    path = opened(browser, tmp_path, lifelike())
    smuggled = "<script>window.ran=1</script><img src='https://x.example/a.png' onerror='window.ran=1'><p id=p style='color:red'>x</p>"
    path.write_text(path.read_text(encoding="utf-8").replace("<main>", f"<main>{smuggled}"), encoding="utf-8")
    browser.open(path)
    assert browser.value("window.ran") is None
    assert browser.value("getComputedStyle(document.querySelector('#p')).color") != "rgb(255, 0, 0)"
    assert len([one for one in browser.said if "Content Security Policy" in one]) >= 3


@pytest.mark.parametrize(
    "how", [{}, {"scheme": "dark"}, {"medium": "print"}, {"medium": "print", "scheme": "dark"}, {"width": 360}]
)
def test_every_text_stands_out(browser: Chromium, tmp_path: Path, how: dict[str, Any]) -> None:
    """At least 4.5 to 1, in the light, in the dark and on paper, of which the ground is white."""
    opened(browser, tmp_path, lifelike(), **how)
    worst = browser.value(CONTRASTS)
    assert isinstance(worst, list)
    assert len(worst) > 80
    assert worst[0][0] >= 4.5, worst[:3]
    ground = str(browser.value("getComputedStyle(document.body).backgroundColor"))
    lightness = sum(map(int, re.findall(r"\d+", ground)[:3])) / 3
    assert lightness == 255 if "medium" in how else (lightness < 60) == ("scheme" in how)


@pytest.mark.parametrize("width", [360, 700, 1000, 1600])
@pytest.mark.parametrize("result", [lifelike, hostile])
def test_the_page_is_as_wide_as_the_window(browser: Chromium, tmp_path: Path, width: int, result: Any) -> None:
    """Nobody has to scroll sideways, and no cell stands over another."""
    opened(browser, tmp_path, result(), width=width)
    assert browser.value("document.documentElement.scrollWidth") <= width
    beyond = (
        "[...document.querySelectorAll('td, th, h1, p, input, li')].filter((one) => one.checkVisibility() "
        f"&& one.getBoundingClientRect().right > {width} && !one.closest('.away')).length"
    )
    assert browser.value(beyond) == 0


def test_a_printer_gets_everything(browser: Chromium, tmp_path: Path) -> None:
    """What can be opened is open, what can be pressed is not there."""
    opened(browser, tmp_path, lifelike(), medium="print", width=680)
    assert browser.value("document.querySelector('.controls').checkVisibility()") is False
    ids = "[...document.querySelectorAll('.ids li')].every((one) => one.getBoundingClientRect().height > 0)"
    assert browser.value(ids) is True
    browser.pdf(tmp_path / "report.pdf")
    assert (tmp_path / "report.pdf").read_bytes().startswith(b"%PDF")


def test_a_screen_reader_is_told_of_tables(browser: Chromium, tmp_path: Path) -> None:
    """Also where it is so narrow that they look like cards: rows, cells, headings and names are in the tree."""
    opened(browser, tmp_path, lifelike(), width=360)
    nodes = browser.call("Accessibility.getFullAXTree")["nodes"]
    roles = [node.get("role", {}).get("value") for node in nodes if not node.get("ignored")]
    assert roles.count("row") == 7 + 6 + 2
    assert roles.count("columnheader") == 5 + 7
    assert roles.count("status") == 2
    unnamed = [
        node
        for node in nodes
        if node.get("role", {}).get("value") in {"button", "searchbox", "table", "image"}
        and not node.get("ignored")
        and not node.get("name", {}).get("value")
    ]
    assert unnamed == []


def test_it_is_whole_without_a_script(browser: Chromium, tmp_path: Path) -> None:
    """It cannot be sorted then, and nothing pretends that it could."""
    browser.call("Emulation.setScriptExecutionDisabled", value=True)
    try:
        opened(browser, tmp_path, lifelike())
        assert len(keys_of(browser, "findings")) == 7
        assert browser.value("document.querySelectorAll('th button').length") == 0
        assert browser.value("document.querySelector('.controls').checkVisibility()") is False
    finally:
        browser.call("Emulation.setScriptExecutionDisabled", value=False)
