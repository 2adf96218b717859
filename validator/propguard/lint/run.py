"""Files to findings: their projects read, the files that were asked for judged."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from propguard.lint.content import Advance, read_whole
from propguard.lint.declared import wrapper_of
from propguard.lint.files import Listing, list_files
from propguard.lint.fixed_keys import with_calls
from propguard.lint.prefilter import may_hold_suppression
from propguard.lint.project import Project, package_of, reading_of, repository_of, survey
from propguard.lint.read import Reading, read
from propguard.lint.source import Source
from propguard.lint.suppression import EVERY_RULE, in_force
from propguard.lint.workers import Work, in_workers
from propguard.lint.wrappers import as_found

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from propguard.compilers import Checker
    from propguard.lint.project import Survey
    from propguard.lint.suppression import RulesInForce
    from propguard.model.finding import Finding
    from propguard.model.usage import Elsewhere, SourceLiteral, Usage
    from propguard.model.wrapper import DeclaredWrapper, FoundWrapper

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
    wrappers: tuple[FoundWrapper, ...] = ()


def lint_paths(
    listing: Listing,
    judges: Judges,
    rules: RulesInForce = EVERY_RULE,
    declared: Sequence[DeclaredWrapper] = (),
    advance: Advance = lambda *_: None,
) -> LintResult:
    """The findings in all files of `listing`; `declared` are wrappers that the user knows of, `advance` is told how far it is.

    Raises whatever `judges` raises for a file that it has no schema for.
    """
    read_files, surveys = _read(listing, declared, advance)
    found = with_calls(read_files)

    def judge(one: tuple[str, Reading]) -> list[Finding]:
        path, reading = one
        return _findings(Source.of_file(path, _content(path)), reading, judges, rules)

    def lost(one: tuple[str, Reading], reason: str) -> list[Finding]:
        return [_unread(one[0], Reading(problem=reason))]

    parses = any(may_hold_suppression(_content(path)) for path, _ in found)
    judged = in_workers(found, Work(lambda: judge, lost), parses=parses)
    findings = [finding for of_file in judged for finding in of_file]
    usages = sum(len(reading.usages) for _, reading in found)
    return LintResult(tuple(findings), len(listing.paths), usages, tuple(surveys))


def usages_in_paths(listing: Listing, declared: Sequence[DeclaredWrapper] = ()) -> UsagesResult:
    """Every usage in all files of `listing`; `declared` are wrappers that the user knows of."""
    found, surveys = _read(listing, declared)
    return UsagesResult(
        tuple(usage for _, reading in found for usage in reading.usages),
        tuple(_unread(path, reading) for path, reading in found if reading.problem is not None),
        len(listing.paths),
        _found_wrappers(surveys, set(listing.paths)),
    )


def _found_wrappers(surveys: Sequence[Survey], asked: set[str]) -> tuple[FoundWrapper, ...]:
    """The wrappers of the projects that were surveyed, in the order of the files that were asked for."""
    absolute = {os.path.abspath(path): path for path in asked}
    found = {
        as_found(wrapper, absolute[wrapper.path])
        for survey in surveys
        for wrapper in survey.wrappers
        if wrapper.path in absolute and not wrapper.alias
    }
    return tuple(sorted(found, key=lambda wrapper: (wrapper.path, wrapper.line, wrapper.name, wrapper.key or "")))


def lint_text(
    listing: Listing,
    data: bytes,
    judges: Judges,
    rules: RulesInForce = EVERY_RULE,
    declared: Sequence[DeclaredWrapper] = (),
) -> LintResult:
    """The findings in the one file of `listing`, were `data` its content; its project is read as it is on the disk.

    Raises whatever `judges` raises where it has no schema for the file.
    """
    (path,) = listing.paths
    _, (own,) = _read(listing, declared)

    def judged(_: None) -> LintResult:
        source = Source.of_file(path, data)
        ((_path, reading),) = with_calls([(path, _read_again(own, source))])
        return LintResult(tuple(_findings(source, reading, judges, rules)), 1, len(reading.usages))

    def lost(_: None, reason: str) -> LintResult:
        return LintResult((_unread(path, Reading(problem=reason)),), 1, 0)

    (result,) = in_workers([None], Work(lambda: judged, lost), parses=True)
    return result


def judge_source(
    path: str, data: bytes, judges: Judges, rules: RulesInForce = EVERY_RULE, surveys: Sequence[Survey] = ()
) -> list[Finding]:
    """The findings in a file with this content, as a part of one of the projects that were surveyed, or by itself."""
    source = Source.of_file(path, data)
    own = next((one for one in surveys if os.path.abspath(path) in one.readings), None)
    return _findings(source, read(source) if own is None else _read_again(own, source), judges, rules)


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


def _read(
    listing: Listing, declared: Sequence[DeclaredWrapper], advance: Advance = lambda *_: None
) -> tuple[list[tuple[str, Reading]], list[Survey]]:
    """What the files of a listing hold, each read as a part of its project; those that hold nothing are left out."""
    here = os.path.join(os.getcwd(), "")
    outside = package_of(listing.folder)
    absolute = _absolute(listing.paths, here)
    folders = {path.rpartition(os.sep)[0] for path in absolute}  # far fewer than there are files
    root_of = {folder: repository_of(folder) or outside for folder in folders}
    by_root: dict[str | None, list[str]] = {root: [] for root in root_of.values()}
    if len(by_root) == 1:
        by_root = dict.fromkeys(by_root, absolute)
    else:
        for path in absolute:
            by_root[root_of[path.rpartition(os.sep)[0]]].append(path)
    found: dict[str, Reading] = {}
    surveys: list[Survey] = []
    for root, asked in by_root.items():
        project = _project(root, asked, listing, here)._replace(advance=advance)
        surveys.append(survey(project, [wrapper_of(one) for one in declared]))
        found.update(surveys[-1].readings)
    places = dict(zip(listing.paths, absolute, strict=True))
    unread = [path for path in places if path in listing.named and found.get(places[path], Reading()) == Reading()]
    work = Work(lambda: _reading_of_named, lambda _, reason: Reading(problem=reason))
    by_name = dict(zip(unread, in_workers(unread, work), strict=True))
    shown = {whole: path for path, whole in places.items()}
    read_here = []
    for path, whole in places.items():
        reading = by_name[path] if path in by_name else found.get(whole)
        if reading is not None:
            read_here.append((path, _shown(reading, path, shown)))
    return read_here, surveys


def _read_again(survey: Survey, source: Source) -> Reading:
    """What `source` holds, another text of one of the files of `survey`."""
    return _shown(survey.read_again(source), source.path, {os.path.abspath(source.path): source.path})


def _shown(reading: Reading, path: str, shown: Mapping[str, str]) -> Reading:
    """`reading` of the file that is called `path`, with the names of files as they are `shown`, else from here."""
    return reading._replace(usages=tuple(_usage_shown(usage, path, shown) for usage in reading.usages))


def _usage_shown(usage: Usage, path: str, shown: Mapping[str, str]) -> Usage:
    def of(elsewhere: Elsewhere | None) -> Elsewhere | None:
        if elsewhere is None:
            return None
        return elsewhere._replace(path=shown.get(elsewhere.path) or os.path.relpath(elsewhere.path))

    def literals(found: tuple[SourceLiteral, ...]) -> tuple[SourceLiteral, ...]:
        if all(literal.elsewhere is None for literal in found):
            return found
        return tuple(literal._replace(elsewhere=of(literal.elsewhere)) for literal in found)

    return usage._replace(
        path=path,
        values=literals(usage.values),
        not_texts=literals(usage.not_texts),
        key_elsewhere=of(usage.key_elsewhere),
    )


def _reading_of_named(path: str) -> Reading | None:
    return reading_of(path, named=True)


def _project(root: str | None, asked: Sequence[str], listing: Listing, here: str) -> Project:
    """The project at `root`, where there is one, in which the files lie that were `asked` for."""
    if root is None:
        return Project(listing.folder, asked)
    whole = listing if listing.folder == root and listing.everything else list_files([root])
    if whole is listing and len(asked) == len(listing.everything):
        return Project(root, asked, worktree=listing.worktree)
    in_project = _absolute(whole.everything, here)
    beyond = list(dict.fromkeys(asked).keys() - set(in_project))
    return Project(root, [*in_project, *beyond], worktree=whole.worktree, beyond=beyond)


def _absolute(paths: Sequence[str], here: str) -> list[str]:
    """`paths`, which are normal, from the root of the file system."""
    if os.sep == "/":  # what is said here is said of every file of a tree
        return [
            path if path[0] == "/" else here + path if path[:2] != ".." else os.path.normpath(here + path)
            for path in paths
        ]
    return list(map(os.path.abspath, paths))
