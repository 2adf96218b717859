"""Where in a page the catalogue stands: between two lines, and nothing outside of them is touched."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from propguard.errors import UsageError
from propguard.evolve.catalogue.page import catalogue
from propguard.evolve.markdown import plain

if TYPE_CHECKING:
    from propguard.model.schema import PropertySchema

BEGIN = "<!-- propguard:begin -->"
END = "<!-- propguard:end -->"

_LINE = re.compile(rb"[^\n]*\n|[^\n]+")
_HEADING = re.compile(rb" {0,3}(#{1,6})[ \t]")
_FENCE = re.compile(rb" {0,3}(`{3,}|~{3,})")


def new_page(schema: PropertySchema) -> bytes:
    """A page that holds the catalogue and a heading, which belongs to whoever edits the page."""
    heading = f"# Properties of {plain(schema.name)}\n\n{BEGIN}\n{END}\n"
    return inserted(schema, heading.encode(), "the page")


def inserted(schema: PropertySchema, page: bytes, name: str) -> bytes:
    """`page` with the catalogue between its two lines, with the line ends that the first of them has, its headings one level
    below the one that it stands under.

    Raises UsageError where the page, called `name`, does not have each of the two lines once and in their order; those within
    a block of code do not count.
    """
    start = end = 0
    level = position = 0
    fence = newline = b""
    found: list[str] = []
    for line in _LINE.findall(page):
        text = line.strip().removeprefix(b"\xef\xbb\xbf")
        fence, was_inside = _fence_after(fence, line), bool(fence)
        heading = _HEADING.match(line)
        if was_inside or fence:
            pass
        elif text == BEGIN.encode():
            found.append(BEGIN)
            start, newline = position + len(line), b"\r\n" if line.endswith(b"\r\n") else b"\n"
        elif text == END.encode():
            found.append(END)
            end = position
        elif heading is not None and not found:
            level = len(heading[1])
        position += len(line)
    if found != [BEGIN, END]:
        raise UsageError(f"{name} has to have a line `{BEGIN}` and after it a line `{END}`, each once; {_said(found)}")
    made = catalogue(schema, level).encode("utf-8", "backslashreplace").replace(b"\n", newline)
    return page[:start] + made + page[end:]


def _fence_after(fence: bytes, line: bytes) -> bytes:
    """The fence of the block of code that goes on after `line`, empty for none."""
    match = _FENCE.match(line)
    if match is None:
        return fence
    if not fence:
        return match[1]
    closes = match[1].startswith(fence) and not line[match.end() :].strip(b" \t\r\n" + fence[:1])
    return b"" if closes else fence


def _said(found: list[str]) -> str:
    if not found:
        return "it has none of them; add them where the catalogue is to stand"
    return f"it has {' '.join(f'`{line}`' for line in found[:4])}"
