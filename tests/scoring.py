"""How well the linter reads the corpus: what a person found in real code against what `usages` reports."""

from __future__ import annotations

import json
import shutil
import tomllib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from propguard.cli.scope import Scope
from propguard.cli.settings import SettingsSource
from propguard.lint import usages_in_paths
from tests.published import Archive, unpacked

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

CORPUS = Path(__file__).parent / "corpus"
SETS = {"published": "published", "written": "written", "held-out": "held_out"}
CONFIGURATION = "propguard.toml"

Through = Literal["prefix", "wrapper", "api"]


class Label(NamedTuple):
    """A usage that a person found. `key` is the stored key, null where the source does not tell it."""

    path: str
    line: int
    key: str | None
    through: Through
    declared: bool = False


Row = Sequence[Any]
"""A line of the table as it travels: the set, how many projects and reports with another key, pairs of a part and its whole."""

Told = tuple[str, int, str | None]
"""A usage as the linter reports it: path, line, stored key."""


@dataclass
class Comparison:
    """Labels against reports: what was found, what was missed, what is no usage or is told with a wrong key."""

    labels: list[Label] = field(default_factory=list)
    found: list[Label] = field(default_factory=list)
    missed: list[Label] = field(default_factory=list)
    false: list[Told] = field(default_factory=list)
    other_key: int = 0

    def add(self, project: str, labels: Iterable[Label], told: Iterable[Told]) -> None:
        """Count one project. A report and a label meet once, at the same path and line and with the same key."""
        reports = Counter(told)
        false_at = Counter[tuple[str, int]]()
        missed = []
        for label in labels:
            self.labels.append(label)
            report = (label.path, label.line, label.key)
            if reports[report]:
                reports[report] -= 1
                self.found.append(label)
            else:
                missed.append(label)
        for path, line, key in reports.elements():
            self.false.append((f"{project}/{path}", line, key))
            false_at[path, line] += 1
        for label in missed:
            self.missed.append(label._replace(path=f"{project}/{label.path}"))
            if false_at[label.path, label.line]:
                false_at[label.path, label.line] -= 1
                self.other_key += 1

    def recall(self, *through: Through) -> Share:
        """Of the usages written in these ways, how many were found."""
        return Share(*(sum(label.through in through for label in some) for some in (self.found, self.labels)))

    def precision(self) -> Share:
        """Of what was reported, how much is a usage and has its key."""
        return Share(len(self.found), len(self.found) + len(self.false))


class Share(NamedTuple):
    """So many of so many."""

    part: int
    whole: int

    @property
    def percent(self) -> float:
        return 100 * self.part / self.whole if self.whole else 100.0


class Score(NamedTuple):
    """One set of projects, read as it stands and read without the configuration that declares wrappers."""

    configured: Comparison
    unconfigured: Comparison

    def figures(self) -> dict[str, Share]:
        """What the table shows, by the names in its head. A PUT counts as `prefix`: both are read without any wrapper."""
        return {
            "prefix": self.unconfigured.recall("prefix", "api"),
            "wrappers": self.unconfigured.recall("wrapper"),
            "declared": self.configured.recall("wrapper"),
            "precision": self.configured.precision(),
        }

    def differences(self) -> Iterator[str]:
        """Every miss and every false report, as lines that an editor can jump to."""
        for label in self.configured.missed:
            yield f"missed {label.path}:{label.line} {label.key} ({label.through}{', declared' * label.declared})"
        for path, line, key in self.configured.false:
            yield f"false  {path}:{line} {key}"


def projects(of: str) -> Sequence[Path]:
    """The folders of a set; one without labels is a mistake, as a project without usages has an empty file of them."""
    folder = CORPUS / SETS[of]
    return sorted(path for path in folder.iterdir() if path.is_dir()) if folder.is_dir() else ()


def published(project: Path, folder: Path) -> Path:
    """The labelled files of a published package, fetched into `folder`, with the labels beside them."""
    about = tomllib.loads((project.parent / "archives.toml").read_text(encoding="utf-8"))[project.name]
    files = about.pop("files")
    content = unpacked(Archive(**about), folder / "archive")
    copy = folder / project.name
    for path in files:
        (copy / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(content / path, copy / path)
    shutil.copy(project / "labels.jsonl", copy)
    return copy


def labels_of(project: Path) -> list[Label]:
    """The labels of a project, each made sure to be at a line that is there."""
    labels = [Label(**json.loads(line)) for line in (project / "labels.jsonl").read_text(encoding="utf-8").splitlines()]
    for label in labels:
        lines = (project / label.path).read_text(encoding="utf-8").splitlines()
        assert 0 < label.line <= len(lines), f"{project}: {label} is at no line"
        assert lines[label.line - 1].strip(), f"{project}: {label} is at an empty line"
    return labels


def told_here() -> Iterator[Told]:
    """What the linter reports of the working directory."""
    scope = Scope(SettingsSource())
    for usage in usages_in_paths(scope.listing(["."]), scope.declared()).usages:
        yield Path(usage.path).as_posix(), usage.span.line, usage.stored_key


def table(rows: Iterable[Row]) -> Iterator[str]:
    """The figures of each set and of all, as lines of text; none where nothing was measured."""
    order = list(SETS)
    sorted_rows = sorted(rows, key=lambda row: order.index(row[0]))
    if not sorted_rows:
        return
    yield f"{'corpus':9}{'projects':>9}{'prefix':>17}{'wrappers':>17}{'declared':>17}{'precision':>17}{'other key':>11}"
    total = ("all", *(sum(row[column] for row in sorted_rows) for column in (1, 2)))
    shares = (
        tuple(map(sum, zip(*column, strict=True))) for column in zip(*(row[3:] for row in sorted_rows), strict=True)
    )
    for name, count, other_key, *figures in (*sorted_rows, (*total, *shares)):
        told = "".join(f"{f'{part}/{whole}':>10}{Share(part, whole).percent:6.1f}%" for part, whole in figures)
        yield f"{name:9}{count:>9}{told}{other_key:>11}"
