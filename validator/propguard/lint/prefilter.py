"""Whether a file can hold a usage at all: the question that is asked of every byte of a tree, so the cheapest one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

# Substring search is many times faster than a pattern that ignores case, and nobody writes `hElIcOnE-`.
_NEEDLES = (b"elicone-", b"/property", b"ELICONE-")
_HIT = re.compile(rb"(?i)helicone-property-|/property\b")


def may_hold_usage(data: bytes) -> bool:
    """Whether a property header or the address of the PUT call may stand in `data`."""
    return any(needle in data for needle in _NEEDLES) and _HIT.search(data) is not None


def hits(data: bytes) -> list[int]:
    """Where they stand."""
    return [match.start() for match in _HIT.finditer(data)]


def buffer_test(buffer: bytearray) -> Callable[[int], bool]:
    """`may_hold_usage` of the first so many bytes of one buffer that is filled again and again.

    The C library's own search is twice as fast as Python's, which serves where there is none.
    """
    contains = _search_of_c(buffer) or _search_of_python(buffer)
    first, second, third = _NEEDLES

    def test(length: int) -> bool:
        if contains(length, first) or contains(length, second) or contains(length, third):
            return _HIT.search(buffer, 0, length) is not None
        return False

    return test


def _search_of_python(buffer: bytearray) -> Callable[[int, bytes], object]:
    return lambda length, needle: buffer.find(needle, 0, length) >= 0


def _search_of_c(buffer: bytearray) -> Callable[[int, bytes], object] | None:
    try:
        import ctypes

        memmem = ctypes.CDLL(None).memmem
    except (ImportError, OSError, AttributeError, TypeError):  # Windows, or a C library without it
        return None
    memmem.restype = ctypes.c_void_p
    memmem.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_char_p, ctypes.c_size_t]
    address = ctypes.addressof((ctypes.c_char * len(buffer)).from_buffer(buffer))
    return lambda length, needle: memmem(address, length, needle, len(needle))
