"""Rust's macro calls as the expressions that they stand for: the grammar sees no more in them than a heap of tokens."""

from __future__ import annotations

import re
from typing import NamedTuple

_TOKEN = re.compile(
    rb"""//[^\n]*|/\*.*?(?:\*/|\Z)
    |\bb?r(?P<fence>\#*)".*?(?:"(?P=fence)|\Z)|"(?:[^"\\]|\\.)*+(?:"|\Z)
    |'(?:[^'\\\n]|\\[^\n][^'\n]{0,10})'
    |(?P<macro>\b(?:\w{1,60}::){0,8}(?P<name>\w{1,60})!)\s*(?P<argument>[(\[{])
    |\bstatic\s{1,9}(?P<ref>ref)\b
    |(?P<sign>=>|::|[(\[{)\]}:])""",
    re.VERBOSE | re.DOTALL,
)
_FUNCTIONS = frozenset((b"format", b"join", b"try_join"))
_ITEMS = frozenset((b"cfg_if", b"lazy_static", b"thread_local"))
"""Macros whose items belong to what is around them."""

_MAPS = re.compile(rb"(?i)\w*(?:json|map|dict|headers?|metadata|params|properties|props)\Z")
_BEFORE_LITERAL = b"([{=,&"
"""What stands before a brace that opens an object or a bracket that opens a list, other than a block or an index."""


class _Group(NamedTuple):
    """An open bracket: what closes it in the new text, and whether pairs stand in it."""

    closing: bytes
    pairs: bool = False


_CLOSING = {b"(": b")", b"[": b"]", b"{": b"}"}


def unfolded(data: bytes) -> bytes:
    """`data` with every byte at its place, in which `format!(…)` is a call, `vec![…]` an array, the block of a macro a
    block, and a macro of pairs, such as `json!({"k": v})` or `hashmap!{"k" => v}`, an array of assignments."""
    if b"!" not in data:
        return data
    text, groups = bytearray(data), list[_Group]()
    for token in _TOKEN.finditer(data):
        if token["macro"] is not None:
            groups.append(_opened_by_macro(text, token))
        elif token["ref"] is not None:
            text[token.start("ref") : token.end("ref")] = b"   "
        elif token["sign"] is not None:
            _put_sign(text, token["sign"], token.start(), groups)
    return bytes(text)


def _opened_by_macro(text: bytearray, token: re.Match[bytes]) -> _Group:
    """The group that a macro call opens; its name gives way to blanks where the group stands for itself."""
    name, bracket, place = token["name"], token["argument"], token.start("argument")
    if name in _FUNCTIONS and bracket == b"(":
        text[token.end("macro") - 1 : token.end("macro")] = b" "
        return _Group(b")")
    is_map = _MAPS.match(name) is not None
    if not is_map and name != b"vec" and bracket != b"{":
        return _Group(_CLOSING[bracket])
    text[token.start("macro") : token.end("macro")] = b" " * len(token["macro"])
    if name.lower().endswith(b"json") and bracket == b"(":
        return _Group(b")", pairs=True)
    if name in _ITEMS:
        text[place : place + 1] = b" "
        return _Group(b" ")
    if is_map or name == b"vec":
        text[place : place + 1] = b"["
        return _Group(b"]", pairs=is_map)
    return _Group(b"}")


def _put_sign(text: bytearray, sign: bytes, place: int, groups: list[_Group]) -> None:
    """Make of a sign what stands for it in the group that is open, and open or close groups."""
    in_pairs = bool(groups) and groups[-1].pairs
    if sign in _CLOSING:
        is_literal = in_pairs and sign != b"(" and _before(text, place) in _BEFORE_LITERAL
        groups.append(_Group(b"]" if is_literal else _CLOSING[sign], pairs=is_literal))
        text[place : place + 1] = b"[" if is_literal else sign
    elif sign in _CLOSING.values():
        if groups:
            text[place : place + 1] = groups.pop().closing
    elif in_pairs and sign != b"::":
        text[place : place + len(sign)] = b"= "[: len(sign)]


def _before(text: bytearray, place: int) -> int:
    """The last byte before `place` that is no blank, as far as it stands near."""
    near = bytes(text[max(0, place - 200) : place]).rstrip()
    return near[-1] if near else 0
