"""Backslash escapes of string literals, as each language reads them: a table of dialects."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

_C = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f", "v": "\v", "a": "\a"}
_SURROGATE = re.compile("[\ud800-\udfff]")
_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_BYTE = 0xDC00
"""Where the bytes of an encoding begin among the characters, as Python has it for names of files."""

_HEX, _WIDE, _LINE = "(?P<hex>[0-9A-Fa-f]{2})", "(?P<wide>[0-9A-Fa-f]{8})", r"(?P<line>\r?\n)"
_UNICODE = "u(?P<four>[0-9A-Fa-f]{4})"
_BRACES = r"u\{(?P<braces>[0-9A-Fa-f]{1,6})\}"


class Dialect(NamedTuple):
    """The escapes of one language: which there are besides those of one character, and what those stand for.

    One that means nothing stands for its character, or where the language `keeps` them for itself with its backslash. Where
    they give `bytes`, hexadecimal and octal ones are bytes of UTF-8.
    """

    pattern: re.Pattern[str]
    singles: Mapping[str, str] = _C
    keeps: bool = False
    bytes: bool = False


def _escape(*forms: str) -> re.Pattern[str]:
    return re.compile(rf"\\(?:{'|'.join((*forms, '(?P<single>.)'))})", re.DOTALL)


_OCTAL = "(?P<octal>[0-7]{1,3})"
PLAIN = Dialect(_escape(f"x{_HEX}", _BRACES, _UNICODE, f"U{_WIDE}", _OCTAL, _LINE))
"""What most languages have in common."""

PYTHON = Dialect(
    _escape(f"x{_HEX}", _UNICODE, f"U{_WIDE}", r"N\{(?P<name>[^{}]+)\}", _OCTAL, _LINE),
    {**_C, "\\": "\\", "'": "'", '"': '"'},
    keeps=True,
)
PYTHON_BYTES = Dialect(_escape(f"x{_HEX}", _OCTAL, _LINE), PYTHON.singles, keeps=True, bytes=True)
JAVASCRIPT = Dialect(
    _escape(
        f"x{_HEX}", _BRACES, _UNICODE, "(?P<octal>[0-3][0-7]{0,2}|[4-7][0-7]?)", "(?P<line>\r\n|[\r\n\u2028\u2029])"
    ),
    {name: meaning for name, meaning in _C.items() if name != "a"},
)
GO = Dialect(_escape(f"x{_HEX}", _UNICODE, f"U{_WIDE}", "(?P<octal>[0-3][0-7]{2})"), bytes=True)
RUST = Dialect(
    _escape(f"x{_HEX}", r"u\{(?P<braces>[0-9A-Fa-f]{1,6})\}", r"(?P<line>\r?\n\s*)"),
    {"n": "\n", "r": "\r", "t": "\t", "0": "\0"},
    bytes=True,
)
KOTLIN = Dialect(_escape(_UNICODE), {"n": "\n", "r": "\r", "t": "\t", "b": "\b"})
RUBY = Dialect(
    _escape(
        "x(?P<hex>[0-9A-Fa-f]{1,2})",
        r"u\{(?P<braces>[0-9A-Fa-f \t]+)\}",
        _UNICODE,
        _OCTAL,
        _LINE,
    ),
    {**_C, "e": "\x1b", "s": " "},
    bytes=True,
)
PHP = Dialect(
    _escape("x(?P<hex>[0-9A-Fa-f]{1,2})", _BRACES, _OCTAL),
    {"n": "\n", "r": "\r", "t": "\t", "f": "\f", "v": "\v", "e": "\x1b", "\\": "\\", "$": "$", '"': '"'},
    keeps=True,
    bytes=True,
)
PHP_HEREDOC = PHP._replace(singles={name: meaning for name, meaning in PHP.singles.items() if name != '"'})
ELIXIR = Dialect(
    _escape(f"x{_HEX}", r"[xu]\{(?P<braces>[0-9A-Fa-f]{1,6})\}", _UNICODE, _LINE),
    {**_C, "0": "\0", "d": "\x7f", "e": "\x1b", "s": " "},
    bytes=True,
)
SINGLE_QUOTED = Dialect(_escape(), {"\\": "\\", "'": "'"}, keeps=True)
"""Between the single quotes of PHP and Ruby."""

SHELL_QUOTED = Dialect(_escape("(?P<line>\n)"), {sign: sign for sign in '$`"\\'}, keeps=True)
SHELL_WORD = Dialect(_escape("(?P<line>\n)"), {})
SHELL_ANSI = Dialect(
    _escape("x(?P<hex>[0-9A-Fa-f]{1,2})", "u(?P<four>[0-9A-Fa-f]{1,4})", "U(?P<wide>[0-9A-Fa-f]{1,8})", _OCTAL),
    {**_C, "e": "\x1b", "E": "\x1b", **{sign: sign for sign in "\\'\"?"}},
    keeps=True,
    bytes=True,
)


def decoded(text: str, dialect: Dialect = PLAIN) -> str:
    """`text` as the language reads it. What is no character becomes the sign that stands for one."""
    if "\\" not in text:
        return text
    found = dialect.pattern.sub(lambda match: _meaning(match, dialect), text)
    if _SURROGATE.search(found) is None:
        return found
    if dialect.bytes:
        return found.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    if dialect is not PYTHON:  # a character is made of two halves where texts are UTF-16
        found = _PAIR.sub(lambda pair: pair[0].encode("utf-16", "surrogatepass").decode("utf-16"), found)
    return _SURROGATE.sub("\ufffd", found)


def _meaning(match: re.Match[str], dialect: Dialect) -> str:
    kind, found = match.lastgroup, match[match.lastgroup or 0]
    if kind == "single":
        return dialect.singles.get(found, match[0] if dialect.keeps else found)
    if kind == "line":
        return ""
    if kind == "name":
        return _named(found)
    if kind == "braces":
        return "".join(_character(int(digits, 16)) for digits in found.split())
    code = int(found, 8 if kind == "octal" else 16)
    if dialect.bytes and kind in {"hex", "octal"}:
        byte = code & 0xFF
        return chr(_BYTE + byte) if byte >= 0x80 else chr(byte)
    return "\ufffd" if dialect.bytes and 0xD800 <= code < 0xE000 else _character(code, halves=kind == "four")


def _character(code: int, *, halves: bool = False) -> str:
    is_half = 0xD800 <= code < 0xE000
    return chr(code) if code <= 0x10FFFF and (halves or not is_half) else "\ufffd"


def _named(name: str) -> str:
    from unicodedata import lookup

    try:
        return lookup(name)
    except KeyError:
        return "\ufffd"
