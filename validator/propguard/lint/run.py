"""Many files: read, judged, and on large trees shared out over processes."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from propguard.lint.files import list_files, read_file, reason_of
from propguard.lint.read import NOTHING, Reading, read
from propguard.lint.source import Source

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from propguard.compilers import Checker
    from propguard.lint.files import Listed
    from propguard.model.finding import Finding
    from propguard.model.usage import Usage

    Judges = Callable[[str], tuple[Checker, str]]
    """From the path of a file to what judges it and how its schema is called in reports."""

Result = TypeVar("Result")

_FEW_FILES = 600
"""Up to here one process is faster than sharing out."""


class LintResult(NamedTuple):
    """What was found, and how many files and usages were looked at."""

    findings: tuple[Finding, ...]
    files: int
    usages: int


class UsagesResult(NamedTuple):
    """Every usage, and the files that could not be read."""

    usages: tuple[Usage, ...]
    unread: tuple[Finding, ...]
    files: int


def lint_paths(paths: Sequence[str], judges: Judges) -> LintResult:
    """The findings in all files that `paths` stand for.

    Raises UsageError for a path that is not there, and whatever `judges` raises for a file that it has no schema for.
    """
    listed = list_files(paths)
    judged = _for_each(listed, lambda file: _judged(file, judges))
    return LintResult(
        tuple(finding for findings, _ in judged for finding in findings), len(listed), sum(count for _, count in judged)
    )


def usages_in_paths(paths: Sequence[str]) -> UsagesResult:
    """Every usage in all files that `paths` stand for. Raises UsageError for a path that is not there."""
    listed = list_files(paths)
    found = _for_each(listed, _inventory)
    return UsagesResult(
        tuple(usage for usages, _ in found for usage in usages),
        tuple(finding for _, unread_files in found for finding in unread_files),
        len(listed),
    )


def judge_source(path: str, data: bytes, judges: Judges) -> tuple[list[Finding], int]:
    """The findings in one file with this content, and the number of its usages."""
    source = Source(path, data)
    reading = read(source)
    return _findings(source, reading, judges)


def _judged(file: Listed, judges: Judges) -> tuple[list[Finding], int]:
    source, reading = _read(file)
    if reading is NOTHING:
        return [], 0
    return _findings(source, reading, judges)


def _findings(source: Source, reading: Reading, judges: Judges) -> tuple[list[Finding], int]:
    from propguard.lint.judge import findings_in, unread

    problems = [] if reading.problem is None else [unread(source.path, reading.problem)]
    if not reading.usages:
        return problems, 0
    checker, schema = judges(source.path)
    return [*problems, *findings_in(source, reading.usages, checker, schema)], len(reading.usages)


def _inventory(file: Listed) -> tuple[tuple[Usage, ...], list[Finding]]:
    source, reading = _read(file)
    if reading.problem is None:
        return reading.usages, []
    from propguard.lint.judge import unread

    return (), [unread(source.path, reading.problem)]


def _read(file: Listed) -> tuple[Source, Reading]:
    try:
        data = read_file(file)
    except OSError as error:
        return Source(file.path, b""), Reading(problem=f"the file cannot be read: {reason_of(error)}")
    if data is None:
        return Source(file.path, b""), NOTHING
    source = Source(file.path, data)
    return source, read(source)


def _for_each(files: Sequence[Listed], work: Callable[[Listed], Result]) -> list[Result]:
    """`work` done on every file, in order; in as many processes as there are processors where that pays."""
    processes = min(os.cpu_count() or 1, 8)
    if len(files) < _FEW_FILES or processes < 2 or not hasattr(os, "fork"):
        return [work(file) for file in files]
    from propguard.lint.processes import shared_out

    return shared_out(files, work, processes)
