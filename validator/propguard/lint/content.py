"""The bytes of files: one at a time whole, and very many of them just to see whether they can hold something of interest."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable
from typing import TYPE_CHECKING

from propguard.lint.prefilter import buffer_test, may_hold_suppression, may_hold_usage, squeezed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_FLAGS = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)
_BUFFER = 1 << 20
_SEAM = 64
"""Bytes of one buffer that are looked at again with the next, as a needle may begin in the one and end in the other."""

_MOST_BUFFERS = 12
_OFTEN = 0x1FF
_FEW_FILES = 50

Advance = Callable[[int, int], None]
"""Is called with how many files are done, and of how many."""


def mentioning(
    paths: Sequence[str], needles: Sequence[bytes], advance: Advance = lambda *_: None
) -> Iterator[tuple[int, str]]:
    """Those of `paths` that are worth a closer look, each with its number from 0.

    All in which one of `needles` stands, all that are so large that they are not read any further, and all that cannot be
    read. This loop is run for every file of a tree, so it does nothing that could be done later; now and then it calls
    `advance` with how many are done, and of how many.
    """
    if len(paths) < _FEW_FILES or not hasattr(os, "readv"):
        yield from ((number, path) for number, path in enumerate(paths) if _mentions(path, needles))
        return
    buffer = bytearray(_BUFFER)
    into, behind = [memoryview(buffer)], [memoryview(buffer)[_SEAM:]]
    may_hold = buffer_test(buffer, needles)
    opened, read, close = os.open, os.readv, os.close
    for number, path in enumerate(paths):
        try:
            descriptor = opened(path, _FLAGS)
            try:
                length = read(descriptor, into)
                is_suspect = may_hold(length)
                buffers = 1
                while length == _BUFFER and not is_suspect:
                    buffer[:_SEAM] = buffer[-_SEAM:]
                    length = _SEAM + read(descriptor, behind)
                    buffers += 1
                    is_suspect = may_hold(length) or buffers == _MOST_BUFFERS
            finally:
                close(descriptor)
        except OSError:
            is_suspect = True
        if is_suspect:
            yield number, path
        if not number & _OFTEN:
            advance(number, len(paths))


def _mentions(path: str, needles: Sequence[bytes]) -> bool:
    try:
        data = read_whole(path)
    except OSError:
        return True
    return any(needle in data for needle in needles)


def read_candidate(path: str, *, named: bool) -> bytes | None:
    """The content of the file at `path`, null where it holds no usage and no suppression, or where it is no file and was not named.

    A link is no file, nor is what is gone since it was listed. Raises OSError for one that cannot be read.
    """
    if not named and (os.path.islink(path) or not os.path.isfile(path)):
        return None
    if named and os.path.exists(path) and not os.path.isfile(path):
        raise OSError(errno.EINVAL, "it is no ordinary file")
    data = read_whole(path)
    text = squeezed(data)
    return data if may_hold_usage(text) or may_hold_suppression(text) else None


def read_whole(path: str) -> bytes:
    """The bytes of the regular file at `path`, empty for a pipe or a device. Raises OSError."""
    descriptor = os.open(path, _FLAGS)
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            return b""
        parts = []
        while part := os.read(descriptor, 16 << 20):
            parts.append(part)
        return b"".join(parts)
    finally:
        os.close(descriptor)
