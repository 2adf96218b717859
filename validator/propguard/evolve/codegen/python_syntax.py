"""Pieces of Python source, laid out as formatters leave them: literals, comments, docstrings, lists in brackets.

No text can end the literal, comment or docstring that it stands in, and what does not show is written as an escape.
"""

from __future__ import annotations

import textwrap
import unicodedata
from typing import TYPE_CHECKING

from propguard.model.text import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

WIDTH = 88
"""Characters of a line, as black and ruff format by default; what is broken there stays so in wider ones."""

_INDENT = "    "


def quoted(text: str) -> str:
    """A literal that is this text, in those quotes that need fewer escapes."""
    quote = "'" if text.count('"') > text.count("'") else '"'
    return quote + "".join(_escaped(character, quote) for character in text) + quote


def _escaped(character: str, quote: str) -> str:
    code = ord(character)
    if character in ("\\", quote):
        return f"\\{character}"
    if visible(character) == character and (character.isprintable() or character == " "):
        return character
    short = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}.get(character)
    return short or (f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}")


def comment(text: str) -> str:
    """A comment of one line."""
    return f"# {visible(' '.join(text.split()))}"


def docstring(paragraphs: Iterable[str], depth: int) -> str:
    """A docstring, wrapped, at `depth` indents; its first paragraph may be longer than a line."""
    indent = _INDENT * depth
    texts = [_prose(paragraph) for paragraph in paragraphs]
    wrapped = [_wrapped(text, indent) for text in texts if text]
    whole = "\n\n".join(wrapped).removeprefix(indent)
    if "\n" not in whole and columns(f'{indent}"""{whole}"""') <= WIDTH:
        return f'{indent}"""{whole}"""'
    return f'{indent}"""{whole}\n{indent}"""'


def _prose(text: str) -> str:
    """Text in which nothing ends a docstring or begins an escape; blanks are one space."""
    plain = visible(" ".join(text.split())).replace("\\", "\\\\").replace('"""', '\\"\\"\\"')
    plain = f"{plain[:-1]}\\{plain[-1]}" if plain.endswith('"') and not plain.endswith('\\"') else plain
    return f"{plain} " if plain.endswith("\\") else plain


def _wrapped(text: str, indent: str) -> str:
    lines = textwrap.wrap(
        text,
        WIDTH - 8,  # so that the quotes fit, wherever they stand
        initial_indent=indent,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return "\n".join(lines)


def columns(line: str) -> int:
    """How wide a line is shown: what East Asian scripts write wide counts as two, as it does for formatters."""
    if line.isascii():
        return len(line)
    return len(line) + sum(unicodedata.east_asian_width(character) in "WF" for character in line)


def bracketed(start: str, parts: Sequence[str], end: str, depth: int = 0) -> str:
    """`start`, the parts and `end` in one line, or where that is too long with a line and a comma for each part."""
    indent = _INDENT * depth
    line = f"{indent}{start}{', '.join(parts)}{end}"
    if columns(line) <= WIDTH:
        return line
    comma = "" if len(parts) == 1 and start.endswith("Literal[") else ","  # one part and a comma would be a tuple
    inner = "".join(f"{indent}{_INDENT}{part}{comma}\n" for part in parts)
    return f"{indent}{start}\n{inner}{indent}{end}"
