"""The catalogue: what it says, that no text of a schema is markup, and that a page keeps what is not the catalogue."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from propguard import load_schema
from propguard.errors import UsageError
from propguard.evolve.catalogue import inserted, new_page
from propguard.evolve.catalogue.entry import anchor
from propguard.evolve.catalogue.insertion import BEGIN, END
from propguard.evolve.catalogue.page import catalogue
from propguard.evolve.markdown import code, code_in_cell, paragraphs, plain, sentence
from propguard.model.schema import Deprecation, Enforcement, Property
from propguard.model.text import visible
from propguard.schemafile import standard_schema_path
from tests.evolve.hostile import hostile_schemas, texts
from tests.evolve.modules import many
from tests.strategies import TODAY
from tests.subjects import schema_of

if TYPE_CHECKING:
    from markdown_it.token import Token

    from propguard.model.schema import PropertySchema

MARKDOWN = MarkdownIt("commonmark").enable("table").enable("strikethrough")


def tokens(text: str) -> list[Token]:
    """All tokens of a page, those within lines among them."""
    return [inner for token in MARKDOWN.parse(text) for inner in (token, *(token.children or ()))]


def shown(text: str) -> str:
    """What a reader sees of one paragraph: the texts of its tokens."""
    found = MARKDOWN.parse(text)
    assert [token.type for token in found] == ["paragraph_open", "inline", "paragraph_close"], text
    children = found[1].children or []
    assert {token.type for token in children} <= {"text", "text_special", "code_inline"}, text
    return "".join(token.content for token in children)


@given(texts)
def test_plain_text_is_never_markup(text: str) -> None:
    """It is shown as it is, characters that do not show as escapes; nothing in it is an element, a link, or emphasis."""
    line = visible(" ".join(text.split()))
    assert shown(f"x{plain(text)}x") == f"x{line}x"


@given(texts)
def test_ticks_are_code_and_the_rest_is_text(text: str) -> None:
    """A sentence is shown as it is, but for ticks in pairs."""
    line = visible(" ".join(text.split()))
    seen = shown(f"x{sentence(text)}x")
    assert seen.replace("`", "") == f"x{line}x".replace("`", "")


@given(texts)
def test_paragraphs_begin_nothing(text: str) -> None:
    """No list, heading, rule, quote, table or block of code, wherever a line of the text begins."""
    for block in paragraphs(text):
        shown(block)


@given(texts)
def test_code_is_shown_as_it_is(text: str) -> None:
    """In a line and in a cell of a table: one cell, and nothing in it is run or read as markup."""
    line = MARKDOWN.parse(f"x {code(text)} x")[1].children or []
    assert text_of(line) == f"x {visible(text)} x"
    table = f"| a | b |\n|---|---|\n| {code_in_cell(text)} | z |\n"
    cells = [token for token in MARKDOWN.parse(table) if token.type == "inline"]
    assert len(cells) == 4
    assert text_of(cells[2].children or []).strip() == visible(text).strip()
    assert cells[3].content == "z"


def text_of(children: list[Token]) -> str:
    allowed = {"text", "text_special", "code_inline", "html_inline"}
    assert {token.type for token in children} <= allowed
    assert all(token.content in {"<code>", "</code>"} for token in children if token.type == "html_inline")
    return "".join(token.content for token in children if token.type != "html_inline")


OURS = ("<a id=", "</a>", "<code>", "</code>", "<!-- Made by", "<!-- propguard", "<details>", "</details>", "<summary>", "</summary>", "<b>", "</b>")  # fmt: skip


@given(hostile_schemas())
def test_no_schema_brings_markup_into_the_page(schema: PropertySchema) -> None:
    """Every element is ours, every link leads to an anchor of ours, the table has a row per property and three cells in each."""
    found = tokens(new_page(schema).decode())
    for token in found:
        if token.type in {"html_inline", "html_block"}:
            assert token.content.strip().startswith(OURS), token.content
    assert not [token for token in found if token.type in {"image", "em_open", "s_open", "blockquote_open"}]
    anchors = {f"#{anchor(name)}" for name in schema.properties}
    assert {str(token.attrs["href"]) for token in found if token.type == "link_open"} == anchors
    rows = sum(token.type == "tr_open" for token in found) - 1
    titles = sum(token.type == "td_open" for token in found) - 3 * len(schema.properties)
    assert rows == len(schema.properties) + titles / 3
    headings = [token for token in found if token.type == "heading_open"]
    assert sum(token.tag == "h3" for token in headings) >= len(schema.properties)


@given(hostile_schemas(), st.sampled_from(["\n", "\r\n"]))
def test_a_page_that_is_current_stays_as_it_is(schema: PropertySchema, newline: str) -> None:
    """Whatever the schema says, the lines of the page are found again; nothing changes by doing it twice."""
    page = new_page(schema).replace(b"\n", newline.encode())
    assert inserted(schema, page, "page.md") == page
    assert page.count(b"\n") == page.count(newline.encode())


BEFORE = b"\xef\xbb\xbf# Ours\r\nbytes \xff\xfe\x00 that are no UTF-8\r\n\n## Deep   \n"
AFTER = b"after\r\n\r\n\tindented \xe9 without a line end"


@given(st.binary(max_size=60), st.binary(max_size=60))
def test_what_is_outside_the_lines_stays_byte_for_byte(before: bytes, after: bytes) -> None:
    """In any encoding, with any line ends, with none at the end."""
    schema = schema_of(Property("app"))
    head, tail = before.replace(b"`", b"").replace(b"~", b"") + b"\n", after.replace(b"`", b"").replace(b"~", b"")
    for old in (b"", b"old\r\n", b"# old\n" * 100):
        page = head + BEGIN.encode() + b"\n" + old + END.encode() + b"\n" + tail
        made = inserted(schema, page, "page.md")
        assert made.startswith(head + BEGIN.encode() + b"\n")
        assert made.endswith(END.encode() + b"\n" + tail)
        assert b"Helicone-Property-App" in made


def test_the_page_decides_line_ends_and_depth() -> None:
    """As its first line of ours ends, and below the heading that it stands under."""
    schema = schema_of(Property("app"))
    page = BEFORE + f"  {BEGIN}\r\n  {END}\n".encode() + AFTER
    made = inserted(schema, page, "page.md")
    assert made.startswith(BEFORE)
    assert made.endswith(AFTER)
    inside = made[len(BEFORE) : -len(AFTER)]
    assert b"### Properties\r\n" in inside
    assert b"#### `app`\r\n" in inside
    assert inside.count(b"\n") == inside.count(b"\r\n") + 1


REFUSED = {
    "none": "text\n",
    "only the first": f"{BEGIN}\n",
    "only the second": f"{END}\n",
    "the wrong order": f"{END}\n{BEGIN}\n",
    "twice": f"{BEGIN}\n{END}\n{BEGIN}\n{END}\n",
    "in a line with others": f"see {BEGIN}\n{END}\n",
    "shown as code": f"```\n{BEGIN}\n{END}\n```\n",
}


@pytest.mark.parametrize("page", REFUSED.values(), ids=REFUSED)
def test_a_page_without_its_two_lines_is_refused(page: str) -> None:
    """With a sentence that names the lines."""
    with pytest.raises(UsageError, match=r"page\.md has to have a line `<!-- propguard:begin -->`"):
        inserted(schema_of(), page.encode(), "page.md")


def test_a_page_may_show_the_lines_as_code() -> None:
    """As documentation of propguard does."""
    shown_first = f"```md\n{BEGIN}\n{END}\n```\n"
    made = inserted(schema_of(Property("app")), f"{shown_first}{BEGIN}\n{END}\n".encode(), "page.md").decode()
    assert made.startswith(f"{shown_first}{BEGIN}\n\n")


FULL = schema_of(
    Property(
        "region",
        description="Where it ran.\n\nIn `cloud` terms.",
        owner="platform",
        enum=("eu", "us"),
        aliases=("area",),
        value_aliases={"europe": "eu"},
        deprecated_values={"us": "moved"},
        required=True,
        requires=("app",),
        stability="experimental",
        examples=("eu",),
        enforcement=Enforcement("warn", TODAY),
        cardinality="low",
    ),
    Property("app", pattern="^a|b$", min_length=2, max_length=20, sensitive="allow", cardinality=50),
    Property("score", type="number", minimum=0.0, maximum=0.5, owner="quality"),
    Property("flag_x", type="boolean"),
    Property("tags", type="list", separator="|", items=Property("", enum=("p", "q"))),
    Property("flag_*", description="A flag"),
    Property("old", deprecated=Deprecation("renamed", "app", "see the wiki", TODAY), owner="platform"),
    description="All of it.",
    header_separator="-",
    reserved=("tmp",),
)

SAID = """\
All of it.
- **Headers:** spell the underscore of a key as a dash
- **Reserved, never to be used:** `tmp`
| [`region`](#property-region) | `eu`, `us` | Where it ran |
| **On their way out** | | |
## Owner: platform
### `region`
Where it ran.
In `cloud` terms.
- **Owner:** platform
- **Stability:** experimental
- **Required:** in every request
- **Needs:** `app`
- **Enforcement:** errors are warnings until 2026-06-15 (UTC)
- **Values:** `eu`, `us`
- **Limits:** few different values
  - `us`: moved
- **Examples:** `eu`
  - `europe` but `eu`
- **Other names, which are mended:** `area`
- **As a header:** `Helicone-Property-Region: eu`
- **By PUT:** `{"key": "region", "value": "eu"}`
## Owner: quality
- **Limits:** at least 0, at most 0.5
## Without an owner
### `app`
- **Pattern:** `^a|b$`
- **Limits:** at least 2 characters, at most 20 characters, at most 50 different values
- **Personal data:** is not looked for in the values
- **Items:** separated by `|`
- **Values of an item:** `p`, `q`
### `flag_*`
- **As a header:** `Helicone-Property-Flag-…: …`
### `flag_x`
- **As a header:** `Helicone-Property-Flag-X: true`
## On their way out
### `old`
- **Deprecated:** renamed to app; see the wiki; an error from 2026-06-15
"""


def test_everything_that_is_declared_is_said() -> None:
    """In this order: by owner, those of nobody, those on their way out; what a namespace covers right behind it."""
    lines = catalogue(FULL).splitlines()
    place = -1
    for line in SAID.splitlines():
        assert line in lines[place + 1 :], line
        place = lines.index(line, place + 1)


def test_long_closed_sets_are_a_line_each() -> None:
    """So that a difference shows the value; very long ones are folded."""
    text = catalogue(schema_of(Property("few", enum=tuple("abcdefgh")), Property("more", enum=tuple("abcdefghi"))))
    assert "- **Values:** `a`, `b`, `c`, `d`, `e`, `f`, `g`, `h`\n" in text
    assert "- **Values:**\n  - `a`\n  - `b`\n" in text
    assert "<summary><b>Values:</b> 1000</summary>" in catalogue(many())
    assert "| `a`, `b`, `c`, `d` and 5 more |" in text


def test_one_more_property_is_only_its_own_lines() -> None:
    """A small change of the schema is a small change of the page."""
    standard = load_schema(standard_schema_path())
    more = replace(standard, properties={**standard.properties, "team": Property("team", description="Whose")})
    old, new = (catalogue(schema).splitlines() for schema in (standard, more))
    assert len([line for line in old if line not in new]) == 1  # how many properties there are
    assert len(new) - len(old) < 15


def test_thousands_of_properties_are_quickly_told() -> None:
    """Five thousand of them, some of which a namespace covers."""
    schema = schema_of(
        *(Property(f"key_{number}", owner=f"team_{number % 9}") for number in range(5000)), Property("key_*")
    )
    assert catalogue(schema).count("### `key_") == 5001
