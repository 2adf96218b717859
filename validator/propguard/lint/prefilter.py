"""Whether a file can hold a usage at all: the question that is asked of every byte of a tree, so the cheapest one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from propguard.lint.surfaces import OPTIONS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

# Plain strings, as a search that ignores case is many times slower, and nobody writes `hElIcOnE`.
_PLATFORM = b"elicone"
_USAGES = (_PLATFORM, b"-PROPERTY-", b"/property")
_SUPPRESSION = b"propguard:"


def of_any_width(needles: Sequence[bytes]) -> tuple[bytes, ...]:
    """`needles` as they stand in UTF-8, in UTF-16 and in UTF-32, whichever of its bytes comes first."""
    zeros = (b"", b"\x00", b"\x00\x00\x00")
    return tuple(zero.join(bytes((letter,)) for letter in needle) for zero in zeros for needle in needles)


NEEDLES = of_any_width((*_USAGES, _SUPPRESSION))
"""Of which every file holds one that holds a usage or a suppression."""

_FEWEST = 5
"""Needles from which the search looks at sixteen bytes at a time."""

_NEVER = tuple(b"\x00\xff%d\xff" % number for number in range(_FEWEST))
"""Needles that no text holds."""

_HEADER = re.compile(rb"(?i)helicone-property-")
_ADDRESS = re.compile(rb"/property\b")
_PUT_ADDRESS = re.compile(rb"/request/.{1,200}?/property\b", re.DOTALL)
_REQUEST = re.compile(rb"/request\b")
"""Without which no address that ends in `/property` is that of the PUT call."""

POLICY = re.compile(rb"(?i)helicone-ratelimit-policy")
_OPTION = re.compile(rb"\b(?:%b)\b" % "|".join(OPTIONS).encode())


def may_hold_usage(data: bytes) -> bool:
    """Whether a property may be written in `data`: by a header, by the PUT call, or by an option of the platform's libraries."""
    if not any(needle in data for needle in _USAGES):
        return False
    if _HEADER.search(data) or (_ADDRESS.search(data) and _REQUEST.search(data)):
        return True
    return _PLATFORM in data and bool(POLICY.search(data) or _OPTION.search(data))


def names_property(data: bytes) -> bool:
    """Whether a header or the PUT call is named in `data`, code of which nothing else is known."""
    return _HEADER.search(data) is not None or _PUT_ADDRESS.search(data) is not None


def squeezed(data: bytes) -> bytes:
    """`data` without the zeros that UTF-16 and UTF-32 have between the letters of ASCII, where it begins as those do."""
    is_wide = data[:1] in {b"\xff", b"\xfe"} or b"\x00" in data[:4]
    return data.replace(b"\x00", b"") if is_wide else data


def may_hold_suppression(data: bytes) -> bool:
    """Whether a comment that suppresses findings may stand in `data`."""
    return _SUPPRESSION in data


def hits(data: bytes) -> list[int]:
    """Where property headers and addresses of the PUT call stand."""
    return sorted(match.start() for hit in (_HEADER, _ADDRESS) for match in hit.finditer(data))


def places(data: bytes) -> list[int]:
    """Where anything stands by which a property may be written."""
    other = (POLICY, _OPTION) if _PLATFORM in data else ()
    return sorted([*hits(data), *(match.start() for hit in other for match in hit.finditer(data))])


def buffer_test(buffer: bytearray, sought: Sequence[bytes]) -> Callable[[int], bool]:
    """Whether any of `sought` stands in the first so many bytes of one buffer that is filled again and again."""
    import ahocorasick_rs

    padding = _NEVER[: max(0, _FEWEST - len(sought))]
    needles = ahocorasick_rs.BytesAhoCorasick([*sought, *padding], matchkind=ahocorasick_rs.MATCHKIND_LEFTMOST_FIRST)
    find, view = needles.find_matches_as_indexes, memoryview(buffer)
    return lambda length: bool(find(view[:length]))
