"""What must hold of whatever the linter is given: it is read in time, what is told of it lies in it, fixes change their target."""

from __future__ import annotations

import os
from collections import Counter
from typing import TYPE_CHECKING, TypeVar

from hypothesis import note

from propguard.compilers import Checker
from propguard.lint.edits import edited
from propguard.lint.fix import mended
from propguard.lint.judge import findings_in
from propguard.lint.project import Project, survey
from propguard.lint.read import read
from propguard.lint.soundness import is_as_sound
from propguard.lint.source import BOM, Source
from propguard.model.usage import Elsewhere
from tests.lint.documents import SCHEMA

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from propguard.lint.project import Survey
    from propguard.model.finding import Edit, Finding, Fix, Span
    from propguard.model.usage import Usage

Result = TypeVar("Result")

CHECKER = Checker(SCHEMA)

SECONDS = 2.0
"""What one input may take of the processor's time; the machine may have other things to do."""


class Tally:
    """How many inputs were tried, and what the slowest of them took."""

    inputs = 0
    slowest = 0.0


def judges(_: str) -> tuple[Checker, str]:
    return CHECKER, "test"


def in_time(tally: Tally, work: Callable[[], Result]) -> Result:
    """What `work` makes of one input, in less than two seconds; it has two tries, as the first may pay for others."""
    tally.inputs += 1
    result, taken = _timed(work)
    if taken >= SECONDS:
        taken = min(taken, _timed(work)[1])
    tally.slowest = max(tally.slowest, taken)
    assert taken < SECONDS
    return result


def _timed(work: Callable[[], Result]) -> tuple[Result, float]:
    start = _processor_time()
    return work(), _processor_time() - start


def _processor_time() -> float:
    """The seconds that this process and the workers that it has waited for have taken."""
    return sum(os.times()[:4])


def endure_file(tally: Tally, path: str, content: bytes) -> None:
    """A file by itself is read and judged, and each fix changes its target and nothing else."""
    note(f"{path}:\n{content.decode(errors='backslashreplace')}")
    source = Source(path, content)

    def work() -> tuple[Sequence[Usage], list[Finding]]:
        usages = read(source).usages
        return usages, findings_in(source, usages, CHECKER, "test")

    usages, findings = in_time(tally, work)
    lie_within(source, usages)
    for finding in findings:
        if finding.fix is not None:
            changes_its_target(source, usages, finding.fix)
            keeps_the_others(source, usages, finding.fix)


def endure_project(tally: Tally, folder: Path, files: Mapping[str, bytes]) -> None:
    """A project, put into an empty folder, is read and judged as a whole; each fix changes its target and nothing else."""
    for name, content in files.items():
        note(f"{name}:\n{content.decode(errors='backslashreplace')}")
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    paths = {str(folder / name): content for name, content in files.items()}
    whole = in_time(tally, lambda: survey(Project(str(folder), list(paths))))
    assert whole.readings.keys() <= paths.keys()
    for path, reading in whole.readings.items():
        source = Source(path, paths[path])
        lie_within(source, reading.usages)
        assert {usage.path for usage in reading.usages} <= {path}
        for finding in findings_in(source, reading.usages, CHECKER, "test"):
            if finding.fix is None:
                continue
            (edit,) = finding.fix.edits
            if edit.path == path:
                changes_its_target(source, reading.usages, finding.fix)
            else:
                changes_what_it_comes_from(Source(edit.path, paths[edit.path]), reading.usages, finding.fix)


def endure_mending(path: str, content: bytes, surveys: Sequence[Survey] = (), *, unsafe: bool = False) -> None:
    """A file that is mended is as sound as before, and it is mended for good."""

    def is_to_be_made(finding: Finding) -> bool:
        return finding.fix is not None and (unsafe or finding.fix.safe)

    text, count = mended(path, content, judges, is_to_be_made, surveys=surveys)
    assert (text == content) == (count == 0)
    assert is_as_sound(Source(path, text), Source(path, content))
    assert mended(path, text, judges, is_to_be_made, surveys=surveys)[0] == text


