"""Fixes put into files: edits applied where they do not overlap, files replaced whole or not at all."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from propguard.errors import UsageError
from propguard.lint.content import read_whole, write_whole
from propguard.lint.files import reason_of
from propguard.lint.run import judge_source
from propguard.lint.source import Source
from propguard.lint.suppression import EVERY_RULE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from propguard.lint.run import Judges
    from propguard.lint.suppression import RulesInForce
    from propguard.model.finding import Edit, Finding

_MOST_ROUNDS = 10


@dataclass(frozen=True, slots=True)
class FixedFile:
    """A file before and after its fixes, and how many findings they mended."""

    path: str
    before: bytes
    after: bytes
    fixes: int


def fix_paths(
    judges: Judges,
    findings: Iterable[Finding],
    rules: RulesInForce = EVERY_RULE,
    wanted: Callable[[Finding], bool] = bool,
) -> list[FixedFile]:
    """The files that safe fixes change, fixed until nothing is left to fix; nothing is written.

    `findings` are those of a first run, so that only files with something to fix are read again; `wanted` tells the
    findings that the user wants to be mended.
    """
    fixable = dict.fromkeys(
        edit.path
        for finding in filter(wanted, findings)
        if finding.fix and finding.fix.safe
        for edit in finding.fix.edits
    )
    fixed = (_fixed(path, judges, rules, wanted) for path in fixable)
    return [file for file in fixed if file is not None]


def write(file: FixedFile) -> None:
    """Put the fixed text in the place of the old one: whole or not at all, its permissions kept.

    Raises UsageError where the file cannot be written or has changed in between.
    """
    try:
        if read_whole(os.path.realpath(file.path)) != file.before:
            raise UsageError(f"{file.path} was changed by someone else while it was being fixed; run the command again")
        write_whole(file.path, file.after)
    except OSError as error:
        raise UsageError(f"cannot write {file.path}: {reason_of(error)}") from None


def _fixed(path: str, judges: Judges, rules: RulesInForce, wanted: Callable[[Finding], bool]) -> FixedFile | None:
    before = read_whole(path)
    data, count = before, 0
    for _ in range(_MOST_ROUNDS):
        after, applied = _applied(Source(path, data), list(filter(wanted, judge_source(path, data, judges, rules))))
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
        stretches = [_stretch(source, edit) for edit in edits]
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


def _stretch(source: Source, edit: Edit) -> tuple[int, int, bytes]:
    span = edit.span
    return source.offset(span.line, span.column), source.offset(span.end_line, span.end_column), edit.text.encode()
