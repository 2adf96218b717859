"""Requests kept on disk as Parquet, one file for each stretch of time, so that a reading that broke off goes on where it was.

The owner of pyarrow. The files hold property values; nobody but the user may read them, and they go when they are done with.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shutil
import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from propguard.engine.windows import Window
from propguard.errors import UsageError
from propguard.files import cache_folder, private_folder, require_ordinary, write_private
from propguard.model.text import visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from propguard.helicone.stored_request import StoredRequest

_LASTS = 86_400.0  # seconds; what was read longer ago is read anew, as it will have changed
_NAME = re.compile(r"(\d+)-(\d+)\.(parquet|unverified)\Z")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class Spool:
    """The stretches in the folder of this name, which grow from the newest back; one process at a time has it.

    Raises UsageError where pyarrow is not installed, another process has the folder, or nothing can be written there.
    """

    def __init__(self, name: str) -> None:
        self._arrow = _arrow()
        try:
            self._folder = private_folder("audit", name)
            self._lock = _locked(os.path.join(self._folder, "lock"))
        except OSError as error:
            raise UsageError(f"cannot keep what is read in {visible(cache_folder())}: {error.strerror}") from None
        self._forget_old()
        self._forget_broken()

    @property
    def files(self) -> str:
        """A glob of every stretch."""
        return os.path.join(self._folder, "*.parquet")

    @property
    def covered(self) -> Window | None:
        """From where to where there is no gap up to the newest moment; null where there is nothing."""
        stretches = sorted(self._stretches("parquet"), reverse=True)
        if not stretches:
            return None
        begin, end = stretches[0]
        for earlier, later in stretches[1:]:
            if later < begin:
                break
            begin = min(begin, earlier)
        return Window(begin, end)

    @property
    def unverified(self) -> tuple[Window, ...]:
        """Where nothing was shown, which cannot be told from a failure; oldest first."""
        return tuple(Window(*stretch) for stretch in sorted(self._stretches("unverified")))

    def add(self, stretch: tuple[datetime, datetime], requests: Sequence[StoredRequest]) -> None:
        """Keep all requests of a stretch, the whole file or none of it. Raises UsageError where that fails."""
        pa, parquet = self._arrow
        schema = pa.schema(
            [
                ("request_id", pa.string()),
                ("request_created_at", pa.timestamp("ms", "UTC")),
                ("properties", pa.map_(pa.string(), pa.string())),
            ]
        )
        columns = [
            [request.request_id for request in requests],
            [request.created_at for request in requests],
            [list(request.properties.items()) for request in requests],
        ]
        arrays = [pa.array(column, field.type) for column, field in zip(columns, schema, strict=True)]
        content = io.BytesIO()
        parquet.write_table(pa.table(arrays, schema=schema), content, compression="zstd")
        self._write(stretch, "parquet", content.getvalue())

    def doubt(self, stretch: tuple[datetime, datetime]) -> None:
        """Remember that a stretch was not verified."""
        self._write(stretch, "unverified", b"")

    def close(self) -> None:
        """Another process may have the folder; what is in it stays."""
        os.close(self._lock)

    def remove(self) -> None:
        """Nothing is left of it."""
        shutil.rmtree(self._folder, ignore_errors=True)

    def _write(self, stretch: tuple[datetime, datetime], suffix: str, content: bytes) -> None:
        begin, end = ((at - _EPOCH) // _MICROSECOND for at in stretch)
        path = os.path.join(self._folder, f"{begin}-{end}.{suffix}")
        try:
            write_private(path, content)
        except OSError as error:
            raise UsageError(f"cannot keep what is read in {visible(self._folder)}: {error.strerror}") from None

    def _stretches(self, suffix: str) -> Iterator[tuple[datetime, datetime]]:
        for name in os.listdir(self._folder):
            match = _NAME.match(name)
            if match and match[3] == suffix:
                yield _EPOCH + int(match[1]) * _MICROSECOND, _EPOCH + int(match[2]) * _MICROSECOND

    def _forget_old(self) -> None:
        files = [os.path.join(self._folder, name) for name in os.listdir(self._folder) if name != "lock"]
        if files and time.time() - min(os.path.getmtime(file) for file in files) > _LASTS:
            for file in files:
                with contextlib.suppress(OSError):  # one that stays is read as well
                    os.unlink(file)

    def _forget_broken(self) -> None:
        """What no reader could read is read from the platform again: half a file, or a pipe from which nothing comes."""
        _, parquet = self._arrow
        for name in os.listdir(self._folder):
            path = os.path.join(self._folder, name)
            try:
                require_ordinary(path)
                if name.endswith(".parquet"):
                    parquet.read_metadata(path)
            except (OSError, ValueError):  # pyarrow's errors are of the second kind
                with contextlib.suppress(OSError):
                    os.unlink(path)


def _arrow() -> tuple[Any, Any]:
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        raise UsageError("reading stored requests over the API needs pyarrow: pip install 'propguard[audit]'") from None
    return pyarrow, pyarrow.parquet


def _locked(path: str) -> int:
    try:
        import fcntl
    except ImportError:
        raise UsageError(
            "an audit over the API needs the embedded ClickHouse, which there is not on Windows; audit a clickhouse:// server"
        ) from None
    descriptor = os.open(path, os.O_CREAT | os.O_RDWR | getattr(os, "O_CLOEXEC", 0), 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(descriptor)
        raise UsageError("another audit reads the same requests over the API; wait for it, or stop it") from None
    return descriptor
