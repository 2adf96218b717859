"""Jupyter notebooks: the text of their cells, with the way back to the JSON that it stands in."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from propguard.lint.budget import Budget, Unreadable
from propguard.lint.configuration.scalars import Scalars
from propguard.lint.configuration.templates import MARK, without_marks
from propguard.lint.derived import Derived, Run
from propguard.lint.languages import language_of
from propguard.lint.languages.grammars import FENCES
from propguard.lint.languages.json import JSON
from propguard.lint.parse import parse
from propguard.lint.prefilter import places
from propguard.lint.source import Source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from tree_sitter import Node

    from propguard.lint.document import Document
    from propguard.lint.usages import Look
    from propguard.model.finding import FilePlace, Span
    from propguard.model.usage import Usage

_SAME_LANGUAGE = frozenset({"time", "timeit", "capture", "prun", "debug", "memit", "mprun", "lprun", "snakeviz"})
"""Cell magics that run the rest of their cell in the language of the notebook."""

_WRITTEN = frozenset({"writefile", "file"})
_CELL_MAGIC = re.compile(rb"\s*%%(\w+)[ \t]*([^\n]*)")
_LINE_MAGIC = re.compile(
    rb"^[ \t]*(?P<magic>(?:\w+[ \t]*=[ \t]*)?(?P<sign>!!?|%(?=[A-Za-z_]))(?P<code>(?:[^\\\n]|\\.|\\\Z)*))",
    re.MULTILINE | re.DOTALL,
)
_EXPRESSION = re.compile(rb"(?<![{$])\{[A-Za-z_][\w.\[\]()'\"]*\}")
"""What IPython fills in before it hands a line to the shell."""


class Cell(NamedTuple):
    """One cell: its number from 1, its kind, its language where it names one, and where its text begins."""

    number: int
    kind: str
    language: str
    start: int


class _Code(NamedTuple):
    """A piece of code; pieces that are shared know the names of the earlier ones of their language."""

    language: str | None
    runs: list[Run]
    is_shared: bool = False


class Notebook(Derived):
    """The text of all cells, one after the other. A place in it is the number of a cell, and a line and column there."""

    __slots__ = ("_cell_starts", "_sources", "cells", "language")

    def __init__(self, file: Source, cells: Sequence[Cell], runs: Sequence[Run], language: str) -> None:
        super().__init__(file, runs)
        self.cells = cells
        self.language = language
        self._cell_starts = [cell.start for cell in cells]
        self._sources: dict[int, Source] = {}

    def bounds(self, cell: Cell) -> tuple[int, int]:
        """The bytes between which the text of a cell stands."""
        return cell.start, self._cell_starts[cell.number] - 1 if cell.number < len(self.cells) else len(self.data)

    def span(self, start: int, end: int) -> Span:
        cell = self._cell_at(start)
        last = self.bounds(cell)[1]
        return self._source_of(cell).span(start - cell.start, min(end, last) - cell.start)._replace(cell=cell.number)

    def home(self, start: int, end: int) -> tuple[Source, int, int]:
        return self, start, end

    def verbatim(self, start: int, end: int) -> Span | None:
        first, last = self.stretch(start, end)
        return self.span(start, end) if self.base.data[first:last] == self.data[start:end] else None

    def place_in_cell(self, span: Span) -> FilePlace:
        place = self._source_of(self._cell_of(span)).place(span._replace(cell=None))
        return place._replace(span=span)

    def edit_of(self, span: Span, text: str) -> tuple[int, int, bytes]:
        """What to put between which bytes of the file so that `text` stands at `span`."""
        cell = self._cell_of(span)
        source = self._source_of(cell)
        start, end = source.offset(span.line, span.column), source.offset(span.end_line, span.end_column)
        first, last = self.stretch(cell.start + start, cell.start + end)
        return first, last, json.dumps(text, ensure_ascii=False)[1:-1].encode()

    def _cell_at(self, offset: int) -> Cell:
        return self.cells[max(0, bisect_right(self._cell_starts, offset) - 1)]

    def _cell_of(self, span: Span) -> Cell:
        assert span.cell is not None
        return self.cells[span.cell - 1]

    def _source_of(self, cell: Cell) -> Source:
        found = self._sources.get(cell.number)
        if found is None:
            start, end = self.bounds(cell)
            found = self._sources[cell.number] = Source(self.path, self.data[start:end])
        return found


def notebook_of(file: Source) -> Notebook:
    """The notebook that `file` holds. Raises Unreadable where it holds none, and TooExpensive."""
    reader = _Reader(parse(file, JSON, Budget(len(file.data))))
    whole = reader.entries(next(iter(reader.document.root.named_children), None))
    found = whole.get("cells")
    if found is None or found.type != "array":
        raise Unreadable("it is no notebook")
    if reader.document.root.has_error:
        raise Unreadable("its JSON is broken, so that it is not known which text is code")
    cells: list[Cell] = []
    runs: list[Run] = []
    at = 0
    for node in found.named_children:
        if cells:
            before = runs[-1].end
            runs.append(Run(b"\n", before, before))
            at += 1
        entries = reader.entries(node)
        kind, language = reader.text(entries, "cell_type"), reader.text(entries, "metadata", "vscode", "languageId")
        cells.append(Cell(len(cells) + 1, kind, language, at))
        text = [Run(b"", node.start_byte, node.start_byte), *reader.runs(entries.get("source"))]
        runs += text
        at += sum(len(run.data) for run in text)
    language = reader.text(whole, "metadata", "language_info", "name")
    language = language or reader.text(whole, "metadata", "kernelspec", "language") or "python"
    return Notebook(file, cells, runs, language)


def usages_in_notebook(notebook: Notebook, budget: Budget, look: Look) -> list[Usage]:
    """Every usage in the cells, in order. Raises Unreadable for code in a language that is not read, and TooExpensive."""
    from propguard.lint.parts import usages_in_part

    found: list[Usage] = []
    for part, language in parts(notebook, lambda data: bool(places(data))):
        if language is None:
            raise Unreadable("the language of its cells is not one that is read")
        usages = usages_in_part(part, language, budget, look)
        found += without_marks(usages) if MARK.encode() in part.data else usages
    return sorted(found, key=lambda usage: usage.span.order)


class _Reader:
    """Reads the JSON of a notebook."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._scalars = Scalars(document)

    def entries(self, node: Node | None) -> dict[str, Node]:
        """The values of an object by their names; none for what is no object."""
        pairs = [] if node is None or node.type != "object" else node.named_children
        halves = [(pair.child_by_field_name("key"), pair.child_by_field_name("value")) for pair in pairs]
        return {self._scalars.label(key): value for key, value in halves if key is not None and value is not None}

    def text(self, entries: Mapping[str, Node], *names: str) -> str:
        """The string under these names, one below the other; empty where there is none."""
        *around, last = names
        for name in around:
            entries = self.entries(entries.get(name))
        node = entries.get(last)
        text = None if node is None else self._scalars.text(node)
        return "" if text is None else (text.known or "")

    def runs(self, node: Node | None) -> list[Run]:
        """The text of a cell: one string, or a list of its lines."""
        if node is None:
            return []
        strings = [node] if node.type == "string" else node.named_children
        return [run for string in strings if string.type == "string" for run in self._scalars.runs(string)]


