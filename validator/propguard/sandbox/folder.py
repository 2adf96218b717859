"""The folder that a sandbox keeps its database in, gone with the process or, where that was killed, with the next one."""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import tempfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_PREFIX = "propguard-sandbox-"
_LOCK = "lock"


@contextlib.contextmanager
def private_folder() -> Iterator[str]:
    """A new folder, as long as it is needed; those that killed processes have left behind are removed."""
    _remove_abandoned()
    with (
        tempfile.TemporaryDirectory(prefix=_PREFIX) as folder,
        open(os.path.join(folder, _LOCK), "wb") as lock,
    ):
        fcntl.flock(lock, fcntl.LOCK_EX)  # the system takes it back from a process that is killed
        os.mkdir(os.path.join(folder, "data"))
        yield os.path.join(folder, "data")


def _remove_abandoned() -> None:
    with contextlib.suppress(OSError), os.scandir(tempfile.gettempdir()) as entries:
        for entry in entries:
            if entry.name.startswith(_PREFIX) and _is_abandoned(entry):
                shutil.rmtree(entry.path, ignore_errors=True)


def _is_abandoned(entry: os.DirEntry[str]) -> bool:
    """Whether it is a folder of this user whose process is gone."""
    try:
        if entry.stat(follow_symlinks=False).st_uid != os.getuid():
            return False
        with open(os.open(os.path.join(entry.path, _LOCK), os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK), "rb") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:  # held, or not there yet
        return False
    return True
