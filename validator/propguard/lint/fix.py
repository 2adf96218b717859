"""Fixes put into files: edits applied where they do not overlap, files replaced whole or not at all."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from typing import TYPE_CHECKING

from propguard.errors import UsageError
from propguard.lint.content import read_whole
from propguard.lint.files import list_files, reason_of
from propguard.lint.run import judge_source
from propguard.lint.source import Source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from propguard.lint.run import Judges
    from propguard.model.finding import Finding

_MOST_ROUNDS = 10


@dataclass(frozen=True, slots=True)
class FixedFile:
    """A file before and after its fixes, and how many findings they mended."""

    path: str
    before: bytes
    after: bytes
    fixes: int


def fix_paths(
    paths: Sequence[str],
    judges: Judges,
    findings: Iterable[Finding],
    wanted: Callable[[Finding], bool] = bool,
) -> list[FixedFile]:
    """The files that safe fixes change, fixed until nothing is left to fix; nothing is written.

    `findings` are those of a first run over `paths`, so that only files with something to fix are read again; `wanted`
    tells the findings that the user wants to be mended.
    """
    fixable = {
        edit.path
        for finding in filter(wanted, findings)
        if finding.fix and finding.fix.safe
        for edit in finding.fix.edits
    }
    fixed = (_fixed(path, judges, wanted) for path in list_files(paths).paths if path in fixable)
    return [file for file in fixed if file is not None]


def write(file: FixedFile) -> None:
    """Put the fixed text in the place of the old one: whole or not at all, its permissions kept.

    Raises UsageError where the file cannot be written or has changed in between.
    """
    import tempfile

    path = os.path.realpath(file.path)
    temporary = None
    try:
        if read_whole(path) != file.before:
            raise UsageError(f"{file.path} was changed by someone else while it was being fixed; run the command again")
        mode = stat.S_IMODE(os.stat(path).st_mode)
        descriptor, temporary = tempfile.mkstemp(prefix=".propguard-", dir=os.path.dirname(path))
        with open(descriptor, "wb") as stream:
            stream.write(file.after)
            stream.flush()
            os.fsync(stream.fileno())
        os.chmod(temporary, mode)
        os.replace(temporary, path)
        temporary = None
    except OSError as error:
        raise UsageError(f"cannot write {file.path}: {reason_of(error)}") from None
    finally:
        if temporary is not None:
            os.unlink(temporary)


def _fixed(path: str, judges: Judges, wanted: Callable[[Finding], bool]) -> FixedFile | None:
    before = read_whole(path)
    data, count = before, 0
    for _ in range(_MOST_ROUNDS):
        after, applied = _applied(Source(path, data), list(filter(wanted, judge_source(path, data, judges))))
        if not applied or after == data:
            break
        data, count = after, count + applied
    return FixedFile(path, before, data, count) if data != before else None


def _applied(source: Source, findings: Sequence[Finding]) -> tuple[bytes, int]:
    """The text with every safe fix that does not touch another, and how many those are."""
    fixes = {finding.fix.edits: finding.fix for finding in findings if finding.fix is not None and finding.fix.safe}
    chosen: list[tuple[int, int, bytes]] = []
    applied = 0
    for edits in fixes:
        stretches = [source.edit_of(edit.span, edit.text) for edit in edits]
        if not any(
            start < other_end and other_start < end
            for start, end, _ in stretches
            for other_start, other_end, _ in chosen
        ):
            chosen.extend(stretches)
            applied += 1
    data = source.data
    for start, end, text in sorted(chosen, reverse=True):
        data = data[:start] + text + data[end:]
    return data, applied