def parts(notebook: Notebook, is_sought: Callable[[bytes], bool]) -> Iterator[tuple[Source, str | None]]:
    """Each part of a notebook whose text is sought, and its language; None for one that is not read."""
    shared: dict[str | None, list[Run]] = {}
    alone: list[_Code] = []
    for cell in notebook.cells:
        start, end = notebook.bounds(cell)
        if cell.kind == "markdown":
            alone.append(_Code("markdown", [Run(notebook.data[start:end], start, end)]))
        for code in _code(notebook, cell) if cell.kind == "code" else ():
            if code.is_shared:
                shared.setdefault(code.language, []).extend(code.runs)
            else:
                alone.append(code)
    for language, runs, _ in (*(_Code(language, runs) for language, runs in shared.items()), *alone):
        part = Derived(notebook, runs)
        if is_sought(part.data):
            yield part, language


def _code(notebook: Notebook, cell: Cell) -> Iterator[_Code]:
    """The code of a cell, magics left out, and what they hand to others."""
    data, (start, end) = notebook.data, notebook.bounds(cell)
    language = FENCES.get((cell.language or notebook.language).lower())
    magic = _CELL_MAGIC.match(data, start, end) if language == "python" else None
    if magic is not None:
        name, rest = magic[1].decode(), magic[2].decode("utf-8", "replace").split()
        start = magic.end()
        if name not in _SAME_LANGUAGE:
            if (other := _language_of_magic(name, rest)) is not None:
                yield _Code(other, [Run(data[start:end], start, end)])
            return
    runs = []
    for line in _LINE_MAGIC.finditer(data, start, end) if language == "python" else ():
        runs += [
            Run(data[start : line.start("magic")], start, line.start("magic")),
            Run(b"pass", line.start("magic"), line.end()),
        ]
        if line["sign"] != b"%":
            yield _Code("shell", list(_shell(data, *line.span("code"))))
        start = line.end()
    yield _Code(language, [*runs, Run(data[start:end], start, end), Run(b"\n", end, end)], is_shared=True)


def _language_of_magic(name: str, rest: Sequence[str]) -> str | None:
    """The language of a cell that begins with this magic; null for one that holds no code that is read."""
    if name in _WRITTEN:
        return language_of(rest[-1], b"") if rest else None
    return FENCES.get(rest[0] if name == "script" and rest else name)


def _shell(data: bytes, start: int, end: int) -> Iterator[Run]:
    """A command that is handed to the shell, a mark for each expression that is put into it before."""
    at = start
    for expression in _EXPRESSION.finditer(data, start, end):
        yield Run(data[at : expression.start()], at, expression.start())
        yield Run(MARK.encode(), expression.start(), expression.end())
        at = expression.end()
    yield Run(data[at:end], at, end)
