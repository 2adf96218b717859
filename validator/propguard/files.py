"""Files written whole or not at all, files told from pipes and devices, and where those lie that can be made again."""

from __future__ import annotations

import errno
import os
import stat
import sys
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    Content = Callable[[], Iterable[bytes]]

_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)


def write_whole(path: str, content: bytes | Content, *, lasting: bool = True) -> None:
    """Put `content` in the place of the file at `path`, or of nothing; what fails half-way leaves everything as it was.

    What is too large for memory is a function that gives its pieces, from the first one whenever it is called.

    A link stays a link, a file keeps its permissions, its owner and all of its names. What is `lasting` is on the disk
    afterwards, whatever happens to the machine. Raises OSError, also for a file that is marked as read-only.
    """
    path = os.path.realpath(path)
    try:
        there = os.stat(path)
    except FileNotFoundError:
        _replace(path, content, None, lasting=lasting)
        return
    if not stat.S_ISREG(there.st_mode):
        raise OSError(errno.EINVAL, "it is no ordinary file", path)
    if not there.st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH):
        raise PermissionError(errno.EACCES, "it is read-only", path)
    if there.st_nlink > 1 or not _replace(path, content, there, lasting=lasting):
        _overwrite(path, content, lasting=lasting)


def _replace(path: str, content: bytes | Content, there: os.stat_result | None, *, lasting: bool) -> bool:
    """A new file takes the place of the one that is `there`; false where the system would not let it belong to the same
    people."""
    part = os.path.join(os.path.dirname(path), f".propguard-{os.urandom(8).hex()}")
    try:
        with open(os.open(part, _NEW, 0o666 if there is None else 0o600), "wb") as stream:
            _put(stream, content, lasting=lasting)
        if there is not None:
            if not _given_to_owner_of(there, part):
                os.unlink(part)
                return False
            os.chmod(part, stat.S_IMODE(there.st_mode))
        os.replace(part, path)
    except BaseException:
        if os.path.lexists(part):
            os.unlink(part)
        raise
    return True


def _given_to_owner_of(there: os.stat_result, part: str) -> bool:
    owner, made = (there.st_uid, there.st_gid), os.stat(part)
    try:
        if (made.st_uid, made.st_gid) != owner:
            os.chown(part, *owner)
    except PermissionError:
        return False
    return True


def _overwrite(path: str, content: bytes | Content, *, lasting: bool) -> None:
    """The file itself gets other content, so that every name of it leads there; what fails is undone."""
    with open(path, "r+b") as stream:
        before = stream.read()
        try:
            _put(stream, content, lasting=lasting)
        except BaseException:
            _put(stream, before, lasting=False)
            raise


def _put(stream: IO[bytes], content: bytes | Content, *, lasting: bool) -> None:
    stream.seek(0)
    stream.writelines((content,) if isinstance(content, bytes) else content())
    stream.truncate()
    stream.flush()
    if lasting:
        os.fsync(stream.fileno())


def cache_folder() -> str:
    """The user's folder for caches, as each platform has it; an empty variable counts as unset."""
    chosen = os.environ.get("PROPGUARD_CACHE_DIR")
    if chosen:
        return chosen
    if sys.platform == "win32" and os.environ.get("LOCALAPPDATA"):
        return os.path.join(os.environ["LOCALAPPDATA"], "propguard")
    base = os.environ.get("XDG_CACHE_HOME", "")
    return os.path.join(base if os.path.isabs(base) else os.path.join(os.path.expanduser("~"), ".cache"), "propguard")


_KINDS = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


def require_ordinary(path: str) -> os.stat_result:
    """What the system knows of the ordinary file at `path`, or where a link leads. Raises OSError for whatever else is there.

    A pipe, a socket or a device is never opened: it could block for ever, never end, or do something.
    """
    there = os.stat(path)
    kind = next((name for is_kind, name in _KINDS if is_kind(there.st_mode)), None)
    if kind is not None:
        raise OSError(errno.EINVAL, f"it is {kind}, not a file", path)
    return there


def read_ordinary(path: str, most: int = -1) -> bytes:
    """The first `most` bytes of the ordinary file at `path`, all where that is negative. Raises what `require_ordinary` does."""
    require_ordinary(path)
    with open(path, "rb") as file:
        return file.read(most)
