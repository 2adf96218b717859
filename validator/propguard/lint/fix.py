"""Fixes put into files: round after round until nothing is left to fix, files replaced whole or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from propguard.errors import UsageError
from propguard.files import write_whole
from propguard.lint.content import read_whole
from propguard.lint.edits import edited
from propguard.lint.files import reason_of
from propguard.lint.run import judge_source
from propguard.lint.soundness import is_as_sound
from propguard.lint.source import Source
from propguard.lint.suppression import EVERY_RULE
from propguard.lint.workers import Work, in_workers
from propguard.model.finding import FilePlace

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from propguard.lint.project import Survey
    from propguard.lint.run import Judges
    from propguard.lint.suppression import RulesInForce
    from propguard.model.finding import Edit, Finding, Fix

_MOST_ROUNDS = 20


@dataclass(frozen=True, slots=True)
class FixedFile:
    """A file before and after its fixes, and how many findings they mended."""

    path: str
    before: bytes
    after: bytes
    fixes: int


class Unencodable(Exception):
    """The encoding of a file lacks a character of its fixes, or would spell other parts of the file anew."""


class Fixes(NamedTuple):
    """The files that fixes change, and by path why others stay as they are, which fixes would break."""

    files: list[FixedFile]
    refused: dict[str, str]


def fix_files(
    findings: Iterable[Finding],
    judges: Judges,
    rules: RulesInForce = EVERY_RULE,
    wanted: Callable[[Finding], bool] = bool,
    *,
    unsafe: bool = False,
    surveys: Sequence[Survey] = (),
    listed: Collection[str] | None = None,
) -> Fixes:
    """The files of `findings`, fixed until nothing is left to fix; nothing is written.

    `wanted` tells the findings that the user wants to be mended, `unsafe` whether also by fixes that are only likely,
    `surveys` the projects that the files belong to, `listed` the files of the run where no other may be changed. Raises
    UsageError for a file that cannot be read any more.
    """

    def is_to_be_made(finding: Finding) -> bool:
        return finding.fix is not None and (unsafe or finding.fix.safe) and wanted(finding)

    def fixed(path: str) -> FixedFile | str:
        if listed is not None and path not in listed:
            return "it is not one of the files of this run"
        before = _content(path)
        try:
            after, count = mended(path, before, judges, is_to_be_made, rules, surveys, from_elsewhere.get(path, ()))
        except Unencodable:
            return "its encoding cannot hold what its fixes write"
        if after == before or is_as_sound(Source.of_file(path, after), Source.of_file(path, before)):
            return FixedFile(path, before, after, count)
        return "with its fixes in it, it could not be parsed any more"

    to_be_made = list(filter(is_to_be_made, findings))
    paths = list(dict.fromkeys(edit.path for finding in to_be_made for edit in _edits_of(finding)))
    from_elsewhere: dict[str, list[Fix]] = {}
    for finding in to_be_made:
        for edit in _edits_of(finding)[:1]:
            if isinstance(finding.place, FilePlace) and finding.place.path != edit.path and finding.fix is not None:
                from_elsewhere.setdefault(edit.path, []).append(finding.fix)
    files = in_workers(paths, Work(lambda: fixed, lambda _, reason: reason))
    return Fixes(
        [file for file in files if not isinstance(file, str) and file.after != file.before],
        {path: file for path, file in zip(paths, files, strict=True) if isinstance(file, str)},
    )


def mended(
    path: str,
    before: bytes,
    judges: Judges,
    is_to_be_made: Callable[[Finding], bool],
    rules: RulesInForce = EVERY_RULE,
    surveys: Sequence[Survey] = (),
    from_elsewhere: Sequence[Fix] = (),
) -> tuple[bytes, int]:
    """What a file with the content `before` becomes, and how many findings that fixes. Raises Unencodable.

    `from_elsewhere` are fixes of findings in other files that change this one.
    Fixes that take each other back, round and round, end at the same text wherever in the circle they began.
    """
    texts, count = [before], 0
    for number in range(_MOST_ROUNDS):
        source = Source.of_file(path, texts[-1])
        findings = judge_source(path, texts[-1], judges, rules, surveys)
        fixes = [*_fixes_in(source, filter(is_to_be_made, findings)), *(() if number else from_elsewhere)]
        text, made = edited(source, fixes)
        if text == source.exact:
            break
        after = source.encoded(text)
        if after is None or source.encoded(source.exact) != texts[-1]:
            raise Unencodable
        if after in texts:
            circle = texts[texts.index(after) :]
            return (before if before in circle else min(circle)), count
        texts.append(after)
        count += made
    return texts[-1], count


def write(file: FixedFile) -> None:
    """Put the fixed text in the place of the old one: whole or not at all.

    Raises UsageError where the file cannot be written or has changed in between.
    """
    try:
        now = read_whole(file.path)
        if now == file.after:  # it has another name, by which it was fixed already
            return
        if now != file.before:
            raise UsageError(f"{file.path} was changed by someone else while it was being fixed; run the command again")
        write_whole(file.path, file.after)
    except OSError as error:
        raise UsageError(f"cannot write {file.path}: {reason_of(error)}") from None


def _content(path: str) -> bytes:
    try:
        return read_whole(path)
    except OSError as error:
        raise UsageError(f"cannot read {path}: {reason_of(error)}") from None


def _edits_of(finding: Finding) -> tuple[Edit, ...]:
    return () if finding.fix is None else finding.fix.edits


def _fixes_in(source: Source, findings: Iterable[Finding]) -> Iterator[Fix]:
    """The fixes that change this file and no other."""
    for finding in findings:
        if finding.fix is not None and all(edit.path == source.path for edit in finding.fix.edits):
            yield finding.fix
