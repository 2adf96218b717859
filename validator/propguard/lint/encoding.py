"""The bytes of a file as text, and changed text as the bytes of that file.

The readers take UTF-8 with line feeds. A file in UTF-16 or UTF-32 is recognised by its byte order mark, or by the zeros that ASCII
has there; one in another encoding declares it, as in `# -*- coding: latin-1 -*-`.
"""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from propguard.lint.budget import Unreadable
from propguard.lint.languages import language_of

_WIDE = (
    (re.compile(re.escape(codecs.BOM_UTF32_LE)), "utf-32-le"),
    (re.compile(re.escape(codecs.BOM_UTF32_BE)), "utf-32-be"),
    (re.compile(re.escape(codecs.BOM_UTF16_LE)), "utf-16-le"),
    (re.compile(re.escape(codecs.BOM_UTF16_BE)), "utf-16-be"),
    (re.compile(rb"(?=(?:[\t\n\r -~]\x00\x00\x00){2})"), "utf-32-le"),
    (re.compile(rb"(?=(?:\x00\x00\x00[\t\n\r -~]){2})"), "utf-32-be"),
    (re.compile(rb"(?=(?:[\t\n\r -~]\x00){4})"), "utf-16-le"),
    (re.compile(rb"(?=(?:\x00[\t\n\r -~]){4})"), "utf-16-be"),
)
"""How files begin in the encodings of more than one byte: the mark is matched, what is only looked at is text."""

_DECLARED = re.compile(
    rb"(?:[ \t\f]*(?:#[^\r\n]*)?(?:\r\n|\r|\n))?[ \t\f]*#[^\r\n]*?coding[:=][ \t]*(?P<name>[-_.a-zA-Z0-9]+)"
)
"""In the first line or in the second, as PEP 263 has it; Ruby reads the same."""

_DECLARING = frozenset({"python", "ruby"})
_UTF_8 = re.compile(r"utf[-_]?8(?:[-_].*)?\Z", re.IGNORECASE)
_OF_EMACS = re.compile(r"-(?:unix|dos|mac)\Z", re.IGNORECASE)
_NOT_OF_FILES = frozenset({"idna", "punycode", "raw-unicode-escape", "undefined", "unicode-escape", "utf-7"})
"""Encodings of Python in which ASCII is not itself, or that take quadratic time."""

_LONE_RETURN = re.compile(rb"\r(?!\n)")


class Decoded(NamedTuple):
    """A file as text in UTF-8: `exact`, and with line feeds for its carriage returns, which changes no length, `data`.

    `mark` are the bytes of a byte order mark that the text is without.
    """

    data: bytes
    exact: bytes
    encoding: str = "utf-8"
    mark: bytes = b""

    def encoded(self, text: bytes) -> bytes | None:
        """Changed text in the encoding of the file; None where the encoding lacks one of its characters."""
        if self.encoding == "utf-8":
            return text
        try:
            return self.mark + text.decode().encode(self.encoding)
        except UnicodeError:
            return None


def decoded(path: str, content: bytes) -> Decoded:
    """The text of the file at `path`. Raises Unreadable where it is not in the encoding that it declares."""
    encoding, mark = _encoding_of(path, content)
    exact = content
    if encoding != "utf-8":
        exact = _text(content[len(mark) :], encoding).encode()
    data = _LONE_RETURN.sub(b"\n", exact) if b"\r" in exact else exact
    return Decoded(data, exact, encoding, mark)


def _encoding_of(path: str, content: bytes) -> tuple[str, bytes]:
    """The encoding of a file, and the mark that it begins with."""
    if content[:1] in {b"\xff", b"\xfe"} or b"\x00" in content[:4]:
        for beginning, encoding in _WIDE:
            match = beginning.match(content)
            if match is not None:
                return encoding, match[0]
    if b"coding" not in content[:1000] or content.startswith(codecs.BOM_UTF8):
        return "utf-8", b""
    declared = _DECLARED.match(content) if language_of(path, content[:200]) in _DECLARING else None
    return ("utf-8", b"") if declared is None else (_declared(declared, content), b"")


def _declared(match: re.Match[bytes], content: bytes) -> str:
    written = match["name"].decode()
    name = _OF_EMACS.sub("", written)
    if _UTF_8.match(name):
        return "utf-8"
    try:
        name = codecs.lookup(name).name
        is_known = name not in _NOT_OF_FILES and written in content[: match.end()].decode(name)
    except (LookupError, UnicodeError):
        is_known = False
    if not is_known:
        raise Unreadable(f"it declares the encoding `{written}`, which is not one that is read; save it as UTF-8")
    return name


def _text(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeError:
        raise Unreadable(f"its text is not in its encoding, {encoding}; save it as UTF-8") from None
