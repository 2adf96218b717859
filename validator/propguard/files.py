"""Files written whole or not at all, files told from pipes and devices, and where those lie that can be made again."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import sys
import warnings
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    Content = Callable[[], Iterable[bytes]]

_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)


def write_whole(path: str, content: bytes | Content, *, lasting: bool = True) -> None:
    """Put `content` in the place of the file at `path`, or of nothing; what fails half-way leaves everything as it was.

    What is too large for memory is a function that gives its pieces, from the first one whenever it is called.

    A link stays a link, a file keeps its permissions, its owner, its extended attributes (on Linux) and all of its names. What
    is `lasting` is on the disk afterwards, whatever happens to the machine. Raises OSError, also for a file that is marked as
    read-only.
    """
    path = os.path.realpath(path)
    try:
        there = _require_replaceable(path)
    except FileNotFoundError:
        _replace(path, content, None, lasting=lasting)
        return
    if there.st_nlink > 1 or not _replace(path, content, there, lasting=lasting):
        _overwrite(path, content, lasting=lasting)


def require_writable(path: str) -> None:
    """Raises OSError where `write_whole` could not begin to write the file at `path`."""
    path = os.path.realpath(path)
    with contextlib.suppress(FileNotFoundError):
        _require_replaceable(path)
    part = _part(path)
    descriptor, is_named = _new(part, 0o600)
    os.close(descriptor)
    if is_named:
        os.unlink(part)


def _require_replaceable(path: str) -> os.stat_result:
    there = require_ordinary(path)
    if not there.st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH):
        raise PermissionError(errno.EACCES, "it is read-only", path)
    return there


def _part(path: str) -> str:
    """Beside `path`, so that what is written there can take its place."""
    return os.path.join(os.path.dirname(path), f".propguard-{os.urandom(8).hex()}")


def _replace(path: str, content: bytes | Content, there: os.stat_result | None, *, lasting: bool) -> bool:
    """A new file takes the place of the one that is `there`; false where the system would not let it belong to the same
    people, or be marked in the same way."""
    part = _part(path)
    try:
        descriptor, is_named = _new(part, 0o666 if there is None else 0o600)
        with open(descriptor, "wb") as stream:
            _put(stream, content, lasting=lasting)
            if there is not None and not _as_it_is_there(path, there, part if is_named else stream.fileno()):
                if is_named:
                    os.unlink(part)
                return False
            if not is_named:
                _name(stream.fileno(), part)
        os.replace(part, path)
    except BaseException:
        if os.path.lexists(part):
            os.unlink(part)
        raise
    return True


def _new(part: str, mode: int) -> tuple[int, bool]:
    """A new file, and whether it is called `part` yet: where the system can make one that has no name, nothing is left of it
    if the program is killed."""
    with contextlib.suppress(AttributeError, OSError):  # no such system, or no such file system
        return os.open(os.path.dirname(part) or os.curdir, os.O_WRONLY | os.O_CLOEXEC | os.O_TMPFILE, mode), False
    return os.open(part, _NEW, mode), True


def _name(descriptor: int, part: str) -> None:
    """Call a file `part` that has no name yet."""
    folder = os.open(os.path.dirname(part) or os.curdir, os.O_RDONLY)
    try:  # with a folder, which the path does not need, the link to the open file is followed
        os.link(f"/proc/self/fd/{descriptor}", part, src_dir_fd=folder, follow_symlinks=True)
    finally:
        os.close(folder)


def _as_it_is_there(path: str, there: os.stat_result, made: str | int) -> bool:
    """Give the new file `made` the owner, the permissions and the extended attributes of the one that is `there`."""
    owner, now = (there.st_uid, there.st_gid), os.stat(made)
    try:
        if (now.st_uid, now.st_gid) != owner:
            os.chown(made, *owner)
        os.chmod(made, stat.S_IMODE(there.st_mode))
        wanted, found = _attributes(path), _attributes(made)
        for name in found.keys() - wanted.keys():
            os.removexattr(made, name)
        for name, value in wanted.items() - found.items():
            os.setxattr(made, name, value)
    except PermissionError:
        return False
    return True


def _attributes(file: str | int) -> dict[str, bytes]:
    """The extended attributes of a file; none where the file system has none, or Python does not read them."""
    try:
        return {name: os.getxattr(file, name) for name in os.listxattr(file)} if hasattr(os, "listxattr") else {}
    except OSError as error:
        if error.errno in {errno.ENOTSUP, errno.ENOSYS}:
            return {}
        raise


def _overwrite(path: str, content: bytes | Content, *, lasting: bool) -> None:
    """The file itself gets other content, so that every name of it leads there; what fails is undone.

    That is done by another process, which ends it even where this one is killed or interrupted meanwhile.
    """
    if not hasattr(os, "fork"):
        _write_over(path, content, lasting=lasting)
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of threads, none of which the other process needs
        process = os.fork()
    if not process:
        _end_with(lambda: _write_over(path, content, lasting=lasting))
    try:
        status = os.waitpid(process, 0)[1]
    except BaseException:
        os.waitpid(process, 0)
        raise
    number = os.waitstatus_to_exitcode(status)
    if number:
        number = number if number > 0 else errno.EIO
        raise OSError(number, os.strerror(number), path)


def _end_with(work: Callable[[], None]) -> None:
    """Do `work` apart from what is sent to the program and its terminal, and end with the number of what goes wrong."""
    status = errno.EIO
    try:
        os.setsid()
        work()
        status = 0
    except OSError as error:
        status = error.errno or errno.EIO
    finally:
        os._exit(status)


def _write_over(path: str, content: bytes | Content, *, lasting: bool) -> None:
    pieces = (lambda: (content,)) if isinstance(content, bytes) else content
    size = sum(map(len, pieces()))
    with open(path, "r+b", buffering=0) as file:
        before = file.read()
        try:
            if size > len(before) and hasattr(os, "posix_fallocate"):  # a full disk is met before a byte is changed
                os.posix_fallocate(file.fileno(), 0, size)
            _put(file, pieces, lasting=lasting)
        except BaseException:
            file.truncate(len(before))
            _put(file, before, lasting=False)
            raise


def _put(stream: IO[bytes], content: bytes | Content, *, lasting: bool) -> None:
    stream.seek(0)
    for piece in (content,) if isinstance(content, bytes) else content():
        left = memoryview(piece)
        while left:
            left = left[stream.write(left) :]
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


def private_folder(*names: str) -> str:
    """A folder of the user's caches that nobody else may read or write. Raises OSError where there is none to be had.

    One that another user owns, or that is a link, could be anybody's, and is refused.
    """
    path = cache_folder()
    os.makedirs(path, mode=0o700, exist_ok=True)
    for name in names:
        path = os.path.join(path, name)
        os.makedirs(path, mode=0o700, exist_ok=True)
        there = os.lstat(path)
        if not stat.S_ISDIR(there.st_mode) or (hasattr(os, "getuid") and there.st_uid != os.getuid()):
            raise OSError(errno.EPERM, "it is a link, or belongs to another user", path)
        if stat.S_IMODE(there.st_mode) & 0o077:
            os.chmod(path, 0o700)
    return path


def write_output(path: str, content: bytes | Content, *, lasting: bool = True) -> None:
    """As `write_whole`, but where a link stands at `path`: its author would decide what is overwritten. Raises OSError."""
    _refuse_link(path)
    write_whole(path, content, lasting=lasting)


def require_output(path: str) -> None:
    """Raises OSError where `write_output` could not begin to write the file at `path`."""
    _refuse_link(path)
    require_writable(path)


def _refuse_link(path: str) -> None:
    if os.path.islink(path):
        raise OSError(errno.ELOOP, "it is a symbolic link, which is not followed", path)


def write_private(path: str, content: bytes) -> None:
    """Put `content` in the place of whatever is at `path`, for nobody but the user to read. Raises OSError."""
    part = f"{path}.{os.urandom(8).hex()}"
    try:
        with open(os.open(part, _NEW, 0o600), "wb") as stream:
            stream.write(content)
        os.replace(part, path)
    except BaseException:
        if os.path.lexists(part):
            os.unlink(part)
        raise
