"""How much memory a database in this process may use where nobody says it: a share of what the machine has."""

from __future__ import annotations

import os

_SHARE = 0.6
_LEAST = 512 << 20
_UNKNOWN = 4 << 30
_GROUP_LIMITS = ("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes")


def default_memory() -> int:
    """Bytes: a share of the machine's memory, or of what the control group of this process may have of it."""
    return max(_LEAST, int(_SHARE * min(_machine(), *map(_group, _GROUP_LIMITS))))


def _machine() -> int:
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, OSError, ValueError):
        return _UNKNOWN


def _group(path: str) -> int:
    """The limit in a file; that of the machine where there is none."""
    try:
        with open(path, encoding="ascii") as stream:
            return int(stream.read(32))
    except (OSError, ValueError):
        return _machine()