def lie_within(source: Source, usages: Sequence[Usage]) -> None:
    """Every place that is told is one of the file, and its end is not before its beginning."""
    for usage in usages:
        for span in _spans(usage):
            start, end, _ = source.edit_of(span, "")
            assert 0 <= start <= end <= len(source.data)
            if span.cell is None:
                assert source.span(start, end) == span


def changes_its_target(source: Source, usages: Sequence[Usage], fix: Fix) -> None:
    """Each edit takes the place of a key or a value that was told, and not a byte besides it is another one."""
    targets = {usage.key_edit for usage in usages} | {value.span for usage in usages for value in usage.values}
    assert {edit.span for edit in fix.edits} <= targets
    assert {edit.path for edit in fix.edits} == {source.path}
    after = edited(source, [fix])[0]
    if fix.edits[0].span.cell is None:
        assert after == spliced(source.data, fix.edits[0])


def changes_what_it_comes_from(source: Source, usages: Sequence[Usage], fix: Fix) -> None:
    """The edit of another file takes the place of the literal that a key or a value comes from, letter by letter."""
    (edit,) = fix.edits
    places = [usage.key_elsewhere for usage in usages]
    places += [value.elsewhere for usage in usages for value in usage.values]
    assert Elsewhere(edit.path, edit.span, is_literal=True) in places
    start, end, _ = source.edit_of(edit.span, "")
    assert 0 <= start <= end <= len(source.data)
    assert not fix.safe


def keeps_the_others(source: Source, usages: Sequence[Usage], fix: Fix) -> None:
    """What is written elsewhere in a sound file is written there all the same after a safe fix."""
    after = Source(source.path, edited(source, [fix])[0])
    if fix.safe and is_sound(source) and is_sound(after):
        start, end, _ = source.edit_of(fix.edits[0].span, "")
        target = source.data[start:end].decode("utf-8", "replace")
        bounds = {usage: [source.edit_of(span, "") for span in _spans(usage)] for usage in usages}
        kept = Counter(
            _meaning(usage)
            for usage, some in bounds.items()
            if all(end < one[0] or one[1] < start for one in some) and not _may_be_within(usage, target)
        )
        now = read(after).usages
        assert len(now) == len(usages)
        assert not kept - Counter(map(_meaning, now))


def _may_be_within(usage: Usage, target: str) -> bool:
    """Whether `target` may stand within a value of no place of its own, as a header does in JSON that is itself a string."""
    return any(value.span is None and target in value.text for value in usage.values)


def is_sound(source: Source) -> bool:
    """Whether it is as sound as a file without any code, in which there is no fault."""
    return is_as_sound(source, Source(source.path, b'{"cells": []}' if source.path.endswith(".ipynb") else b""))


def _spans(usage: Usage) -> list[Span]:
    return [span for span in (usage.span, usage.key_edit, *(value.span for value in usage.values)) if span is not None]


def _meaning(usage: Usage) -> tuple[object, ...]:
    values = tuple((value.text, value.json_type) for value in usage.values)
    return usage.door, usage.shape, usage.stored_key, usage.key_kind, values, usage.value_kind


def spliced(data: bytes, edit: Edit) -> bytes:
    """`data` with the text of `edit` at its span: lines and code points counted by the simplest means."""
    mark = BOM if data.startswith(BOM) else b""
    lines = data.removeprefix(mark).decode("utf-8", "surrogateescape").split("\n")
    span = edit.span
    before = [*lines[: span.line - 1], lines[span.line - 1][: span.column - 1]]
    behind = [lines[span.end_line - 1][span.end_column - 1 :], *lines[span.end_line :]]
    text = "\n".join(before) + edit.text + "\n".join(behind)
    return mark + text.encode("utf-8", "surrogateescape")
