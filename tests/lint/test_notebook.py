"""Notebooks: what their cells hold is read, and every place in a cell leads back to the bytes of the file."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from propguard.compilers import Checker
from propguard.lint.edits import edited
from propguard.lint.judge import findings_in
from propguard.lint.read import read
from propguard.lint.source import Source
from propguard.model.finding import Span
from tests.lint.documents import SCHEMA, judged, safe_fixes

PIECES = [
    "a",
    "'",
    '"',
    "\\",
    "\n",
    "\t",
    "é",
    "😀",
    "\u2028",
    "%",
    "!",
    "{",
    "\x07",
    "h = {'Helicone-Property-Env': 'prod'}\n",
]
SOURCES = st.lists(st.sampled_from(PIECES), min_size=1, max_size=8).map("".join)


def cell(source: str, kind: str = "code", *, lines: bool = True, **metadata: object) -> dict[str, Any]:
    """A cell, its text as a list of its lines or as one string."""
    text = re.findall(r"[^\n]*\n|[^\n]+", source) if lines else source
    return {"cell_type": kind, "metadata": metadata, "source": text, "outputs": []}


def notebook(*cells: dict[str, Any], language: str = "python", **layout: Any) -> bytes:
    whole = {"cells": cells, "metadata": {"language_info": {"name": language}}, "nbformat": 4}
    return json.dumps(whole, **({"indent": 1, "ensure_ascii": False} | layout)).encode()


def places(data: bytes) -> list[tuple[int | None, int, int, str | None]]:
    """The cell, line and column of each usage, and its key."""
    usages = read(Source("a.ipynb", data)).usages
    return [(usage.span.cell, usage.span.line, usage.span.column, usage.stored_key) for usage in usages]


def texts(data: bytes) -> list[str]:
    return ["".join(cell["source"]) for cell in json.loads(data)["cells"]]


@given(
    st.lists(st.tuples(SOURCES, st.booleans()), min_size=1, max_size=4),
    st.booleans(),
    st.sampled_from([None, 1, "\t"]),
    st.data(),
)
def test_a_place_in_a_cell_leads_back_to_its_bytes(
    sources: list[tuple[str, bool]], ascii_only: bool, indent: int | str | None, data: st.DataObject
) -> None:
    """What is put there is put there, and nothing else of the file changes."""
    content = notebook(*(cell(text, lines=lines) for text, lines in sources), ensure_ascii=ascii_only, indent=indent)
    source = Source("a.ipynb", content)
    number = data.draw(st.integers(0, len(sources) - 1))
    text = sources[number][0]
    assert texts(content) == [text for text, _ in sources]
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 5)))
    (line, column), (end_line, end_column) = (
        (before.count("\n") + 1, len(before) - before.rfind("\n")) for before in (text[:start], text[:end])
    )
    span = Span(line, column, end_line, end_column, number + 1)
    book = source.notebook()
    offset = book.cells[number].start + len(text[:start].encode())
    length = len(text[start:end].encode())
    assert book.span(offset, offset + length) == span
    spelled = json.dumps(text[start:end], ensure_ascii=ascii_only)[1:-1] == text[start:end]
    if book.verbatim(offset, offset + length) is None:
        assert not spelled or "\n" in text[start:end]
        return
    first, last, written = source.edit_of(span, '"é\n')
    after = content[:first] + written + content[last:]
    expected = [text for text, _ in sources]
    expected[number] = text[:start] + '"é\n' + text[end:]
    assert texts(after) == expected
    assert content[first:last].decode() == text[start:end]


@given(
    st.lists(st.tuples(SOURCES, st.sampled_from(["code", "markdown", "raw"]), st.booleans()), max_size=5), st.booleans()
)
def test_a_fixed_notebook_is_the_same_but_for_the_fixes(cells: list[tuple[str, str, bool]], ascii_only: bool) -> None:
    """Whatever its cells hold, it stays a notebook with as many cells."""
    content = notebook(*(cell(text, kind, lines=lines) for text, kind, lines in cells), ensure_ascii=ascii_only)
    source = Source("a.ipynb", content)
    findings = findings_in(source, read(source).usages, Checker(SCHEMA), "test")
    mended, count = edited(source, safe_fixes(findings))
    assert (mended == content) == (count == 0)
    plain = [
        text.replace("Property-Environment", "Property-Env").replace("production", "prod") for text in texts(mended)
    ]
    assert plain == [text for text, *_ in cells]


def test_names_of_earlier_cells_are_known_in_later_ones() -> None:
    """Though not those of a shell, which ends with its cell."""
    assert places(
        notebook(
            cell("import x\n%matplotlib inline\nNAME = 'Helicone-Property-Env'"),
            cell("%%bash\nNAME='Helicone-Property-App'"),
            cell("# T", "markdown"),
            cell("!curl -H \"$NAME: x\" -H 'Helicone-Property-B: x' x"),
            cell("h = {}\nh[NAME] = 'prod'"),
        )
    ) == [(4, 1, 43, "b"), (5, 2, 3, "env")]


@pytest.mark.parametrize(
    ("source", "place"),
    [
        ("%%time\nh = {'Helicone-Property-App': 1}", (1, 2, 25, "app")),
        ("%pip install 'x\nh = {'Helicone-Property-App': 1}", (1, 2, 25, "app")),
        ("if x:\n    !ls 'a\nh = {'Helicone-Property-App': 1}", (1, 3, 25, "app")),
        ("x = !ls (\nh = {'Helicone-Property-App': 1}", (1, 2, 25, "app")),
        ("x = ('a'\n     % y)\nh = {'Helicone-Property-App': 1}", (1, 3, 25, "app")),
        ("!curl -H 'Helicone-Property-App: x' x", (1, 1, 29, "app")),
        ("!curl \\\n  -H 'Helicone-Property-App: x' x", (1, 2, 25, "app")),
        ("!!curl -H 'Helicone-Property-{x}: {y}' x", (1, 1, 11, None)),
        ("%%sh\ncurl -H 'Helicone-Property-App: x' x", (1, 2, 28, "app")),
        ("%%script bash -e\ncurl -H 'Helicone-Property-App: x' x", (1, 2, 28, "app")),
        ("%%javascript\nconst h = {'Helicone-Property-App': 1}", (1, 2, 31, "app")),
        ("%%writefile x/a.yaml\nheaders: {Helicone-Property-App: x}", (1, 2, 29, "app")),
    ],
)  # fmt: skip
def test_magics_are_read_for_what_they_are(source: str, place: tuple[int, int, int, str | None]) -> None:
    """Lines for the shell, cells in another language, and neither breaks what stands around it."""
    assert places(notebook(cell(source))) == [place]


@pytest.mark.parametrize(
    "one",
    [
        cell("h = {'Helicone-Property-App': 1}", "raw"),
        cell("h = {'Helicone-Property-App': 1}", "markdown"),
        cell("# h = {'Helicone-Property-App': 1}"),
        cell("%%html\n<a>{'Helicone-Property-App': 1}</a>"),
        cell("%%writefile\nh = {'Helicone-Property-App': 1}"),
        cell("%env H={'Helicone-Property-App': 1}"),
        {"cell_type": "code", "source": None, "outputs": [{"text": "h = {'Helicone-Property-App': 1}"}]},
        {"cell_type": "code", "source": [["h = {'Helicone-Property-App': 1}"]]},
    ],
)
def test_what_is_no_code_is_not_read(one: dict[str, Any]) -> None:
    """Raw cells, prose, outputs."""
    assert read(Source("a.ipynb", notebook(one))).usages == ()


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "it is no notebook"),
        (b'{"cells": {}}', "it is no notebook"),
        (b"[1", "it is no notebook"),
        (b"h = {'Helicone-Property-App': 1}", "it is no notebook"),
        (
            notebook(cell("h <- c('Helicone-Property-App' = 1)"), language="R"),
            "the language of its cells is not one that is read",
        ),
    ],
)
def test_what_cannot_be_read_is_told(data: bytes, problem: str) -> None:
    """In a clause that says why."""
    assert read(Source("a.ipynb", data)).problem == problem


def test_a_language_is_that_of_the_notebook_or_of_the_cell() -> None:
    """As editors note it."""
    typescript = cell("const h = {'Helicone-Property-App': 1 as X}")
    assert places(notebook(typescript, language="TypeScript")) == [(1, 1, 31, "app")]
    assert places(notebook(typescript | {"metadata": {"vscode": {"languageId": "typescript"}}})) == [(1, 1, 31, "app")]


def test_a_fix_is_escaped_as_the_file_escapes() -> None:
    """Quotes that a value gets are those of a text in JSON."""
    content = notebook(cell("h = {'Helicone-Property-Billable': True}"))
    mended, _ = edited(Source("a.ipynb", content), safe_fixes(judged("a.ipynb", content)))
    assert mended == content.replace(b"True", b'\\"true\\"')


def test_what_is_written_with_escapes_has_no_fix() -> None:
    """Its bytes are not its text."""
    content = notebook(cell("h = {'Helicone-Property-App': 'x', 'Helicone-Property-Env': 'prod'}"))
    content = content.replace(b"Env'", b"\\u0045nv'").replace(b"prod", b"pr\\u006fd")
    assert [finding.fix for finding in judged("a.ipynb", content)] == [None]
