"""The comments of a file that suppress findings: where they stand, what they cover, and how they are taken out."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from propguard.lint.budget import Budget, TooExpensive
from propguard.lint.configuration import prepared
from propguard.lint.configuration.reader import DEEPEST, ConfigurationReader
from propguard.lint.directive import MARK, directive_at
from propguard.lint.languages import language_of
from propguard.lint.languages.grammars import grammar_of
from propguard.lint.languages.markdown import all_fences, fences
from propguard.lint.notebook import parts
from propguard.lint.parse import parse
from propguard.lint.parts import of_ranges
from propguard.lint.read import LARGEST, is_binary
from propguard.lint.source import BOM

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tree_sitter import Node

    from propguard.lint.directive import Directive
    from propguard.lint.document import Document
    from propguard.lint.source import Source

_MOST = 1_000
"""How many suppressions one file may hold."""

_BLANK = re.compile(rb"\s*")
_MARGIN = re.compile(rb"[\s>$.]*")
"""In Markdown, where also the marks of quotations and prompts may stand before a comment that has its line for itself."""

_NESTED = re.compile(rb"[ \t]+(?:#|//)[ \t]*\Z")
_OPENER = re.compile(rb"[ \t]+(#|//)")
_WORD = re.compile(rb"\w")
_PROSE = ((b"<!--", b"-->"), (b"{/*", b"*/}"))
"""How comments begin and end between the fences of Markdown and MDX."""

_ANY_OPENER = re.compile(rb"(?:#|//|--|;|%|/\*|<!--|\bREM)[ \t*!]*\Z")
"""The signs by which comments begin, where the language is not known."""

_LONGEST = 2_000
_WHOLE_FILE = range(1, 1 << 62)


class Comment(NamedTuple):
    """A directive in a comment, the lines (from 1) whose findings it suppresses, and what taking it out replaces.

    Its bytes are those of `source`. The lines are those of a notebook's `cell`, where it is about one. `removal` is the bytes from, to, and what comes in their place; null where the comment says more than the directive
    in a way that cannot be parted.
    """

    directive: Directive
    lines: range
    removal: tuple[int, int, bytes] | None
    source: Source
    cell: int | None = None


def comments_in(source: Source) -> list[Comment]:
    """Every comment of `source` that suppresses findings. Raises Unreadable."""
    data = source.data
    if len(data) > LARGEST or is_binary(data):
        return []
    if sum(1 for _ in islice(MARK.finditer(data), _MOST + 1)) > _MOST:
        raise TooExpensive(f"it holds more than {_MOST} comments that suppress findings")
    language = language_of(source.path, data[:200])
    return list(_unread(source) if language is None else _in_part(source, language, Budget(len(data))))


def _in_part(
    source: Source, language: str, budget: Budget, *, is_fence: bool = False, label: str = "", depth: int = 0
) -> Iterator[Comment]:
    """The comments of a text in one language, be it a file or a part of one, and of the texts within it.

    A configuration stands under `label` in another one, in `depth` strings.
    """
    marks = list(MARK.finditer(source.data))
    if not marks:
        return
    if language == "notebook":
        for part, of_part in parts(source.notebook(), lambda data: MARK.search(data) is not None):
            if of_part is not None:
                yield from _in_part(part, of_part, budget)
    elif language == "markdown":
        yield from _in_markdown(source, marks, budget)
    elif grammar_of(language).strings:
        document = parse(prepared(source, language), grammar_of(language), budget)
        marks = list(MARK.finditer(document.source.data))
        yield from _Reader(document, is_fence=is_fence).comments(marks)
        reader = ConfigurationReader(document, depth, [mark.start() for mark in marks])
        for code in reader.embedded(label) if depth < DEEPEST else ():
            yield from _in_part(
                code.source, code.language, budget, is_fence=is_fence, label=code.label, depth=depth + 1
            )
    else:
        yield from _Reader(parse(source, grammar_of(language), budget), is_fence=is_fence).comments(marks)


def _in_markdown(source: Source, marks: Sequence[re.Match[bytes]], budget: Budget) -> Iterator[Comment]:
    for language, ranges in fences(source.data, [mark.start() for mark in marks]):
        grammar = grammar_of(language)
        if grammar.strings:
            yield from _in_part(of_ranges(source, ranges), language, budget, is_fence=True)
        else:
            yield from _Reader(parse(source, grammar, budget, ranges), is_fence=True).comments(marks)
    yield from _in_prose(source, marks)


def _unread(source: Source) -> Iterator[Comment]:
    """The comments of a file in a language that is not read, by the signs that begin comments in most of them."""
    data = source.data
    for mark in MARK.finditer(data):
        start, end = _start_of_line(data, mark.start()), _end_of_line(data, mark.end())
        directive = directive_at(data, mark, end) if _ANY_OPENER.search(data, start, mark.start()) else None
        if directive is not None:
            line = _line(source, mark.start())
            is_of_file = directive.suppression.is_of_file
            yield Comment(directive, _WHOLE_FILE if is_of_file else range(line, line + 2), None, source)


class _Place(NamedTuple):
    """The bytes of a comment, with the braces that it needs in JSX."""

    start: int
    end: int
    node: Node | None = None


class _Reader:
    """Reads the suppressions in one document."""

    def __init__(self, document: Document, *, is_fence: bool) -> None:
        self._document = document
        self._data = document.source.data
        self._blank = _MARGIN if is_fence else _BLANK
        self._code_after: dict[int, int | None] = {}
        self._strings = document.grammar.plain | document.grammar.verbatim

    def comments(self, marks: Sequence[re.Match[bytes]]) -> Iterator[Comment]:
        for mark in marks:
            self._document.budget.check()
            place = self._comment_at(mark.start())
            if place is not None:
                comment = self._comment(mark, place)
                if comment is not None:
                    yield comment

    def _comment_at(self, offset: int) -> _Place | None:
        """The comment that the byte at `offset` belongs to."""
        document = self._document
        node = document.node_at(offset, offset + 1)
        if node is not None and node.type == "jsx_expression" and node.named_child_count == 1:
            node = node.named_children[0]
        while node is not None and not ("comment" in node.type and node.type in document.grammar.comments):
            node = node.parent if "comment" in node.type else None
        if node is None or (node.start_byte == 0 and self._data.startswith(b"#!")):
            return None
        around = node.parent
        if around is not None and around.type == "jsx_expression" and around.named_child_count == 1:
            node = around
        end = node.end_byte
        while self._data[end - 1 : end] in {b"\n", b"\r"}:  # some grammars count the end of the line to a comment
            end -= 1
        return _Place(node.start_byte, end, node)

    def _comment(self, mark: re.Match[bytes], place: _Place) -> Comment | None:
        data = self._data
        source, directive = self._document.source, _directive(data, mark, place)
        if directive is None:
            return None
        line_start, line_end = _start_of_line(data, place.start), _end_of_line(data, place.end)
        leads = self._blank.fullmatch(data, line_start, place.start) is not None
        trails = _BLANK.fullmatch(data, place.end, line_end) is not None
        if directive.suppression.is_of_file:
            lines = _WHOLE_FILE
        elif leads and trails:
            code = self._next_code(place.end)
            is_near = code is not None and _cell(source, code) == _cell(source, place.start)
            lines = self._statement(code) if code is not None and is_near else range(0)
        else:
            lines = self._statement(place.end if leads else place.start)
        return _comment(source, directive, place, lines, self._blank)

    def _next_code(self, offset: int) -> int | None:
        """The first byte of code behind the comment that ends at `offset`, null where there is none."""
        passed: list[int] = []
        position: int | None = offset
        while position is not None and position not in self._code_after:
            passed.append(position)
            blank = self._blank.match(self._data, position)
            position = blank.end() if blank is not None else position
            if position >= self._document.root.end_byte:
                position = None
                break
            comment = self._comment_at(position)
            if comment is None:
                break
            position = comment.end
        found = self._code_after.get(position, position) if position is not None else None
        self._code_after.update(dict.fromkeys(passed, found))
        return found

    def _statement(self, offset: int) -> range:
        """The lines that belong to the line of `offset`: what a backslash or a string that goes on joins to it."""
        data, first, last = self._data, offset, offset
        newline = data.find(b"\n", last)
        while newline >= 0 and (joined := self._joined(newline)) is not None:
            last = joined[1]
            newline = data.find(b"\n", last)
        newline = data.rfind(b"\n", 0, first)
        while newline >= 0 and (joined := self._joined(newline)) is not None:
            first = joined[0]
            newline = data.rfind(b"\n", 0, first)
        first, last = min(first, _start_of_line(data, first)), max(last, _end_of_line(data, last) - 1)
        return range(_line(self._document.source, first), _line(self._document.source, last) + 1)

    def _joined(self, newline: int) -> tuple[int, int] | None:
        """The bytes before and behind what joins two lines at `newline`; null where nothing does."""
        self._document.budget.check()
        grammar = self._document.grammar
        node = self._document.node_at(newline, newline + 1)
        while node is not None and node.type not in grammar.interpolations:
            if node.type in self._strings or "heredoc" in node.type:
                if node.start_byte < newline and newline + 1 < node.end_byte:
                    return node.start_byte, node.end_byte
                break
            node = node.parent if node.type in grammar.content or node.child_count == 0 else None
        before = newline - 1 - self._data.startswith(b"\r\n", newline - 1)
        return (before, newline + 1) if self._data[before : before + 1] == b"\\" else None


def _comment(source: Source, directive: Directive, place: _Place, lines: range, blank: re.Pattern[bytes]) -> Comment:
    """A comment of `source`, brought to where it can be changed."""
    home, start, end = source.home(place.start, place.end)
    first, last = source.home(directive.start, directive.end)[1:]
    names = None if directive.names is None else source.home(*directive.names)[1:]
    stop = source.home(directive.start, directive.stop)[2]
    directive = directive._replace(start=first, end=last, stop=stop, names=names)
    leads = blank.fullmatch(home.data, _start_of_line(home.data, start), start) is not None
    trails = _BLANK.fullmatch(home.data, end, _end_of_line(home.data, end)) is not None
    removal = _removal(home.data, directive, place._replace(start=start, end=end), leads=leads, trails=trails)
    cell = None if directive.suppression.is_of_file else _cell(source, place.start)
    return Comment(directive, lines, removal, home, cell)


def _directive(data: bytes, mark: re.Match[bytes], place: _Place) -> Directive | None:
    """The directive at `mark`, where it begins the comment, a line of it, or a comment in the comment."""
    start = max(place.start, _start_of_line(data, mark.start()))
    if _WORD.search(data, start, mark.start()) and not _NESTED.search(
        data, max(start, mark.start() - 20), mark.start()
    ):
        return None
    return directive_at(data, mark, min(place.end, _end_of_line(data, mark.end())))


def _removal(
    data: bytes, directive: Directive, place: _Place, *, leads: bool, trails: bool
) -> tuple[int, int, bytes] | None:
    """`leads` and `trails` tell that nothing but blanks stands before and behind the comment on its lines."""
    if _WORD.search(data, place.start, directive.start):
        nested = _NESTED.search(data, max(place.start, directive.start - 20), directive.start)
        return None if nested is None else (nested.start(), directive.stop, b"")
    if _WORD.search(data, directive.stop, place.end):
        rest = _OPENER.match(data, directive.stop, place.end)
        other = rest is not None and data.startswith(rest[1], place.start)
        return (place.start, rest.start(1), b"") if rest is not None and other else None
    in_markup = place.node is not None and place.node.type == "jsx_expression"
    if leads and trails:
        if in_markup and _parts_text(place.node):
            return None
        end = _end_of_line(data, place.end)
        return _start_of_line(data, place.start), min(end + 1, len(data)), b""
    if in_markup:  # blanks around it are text
        return place.start, place.end, b""
    if trails:
        line = data[_start_of_line(data, place.start) : place.start]
        return place.start - len(line) + len(line.rstrip()), place.end, b""
    if b"\n" in data[place.start : place.end]:  # in some languages it ends a statement
        return None
    around = data[place.start - 1 : place.start], data[place.end : place.end + 1]
    return place.start, place.end, b"" if any(not side.strip() for side in around) else b" "


def _parts_text(node: Node | None) -> bool:
    """Whether text stands before and behind `node`, which would run together without it."""
    beside = () if node is None else (node.prev_sibling, node.next_sibling)
    return all(other is not None and other.type == "jsx_text" and (other.text or b"").strip() for other in beside)


def _in_prose(source: Source, marks: Sequence[re.Match[bytes]]) -> Iterator[Comment]:
    """The suppressions in comments between the fences of Markdown: each is about the fence that follows it."""
    data = source.data
    all_code = list(all_fences(data))
    starts = [fence.start for fence in all_code]
    for mark in marks:
        number = bisect_right(starts, mark.start())
        place = None if number and mark.start() < all_code[number - 1].end else _comment_in_prose(data, mark.start())
        directive = None if place is None else _directive(data, mark, place)
        if place is None or directive is None:
            continue
        following = all_code[number] if number < len(all_code) else None
        if directive.suppression.is_of_file:
            lines = _WHOLE_FILE
        elif following is not None and _end_of_line(data, _behind_comments(data, place.end)) == following.start - 1:
            last = max(following.start, following.end - 1)
            lines = range(_line(source, following.start), _line(source, last) + 1)
        else:
            lines = range(0)
        yield _comment(source, directive, place, lines, _MARGIN)


def _comment_in_prose(data: bytes, offset: int) -> _Place | None:
    """The comment around `offset` that has its lines for itself, be it of HTML or of MDX."""
    for opening, closing in _PROSE:
        start = data.rfind(opening, max(0, offset - _LONGEST), offset)
        end = data.find(closing, max(start, 0), offset + _LONGEST)
        if start >= 0 and offset < end:
            end += len(closing)
            leads = _MARGIN.fullmatch(data, _start_of_line(data, start), start)
            if leads and _BLANK.fullmatch(data, end, _end_of_line(data, end)):
                return _Place(start, end)
    return None


def _behind_comments(data: bytes, offset: int) -> int:
    """The first byte behind `offset` that is no blank, no margin, and in no further comment."""
    while True:
        blank = _MARGIN.match(data, offset)
        offset = offset if blank is None else blank.end()
        closing = next((closing for opening, closing in _PROSE if data.startswith(opening, offset)), None)
        end = -1 if closing is None else data.find(closing, offset, offset + _LONGEST)
        if closing is None or end < 0:
            return offset
        offset = end + len(closing)


def _start_of_line(data: bytes, offset: int) -> int:
    start = data.rfind(b"\n", 0, offset) + 1
    return len(BOM) if start == 0 and data.startswith(BOM) else start


def _end_of_line(data: bytes, offset: int) -> int:
    end = data.find(b"\n", offset)
    return len(data) if end < 0 else end


def _cell(source: Source, offset: int) -> int | None:
    return source.span(offset, offset).cell


def _line(source: Source, offset: int) -> int:
    return source.span(offset, offset).line
