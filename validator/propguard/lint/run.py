"""Files to findings: their projects read, the files that were asked for judged."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from propguard.lint.content import read_whole
from propguard.lint.declared import wrapper_of
from propguard.lint.files import Listing, list_files
from propguard.lint.project import Project, package_of, reading_of, repository_of, survey
from propguard.lint.read import Reading, read
from propguard.lint.source import Source
from propguard.lint.suppression import EVERY_RULE, in_force

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from propguard.compilers import Checker
    from propguard.lint.project import Survey
    from propguard.lint.suppression import RulesInForce
    from propguard.lint.wrappers import Wrapper
    from propguard.model.finding import Finding
    from propguard.model.usage import Usage
    from propguard.model.wrapper import DeclaredWrapper

    Judges = Callable[[str], tuple[Checker, str]]
    """From the path of a file to what judges it and how its schema is called in reports."""


class LintResult(NamedTuple):
    """What was found, how many files and usages were looked at, and the projects that were surveyed for it."""

    findings: tuple[Finding, ...]
    files: int
    usages: int
    surveys: tuple[Survey, ...] = ()


class UsagesResult(NamedTuple):
    """Every usage, the files that could not be read, and the wrappers through which usages go."""

    usages: tuple[Usage, ...]
    unread: tuple[Finding, ...]
    files: int
    wrappers: tuple[Wrapper, ...] = ()


def lint_paths(
    listing: Listing, judges: Judges, rules: RulesInForce = EVERY_RULE, declared: Sequence[DeclaredWrapper] = ()
) -> LintResult:
    """The findings in all files of `listing`; `declared` are wrappers that the user knows of.

    Raises whatever `judges` raises for a file that it has no schema for.
    """
    found, surveys = _read(listing, declared)
    findings = [
        finding
        for path, reading in found
        for finding in _findings(Source(path, _content(path)), reading, judges, rules)
    ]
    usages = sum(len(reading.usages) for _, reading in found)
    return LintResult(tuple(findings), len(listing.paths), usages, tuple(surveys))


def usages_in_paths(listing: Listing, declared: Sequence[DeclaredWrapper] = ()) -> UsagesResult:
    """Every usage in all files of `listing`; `declared` are wrappers that the user knows of."""
    found, surveys = _read(listing, declared)
    return UsagesResult(
        tuple(usage for _, reading in found for usage in reading.usages),
        tuple(_unread(path, reading) for path, reading in found if reading.problem is not None),
        len(listing.paths),
        tuple(dict.fromkeys(wrapper for one in surveys for wrapper in one.wrappers)),
    )


def judge_source(
    path: str, data: bytes, judges: Judges, rules: RulesInForce = EVERY_RULE, surveys: Sequence[Survey] = ()
) -> list[Finding]:
    """The findings in a file with this content, as a part of one of the projects that were surveyed, or by itself."""
    source = Source(path, data)
    own = next((one for one in surveys if path in one.readings), None)
    return _findings(source, read(source) if own is None else own.read_again(source), judges, rules)


def _findings(source: Source, reading: Reading, judges: Judges, rules: RulesInForce) -> list[Finding]:
    from propguard.lint.judge import findings_in

    found = [] if reading.problem is None else [_unread(source.path, reading)]
    if reading.usages:
        checker, schema = judges(source.path)
        found += findings_in(source, reading.usages, checker, schema)
    return in_force(source, found, rules)


def _unread(path: str, reading: Reading) -> Finding:
    from propguard.lint.judge import unread

    return unread(path, reading.problem or "")


def _content(path: str) -> bytes:
    try:
        return read_whole(path)
    except OSError:
        return b""


def _read(listing: Listing, declared: Sequence[DeclaredWrapper]) -> tuple[list[tuple[str, Reading]], list[Survey]]:
    """What the files of a listing hold, each read as a part of its project; those that hold nothing are left out."""
    surveys: list[Survey] = []
    by_root: dict[str | None, dict[str, str]] = {}
    roots: dict[str, str | None] = {}
    outside = package_of(listing.folder)
    for path in listing.paths:
        folder = os.path.dirname(path)
        if folder not in roots:
            roots[folder] = repository_of(folder or os.curdir) or outside
        by_root.setdefault(roots[folder], {})[os.path.abspath(path)] = path
    found: dict[str, Reading] = {}
    for root, asked in by_root.items():
        everything = () if root is None else map(os.path.abspath, list_files([root]).paths)
        others = [path for path in everything if path not in asked]
        project = Project(root or listing.folder, [*asked.values(), *others])
        surveys.append(survey(project, [wrapper_of(one) for one in declared]))
        held = surveys[-1].readings
        found.update((path, held[path]) for path in asked.values() if path in held)
    for path in listing.named - found.keys():
        reading = reading_of(path, named=True)
        if reading is not None:
            found[path] = reading
    return [(path, found[path]) for path in listing.paths if path in found], surveys
