r"""Credentials that must not be shown, found in whatever disguise a server or a proxy sends them back.

`masked` replaces a credential that stands there as it is, inside a longer word, in other case, with any of its characters
escaped (JSON, C, percent, HTML), in base64 alone or with other text around it, and in hexadecimal. Example: the key `sk-1`
is replaced in `bad key "\u0073k-1"` and in `Basic dXNlcjpzay0x`.
"""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from propguard.rules.pattern_language import bytes_replacer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_SHOWN = b"***"
_HTML_NAMES = {"&": "amp", "<": "lt", ">": "gt", '"': "quot", "'": "apos"}
_C_NAMES = {"\a": "a", "\b": "b", "\t": "t", "\n": "n", "\v": "v", "\f": "f", "\r": "r"}
_SHORTEST_IN_BASE64 = 4
_BASE64_ALIKE = {"+": "[+-]|%(?:25)*2[bB]", "/": r"\\*/|_|%(?:25)*2[fF]"}  # the second alphabet, and as URLs write it
_LINE_BREAK = r"(?:\s|\\+[nrt])*"
_BEFORE = r"(?:\\*[A-Za-z0-9+/_-]|[\r\n])*"
_AFTER = r"(?:[A-Za-z0-9+/_-]|[\r\n]|\\+[rn])*(?:=|%(?:25)*3[dD])*"
"""What hangs together with base64, lines included; escapes are taken whole, so that JSON stays JSON."""


class Credentials:
    """Texts that nobody may read. What is not given or empty is no credential."""

    def __init__(self, *secrets: str) -> None:
        self._secrets = tuple(secret for secret in secrets if secret)
        self._replace: Callable[[bytes, bytes], bytes] | None = None

    def __repr__(self) -> str:
        return "Credentials(***)"

    def masked(self, text: str) -> str:
        """`text` with `***` for every credential in it."""
        return self.masked_bytes(text.encode("utf-8", "surrogatepass")).decode("utf-8", "surrogatepass")

    def masked_bytes(self, text: bytes) -> bytes:
        """The same for text in UTF-8, or in anything that has ASCII in it. Takes time linear in its length."""
        if not self._secrets:
            return text
        if self._replace is None:
            self._replace = bytes_replacer("|".join(_patterns(self._secrets)))
        return self._replace(_SHOWN, text)


def _patterns(secrets: Iterable[str]) -> Iterator[str]:
    for secret in secrets:
        yield "".join(map(_character, secret))
        content = secret.encode("utf-8", "surrogatepass")
        yield "".join(f"[{digit}{digit.upper()}]" for digit in content.hex())
        if len(content) >= _SHORTEST_IN_BASE64:
            yield from map(_in_base64, range(3), (content,) * 3)


def _character(character: str) -> str:
    """A pattern of every way to write one character."""
    code = ord(character)
    content = character.encode("utf-8", "surrogatepass")
    cases = {character, character.lower(), character.upper()}
    plain = "|".join(sorted(_literal(one) for one in cases))
    forms = [
        plain if character.isalnum() else rf"\\*(?:{plain})",
        rf"\\+(?:[uU]0*{_hex(code)}|u\{{0*{_hex(code)}\}}|x0*{_hex(code)})",
        "".join(rf"(?:\\+x{_hex(byte, 2)})" for byte in content),
        "".join(f"(?:%(?:25)*{_hex(byte, 2)})" for byte in content),
        f"&(?:amp;)*#(?:0*{code}|[xX]0*{_hex(code)});",
    ]
    if code < 0x100:
        forms.append(rf"\\+0*{code:o}")
    if character in _C_NAMES:
        forms.append(rf"\\+{_C_NAMES[character]}")
    if character in _HTML_NAMES:
        forms.append(f"&(?:amp;)*{_HTML_NAMES[character]};")
    if code > 0xFFFF:  # JSON writes a pair of surrogates
        pair = character.encode("utf-16-be")
        forms.append("".join(rf"\\+u{_hex(int.from_bytes(half), 4)}" for half in (pair[:2], pair[2:])))
    return f"(?:{'|'.join(forms)})"


def _literal(text: str) -> str:
    return "".join(
        character if character.isalnum() or not character.isascii() else rf"\x{ord(character):02x}"
        for character in text
    )


def _hex(code: int, digits: int = 1) -> str:
    """At least so many digits of a number, capital or not."""
    return "".join(f"[{digit}{digit.upper()}]" if digit.isalpha() else digit for digit in f"{code:0{digits}x}")


def _in_base64(before: int, content: bytes) -> str:
    """A pattern of `content` in base64 when `before` bytes, modulo three, stand in front of it.

    The digits that other text has a share in are left out, and then everything that hangs together is covered.
    """
    text = base64.b64encode(bytes(before) + content).decode()
    spoilt_before = (0, 2, 3)[before]
    spoilt_after = (0, 3, 2)[(before + len(content)) % 3]
    digits = text[spoilt_before : len(text) - spoilt_after]
    return _BEFORE + _LINE_BREAK.join(f"(?:{_BASE64_ALIKE.get(digit, digit)})" for digit in digits) + _AFTER
