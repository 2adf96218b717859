"""Text of others in Markdown: it reads as it was written, and is never markup, whichever flavour renders it.

A backslash stands before what all flavours take one before; the rest is a character reference, which none takes for markup.
"""

from __future__ import annotations

import re

from propguard.model.text import visible

_MARKUP = re.compile(r"[\\`*\[\]#<>&|~${}]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])")
_BACKSLASHED = frozenset("\\`*_[]#")
_AT_THE_START = re.compile(r"[-+=:!]|[0-9]+(?=[.)])")
"""What begins a list, a rule, a heading or a block of some flavour, though nowhere else."""

_NEEDS_REFERENCES = re.compile(r"[`|]")
_IN_CODE_ELEMENT = re.compile(r"""[^A-Za-z0-9 .,;/()-]""", re.ASCII)


def sentence(text: str) -> str:
    """Text within a line, in which what stands between ticks is code."""
    parts = " ".join(text.split()).split("`")
    if len(parts) % 2 == 0 or not all(part.strip() for part in parts[1::2]):
        return plain(text)
    return "".join(code(part) if number % 2 else _escaped(part) for number, part in enumerate(parts) if part)


def plain(text: str) -> str:
    """Text within a line, its blanks as one space."""
    return _escaped(" ".join(text.split()))


def paragraphs(text: str) -> list[str]:
    """Text with its paragraphs, each a line of its own that begins no list, rule or block."""
    return [_begun(sentence(part), part.lstrip()) for part in re.split(r"\n[ \t\r]*\n", text) if part.strip()]


def code(text: str) -> str:
    """Text as code, in a line of its own or among others."""
    shown = visible(text)
    if not shown.strip():
        return element(text)
    fence = "`" * (1 + max((len(run) for run in re.findall("`+", shown)), default=0))
    pad = " " if shown[0] in " `" or shown[-1] in " `" else ""
    return f"{fence}{pad}{shown}{pad}{fence}"


def code_in_cell(text: str) -> str:
    """Text as code in the cell of a table, where no bar may stand: one that would hold some becomes an element."""
    return element(text) if _NEEDS_REFERENCES.search(text) else code(text)


def element(text: str) -> str:
    """Text as an element of code, each character of which that may mean something is a reference."""
    shown = visible(text)
    references = _IN_CODE_ELEMENT.sub(_reference, shown)
    return f"<code>{references}</code>"


def _escaped(text: str) -> str:
    return _MARKUP.sub(
        lambda match: _backslashed(match) if match[0] in _BACKSLASHED else _reference(match), visible(text)
    )


def _begun(shown: str, raw: str) -> str:
    """A line whose beginning is none of a list, a rule or a block."""
    start = _AT_THE_START.match(raw)
    if start is None:
        return shown
    if start[0].isdigit():
        return f"{start[0]}&#{ord(raw[start.end()])};{shown[start.end() + 1 :]}"
    return f"&#{ord(start[0])};{shown[1:]}"


def _backslashed(match: re.Match[str]) -> str:
    return f"\\{match[0]}"


def _reference(match: re.Match[str]) -> str:
    return f"&#{ord(match[0])};"
