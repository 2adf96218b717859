"""Whether a file can hold a usage at all: the question that is asked of every byte of a tree, so the cheapest one."""

from __future__ import annotations

import re

# Substring search is many times faster than a pattern that ignores case, and nobody writes `hElIcOnE-`.
_NEEDLES = (b"elicone-", b"ELICONE-", b"/property")
_HIT = re.compile(rb"(?i)helicone-property-|/property\b")


def may_hold_usage(data: bytes) -> bool:
    """Whether a property header or the address of the PUT call may stand somewhere in `data`."""
    return any(needle in data for needle in _NEEDLES) and _HIT.search(data) is not None


def hits(data: bytes) -> list[int]:
    """Where they stand."""
    return [match.start() for match in _HIT.finditer(data)]
