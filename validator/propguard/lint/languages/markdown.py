"""Markdown and MDX: which parts of a file are code, and in which language.

Fences are found by their lines, as MDX has them at any depth of its elements, where CommonMark sees indented text.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tree_sitter import Point, Range

from propguard.lint.languages.grammars import FENCES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_OPENING = re.compile(
    rb"^(?P<lead>[ \t]*(?:(?:>|[-*+][ \t]|\d{1,9}[.)][ \t])[ \t]*)*)(?:(?P<ticks>`{3,}(?=[^`\n]*$)|~{3,})(?P<info>[^\n]*)|<!--)",
    re.MULTILINE,
)
_UNQUOTED = re.compile(rb"^(?![ \t]*>)", re.MULTILINE)
_PROMPTS = {
    "elixir": rb"(?:iex|\.\.\.)(?:\(\d+\))?> ",
    "python": rb"(?:>>>|\.\.\.) ",
    "ruby": rb"(?:irb[^>\n]*>|>>) ",
    "shell": rb"[$>] ",
}
"""What stands before typed code where a fence shows a session, and so is no part of it."""


@dataclass(frozen=True, slots=True)
class Fence:
    """A fence: the words behind its ticks, the bytes of its code, and a pattern of what each of its lines begins with."""

    info: str
    start: int
    end: int
    margin: bytes


def fences(data: bytes, hits: Sequence[int]) -> Iterator[tuple[str, list[Range]]]:
    """The language and the parts of each fence in which one of `hits` lies, in a language that is read.

    `hits` are in the order of the text. The marks of quotations, the indentation and prompts are no part of the code.
    """
    line, counted = 0, 0
    for fence in all_fences(data):
        language = FENCES.get(_language(fence.info))
        first_hit = bisect_left(hits, fence.start)
        if language is not None and first_hit < len(hits) and hits[first_hit] < fence.end:
            line += data.count(b"\n", counted, fence.start)
            counted = fence.start
            yield language, list(_parts(data, fence, line, _PROMPTS.get(language)))


def all_fences(data: bytes) -> Iterator[Fence]:
    """Every fence, in the order of the text; what a comment hides is none."""
    position = 0
    while (opening := _OPENING.search(data, position)) is not None:
        if opening["ticks"] is None:
            end = data.find(b"-->", opening.end())
            position = len(data) if end < 0 else end
            continue
        start = min(opening.end() + 1, len(data))
        end, position = _end_of(opening, data, start)
        yield Fence(opening["info"].decode("utf-8", "replace"), start, end, _margin(opening["lead"]))


def _end_of(opening: re.Match[bytes], data: bytes, start: int) -> tuple[int, int]:
    """Where the code ends, and where the search for the next fence begins.

    A fence that nothing closes goes on to the end of its quotation, or of the file.
    """
    last = len(data)
    if b">" in opening["lead"]:
        outside = _UNQUOTED.search(data, start)
        last = last if outside is None else outside.start()
    ticks = opening["ticks"]
    closing = re.compile(rb"^[ \t>]*%b{%d,}[ \t\r]*$" % (ticks[:1], len(ticks)), re.MULTILINE).search(data, start, last)
    return (last, last) if closing is None else (closing.start(), closing.end())


def _margin(lead: bytes) -> bytes:
    """What a line may begin with in a fence whose first line begins with `lead`: as many marks, as much indentation."""
    indentation = lead.rpartition(b">")[2]
    return rb"(?:[ \t]*>){0,%d}[ \t]{0,%d}" % (lead.count(b">"), len(indentation))


def _language(info: str) -> str:
    """The first word of the info string, without the braces and attributes that some tools put around it."""
    return re.split(r"[\s{},:]", info.strip().lstrip("{."), maxsplit=1)[0].lower()


def _parts(data: bytes, fence: Fence, line: int, prompt: bytes | None) -> Iterator[Range]:
    """The code of a fence that begins on `line`: the bytes of its lines, each without its margin."""
    pattern = re.compile(fence.margin)
    if prompt is not None and re.compile(fence.margin + prompt).match(data, fence.start, fence.end):
        pattern = re.compile(fence.margin + rb"(?:%b)?" % prompt)
    start = fence.start
    while start < fence.end:
        newline = data.find(b"\n", start, fence.end)
        margin = pattern.match(data, start, fence.end if newline < 0 else newline)
        begin = start if margin is None else margin.end()
        if newline < 0:
            yield Range(Point(line, begin - start), Point(line, fence.end - start), begin, fence.end)
            return
        yield Range(Point(line, begin - start), Point(line + 1, 0), begin, newline + 1)
        line, start = line + 1, newline + 1
