"""What may be put between the quotes of a literal as it stands, and which quotes a new literal gets."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from propguard.lint.source import Source
    from propguard.model.usage import Usage

_PLAIN = re.compile(r"[\w .:/@+-]*\Z", re.ASCII)
"""Text that stands in any string literal of any language as it is."""

_WORD = re.compile(r"[\w.:/@+-]*\Z", re.ASCII)
"""Text that is one word of a shell, with quotes around it or without."""

_BARE_YAML = re.compile(
    r"(?!(?:true|false|yes|no|on|off|y|n|null)\Z)[a-z][\w./+-]*(?: [\w./+-]+)*\Z|[A-Za-z][\w.-]*\Z",
    re.ASCII | re.IGNORECASE,
)
"""Text that is a string in YAML with quotes and without."""

_PLAIN_BETWEEN_QUOTES = re.compile(r"[\w .:/@+,;|=()!?~*^\[\]-]*\Z", re.ASCII)
"""Text that stands as it is wherever a literal always has quotes: no quote, backslash or brace, no `$`, `#`, `%`, `&`."""

_ALWAYS_QUOTED = frozenset({"python", "javascript", "typescript", "tsx"})
_WITH_EITHER_QUOTE = _ALWAYS_QUOTED
_FARTHEST = 500


def stands_as_it_is(text: str, language: str) -> bool:
    """Whether `text` can take the place of what stands in a literal, with nothing in it that would need an escape."""
    if language == "shell":
        return _WORD.match(text) is not None
    if language == "yaml":
        return _BARE_YAML.match(text) is not None
    return (_PLAIN_BETWEEN_QUOTES if language in _ALWAYS_QUOTED else _PLAIN).match(text) is not None


def quote_beside(source: Source, usage: Usage) -> str:
    """The quote that the key of `usage` is written in; where that cannot be seen, the one that the file uses more."""
    if usage.language not in _WITH_EITHER_QUOTE:
        return '"'
    if usage.key_edit is not None and usage.key_edit.cell is None:
        start = source.offset(usage.key_edit.line, usage.key_edit.column)
        before = source.data[max(0, start - _FARTHEST) : start]
        single, double = before.rfind(b"'"), before.rfind(b'"')
        if single != double:
            return "'" if single > double else '"'
    return "'" if source.data.count(b"'") > source.data.count(b'"') else '"'
