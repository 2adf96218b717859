"""Many files: read, judged, and on large trees shared out over processes."""

from __future__ import annotations

import gc
import os
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from propguard.lint.content import read_candidate, suspects
from propguard.lint.files import reason_of
from propguard.lint.languages import language_of
from propguard.lint.prefilter import may_hold_usage
from propguard.lint.read import Reading, read
from propguard.lint.source import Source
from propguard.lint.suppression import EVERY_RULE, in_force

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from propguard.compilers import Checker
    from propguard.lint.files import Listing
    from propguard.lint.suppression import RulesInForce
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


def lint_paths(listing: Listing, judges: Judges, rules: RulesInForce = EVERY_RULE) -> LintResult:
    """The findings in all files of `listing`.

    Raises whatever `judges` raises for a file that it has no schema for.
    """
    judged = _for_each(listing, lambda source, reading: _findings(source, reading, judges, rules))
    return LintResult(
        tuple(finding for findings, _ in judged for finding in findings),
        len(listing.paths),
        sum(count for _, count in judged),
    )


def usages_in_paths(listing: Listing) -> UsagesResult:
    """Every usage in all files of `listing`."""
    found = _for_each(listing, _inventory)
    return UsagesResult(
        tuple(usage for usages, _ in found for usage in usages),
        tuple(finding for _, unread_files in found for finding in unread_files),
        len(listing.paths),
    )


def judge_source(path: str, data: bytes, judges: Judges, rules: RulesInForce = EVERY_RULE) -> list[Finding]:
    """The findings in a file with this content."""
    source = Source(path, data)
    return _findings(source, read(source), judges, rules)[0]


def _findings(source: Source, reading: Reading, judges: Judges, rules: RulesInForce) -> tuple[list[Finding], int]:
    from propguard.lint.judge import findings_in, unread

    found = [] if reading.problem is None else [unread(source.path, reading.problem)]
    if reading.usages:
        checker, schema = judges(source.path)
        found += findings_in(source, reading.usages, checker, schema)
    return in_force(source, found, rules), len(reading.usages)


def _inventory(source: Source, reading: Reading) -> tuple[tuple[Usage, ...], list[Finding]]:
    if reading.problem is None:
        return reading.usages, []
    from propguard.lint.judge import unread

    return reading.usages, [unread(source.path, reading.problem)]


def _for_each(listing: Listing, work: Callable[[Source, Reading], Result]) -> list[Result]:
    """`work` done on every file that may hold a usage or a suppression, in order; in as many processes as pay."""

    def some(paths: Sequence[str]) -> list[tuple[int, Result]]:
        return [
            (number, work(*read_one))
            for number, path in suspects(paths)
            if (read_one := _read(path, named=path in listing.named)) is not None
        ]

    processes = min(os.cpu_count() or 1, 8)
    if len(listing.paths) < _FEW_FILES or processes < 2 or not hasattr(os, "fork"):
        return [result for _, result in some(listing.paths)]
    from propguard.lint.processes import shared_out

    gc.freeze()  # what is there by now stays: it need not be gone through again and again while files are read
    gc.enable()
    return shared_out(listing.paths, some, processes)


def _read(path: str, *, named: bool) -> tuple[Source, Reading] | None:
    """What a file holds; null where it can hold nothing, or is of no kind that is read and was not asked for by name."""
    try:
        data = read_candidate(path, named=named)
    except OSError as error:
        return Source(path, b""), Reading(problem=f"the file cannot be read: {reason_of(error)}")
    if data is None or not (named or language_of(path, data[:200])):
        return None
    source = Source(path, data)
    return source, read(source) if may_hold_usage(data) else Reading()
