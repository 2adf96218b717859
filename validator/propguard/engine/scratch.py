"""Folders for the time of one run, which outlive nothing: not the run, and not a killed one for long."""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
import time

_SCRATCH = "propguard-scratch-"
_YOUNG = 60.0  # seconds


class ScratchFolder:
    """A folder that only the user may read, gone with `close`; what killed processes left behind goes when one is made.

    The folder is locked while it is in use, so that no other process takes it for a remnant.
    """

    def __init__(self) -> None:
        parent = tempfile.gettempdir()
        for name in os.listdir(parent):
            if name.startswith(_SCRATCH):
                _remove_abandoned(os.path.join(parent, name))
        self.path = tempfile.mkdtemp(prefix=_SCRATCH)
        self._lock = _locked(self.path)

    def close(self) -> None:
        shutil.rmtree(self.path, ignore_errors=True)
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None


def _remove_abandoned(folder: str) -> None:
    """Remove a scratch folder that no process holds; one that is being made has no lock yet, but is young."""
    try:
        there = os.lstat(folder)
        if not stat.S_ISDIR(there.st_mode) or time.time() - there.st_mtime < _YOUNG:
            return
        lock = _locked(folder)
    except OSError:  # it is in use, another user's, or gone
        return
    shutil.rmtree(folder, ignore_errors=True)
    if lock is not None:
        os.close(lock)


def _locked(folder: str) -> int | None:
    """The lock of a folder, held until it is closed; None where the system has none. Raises OSError where it is held."""
    try:
        import fcntl
    except ImportError:
        return None
    descriptor = os.open(os.path.join(folder, "lock"), os.O_CREAT | os.O_RDWR | getattr(os, "O_CLOEXEC", 0), 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(descriptor)
        raise
    return descriptor
