"""The bytes of files: one at a time whole, and very many of them just to see whether they can hold a usage."""

from __future__ import annotations

import errno
import os
import stat
from typing import TYPE_CHECKING

from propguard.lint.prefilter import buffer_test, may_hold_usage

if TYPE_CHECKING:
    from collections.abc import Callable

_FLAGS = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)
_NO_LINKS = _FLAGS | getattr(os, "O_NOFOLLOW", 0)
_BUFFER = 1 << 20
_HAS_VECTORED_READ = hasattr(os, "readv")

# What a list of files may hold that is no file by now: gone since, a link, a folder of another repository, a pipe.
_NO_FILE = frozenset({errno.ENOENT, errno.ELOOP, errno.ENOTDIR, errno.EISDIR, errno.EAGAIN, errno.ENXIO})


class CandidateReader:
    """Reads file after file into one buffer, and gives those that may hold a usage."""

    def __init__(self) -> None:
        self._buffer = bytearray()
        self._view: list[memoryview] = []
        self._may_hold_usage: Callable[[int], bool] = bool

    def _fill(self, descriptor: int) -> int:
        """Read what the buffer holds of a file; the buffer itself is made for the first file."""
        if not self._view:
            self._buffer = bytearray(_BUFFER)
            self._view = [memoryview(self._buffer)]
            self._may_hold_usage = buffer_test(self._buffer)
        return os.readv(descriptor, self._view)

    def read(self, path: str, *, named: bool) -> bytes | None:
        """The content of the file at `path`, null where it holds no usage, or where it is no file and was not named.

        Raises OSError for one that cannot be read.
        """
        if named or not _HAS_VECTORED_READ:
            return _whole_candidate(path, named=named)
        try:
            descriptor = os.open(path, _NO_LINKS)
        except OSError as error:
            if error.errno in _NO_FILE:
                return None
            raise
        try:
            length = self._fill(descriptor)
            if length == _BUFFER:
                data = bytes(self._buffer) + _rest(descriptor)
                return data if may_hold_usage(data) else None
        except OSError as error:
            if error.errno in _NO_FILE:
                return None
            raise
        finally:
            os.close(descriptor)
        return bytes(self._view[0][:length]) if self._may_hold_usage(length) else None


def read_whole(path: str) -> bytes:
    """The bytes of the regular file at `path`, empty for a pipe or a device. Raises OSError."""
    descriptor = os.open(path, _FLAGS)
    try:
        return _rest(descriptor) if stat.S_ISREG(os.fstat(descriptor).st_mode) else b""
    finally:
        os.close(descriptor)


def _whole_candidate(path: str, *, named: bool) -> bytes | None:
    if not named and (os.path.islink(path) or not os.path.isfile(path)):
        return None
    data = read_whole(path)
    return data if may_hold_usage(data) else None


def _rest(descriptor: int) -> bytes:
    parts = []
    while part := os.read(descriptor, 16 << 20):
        parts.append(part)
    return b"".join(parts)
