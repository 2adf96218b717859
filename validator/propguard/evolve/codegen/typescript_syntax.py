"""Pieces of TypeScript source: literals, comments, documentation. No text can end the one that it stands in."""

from __future__ import annotations

import re
import textwrap
from typing import TYPE_CHECKING

from propguard.model.text import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

WIDTH = 80
"""Characters of a line, as prettier formats by default."""

_IDENTIFIER = re.compile(r"[A-Za-z_][A-Za-z0-9_]*\Z")


def quoted(text: str) -> str:
    """A literal that is this text; half of a surrogate pair, too, has an escape here."""
    return '"' + "".join(map(_escaped, text)) + '"'


def _escaped(character: str) -> str:
    code = ord(character)
    if character in '\\"':
        return f"\\{character}"
    if visible(character) == character:
        return character
    short = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}.get(character)
    if short or code < 0x10000:
        return short or f"\\u{code:04x}"
    return f"\\u{{{code:x}}}"


def member(name: str) -> str:
    """The name of a member, in quotes where it needs them."""
    return name if _IDENTIFIER.match(name) else quoted(name)


def own_member(name: str) -> str:
    """The name of a member of an object that is made: `__proto__` must be computed, or it would be no member."""
    return f'["{name}"]' if name == "__proto__" else member(name)


def comment(text: str) -> str:
    """A comment of one line."""
    return f"// {visible(' '.join(text.split()))}"


def documentation(paragraphs: Iterable[str], depth: int, deprecated: str | None = None) -> str:
    """A documentation comment, wrapped; what is `deprecated` is struck out by editors."""
    texts = [_prose(paragraph) for paragraph in paragraphs if paragraph.strip()]
    texts += [f"@deprecated {_prose(deprecated)}".rstrip()] if deprecated is not None else []
    indent = "  " * depth
    if len(texts) == 1 and len(f"{indent}/** {texts[0]} */") <= WIDTH:
        return f"{indent}/** {texts[0]} */"
    lines = [line for text in texts for line in ("", *_wrapped(text, indent))]
    body = "".join(f"{indent} * {line}".rstrip() + "\n" for line in lines[1:])
    return f"{indent}/**\n{body}{indent} */"


def _prose(text: str) -> str:
    """Text in which nothing ends a comment or is a tag of one; blanks are one space."""
    plain = visible(" ".join(text.split())).replace("*/", "*\\/")
    return re.sub(r"(^|[\s{])@(?=\w)", r"\1\\@", plain)


def _wrapped(text: str, indent: str) -> list[str]:
    return textwrap.wrap(text, WIDTH - len(indent) - 3, break_long_words=False, break_on_hyphens=False)


def bracketed(start: str, parts: Sequence[str], end: str, depth: int = 0) -> str:
    """`start`, the parts and `end` in one line, or where that is too long with a line and a comma for each part."""
    indent = "  " * depth
    line = f"{indent}{start}{', '.join(parts)}{end}"
    if len(line) <= WIDTH and "\n" not in line:
        return line
    inner = "".join(f"{indent}  {part},\n" for part in parts)
    return f"{indent}{start}\n{inner}{indent}{end}"
