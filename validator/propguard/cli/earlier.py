"""An earlier audit in a file, for every command that compares with one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from propguard.errors import UsageError, system_reason
from propguard.model.earlier import earlier_audit

if TYPE_CHECKING:
    from propguard.model.earlier import EarlierAudit

_LARGEST = 256 << 20


def earlier_at(path: str) -> EarlierAudit:
    """What `propguard audit --format json` wrote to the file at `path`. Raises UsageError."""
    try:
        with open(path, "rb") as stream:
            content = stream.read(_LARGEST + 1)
    except OSError as error:
        raise UsageError(f"cannot read {path}: {system_reason(error)}") from None
    if len(content) > _LARGEST:
        raise UsageError(f"{path} is larger than {_LARGEST >> 20} MiB, too large for an earlier audit")
    return earlier_audit(content, path)
